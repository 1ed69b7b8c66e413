import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- What a person has to look at, from the event that says so: one an event and kind, open until somebody handled it.
    create table staff_notices (
      id bigint generated always as identity primary key,
      kind text not null,
      event_id bigint not null references events,
      subject jsonb not null,
      created_at timestamptz not null,
      handled_at timestamptz,
      handled_by text,
      unique (event_id, kind),
      check ((handled_at is null) = (handled_by is null))
    );
    create index staff_notices_open on staff_notices (id) where handled_at is null;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`drop table staff_notices`);
}
