import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- What happened, for whoever subscribes: written in the transaction that made it happen.
    create table events (
      id bigint generated always as identity primary key,
      type text not null,
      payload jsonb not null,
      created_at timestamptz not null default now()
    );

    create table sessions (
      sid text primary key,
      sess jsonb not null,
      expire timestamptz not null
    );
    create index sessions_expire on sessions (expire);

    -- The shape rate-limiter-flexible writes. Losing it in a crash costs nothing, so it skips the log.
    create unlogged table rate_limits (
      key varchar(255) primary key,
      points integer not null default 0,
      expire bigint
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`drop table rate_limits, sessions, events`);
}
