import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- What a user has beside the first way in: an app that makes codes from a secret shared with it.
    create table second_factors (
      user_id bigint primary key references users on delete cascade,
      -- Sealed (accounts/seal.ts): a copy of the database makes no codes.
      secret text not null check (secret <> ''),
      created_at timestamptz not null,
      -- Null while it is being set up: nothing asks for it before a first code was right.
      on_at timestamptz,
      -- The half minute of the last code that was taken: no code counts twice.
      last_step bigint not null default 0
    );

    -- For the day the app is lost. Only digests are kept, and each works once.
    create table recovery_codes (
      id bigint generated always as identity primary key,
      user_id bigint not null references second_factors on delete cascade,
      code_hash text not null,
      created_at timestamptz not null,
      used_at timestamptz,
      unique (user_id, code_hash)
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop table recovery_codes, second_factors');
}
