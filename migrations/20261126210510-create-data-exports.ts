import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- Everything about a user as one ZIP file, made by a job because it takes a while, kept for a week.
    create table data_exports (
      id bigint generated always as identity primary key,
      user_id bigint not null references users on delete cascade,
      -- What the words inside speak.
      locale text not null check (locale in ('en', 'ko', 'uz')),
      asked_at timestamptz not null,
      made_at timestamptz,
      expires_at timestamptz,
      body bytea,
      check ((made_at is null) = (body is null)),
      check ((made_at is null) = (expires_at is null))
    );
    -- Asked twice it is made once.
    create unique index data_exports_under_way on data_exports (user_id) where made_at is null;
    create index data_exports_user on data_exports (user_id);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop table data_exports');
}
