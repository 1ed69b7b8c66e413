import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table letters (
      id bigint generated always as identity primary key,
      event_id bigint not null references events,
      kind text not null,
      recipient text not null,
      locale text not null,
      claimed_at timestamptz,
      sent_at timestamptz,
      created_at timestamptz not null default now(),
      unique (event_id, kind, recipient)
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`drop table letters`);
}
