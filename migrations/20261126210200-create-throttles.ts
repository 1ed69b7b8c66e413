import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- Tries at passwords, codes and letters, counted by all processes together. The key is a digest: nobody reads from here
    -- whose address was tried, or from where.
    create unlogged table throttles (
      key text primary key,
      -- Worth so many at counted_at; quiet lets them fade.
      tries integer not null check (tries >= 0),
      counted_at timestamptz not null,
      -- No try is taken before.
      closed_until timestamptz,
      -- From then on the row says no more than a missing one.
      forgotten_at timestamptz not null
    );
    create index throttles_forgotten on throttles (forgotten_at);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop table throttles');
}
