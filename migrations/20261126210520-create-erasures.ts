import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- Who asked to be erased, and what they were told stays. The address is here for the last letter only.
    create table erasures (
      user_id bigint primary key references users,
      at timestamptz not null,
      -- Null once the letter has gone.
      email text,
      locale text not null check (locale in ('en', 'ko', 'uz')),
      -- How many orders the law keeps, and until when the last of them.
      kept_orders integer not null check (kept_orders >= 0),
      kept_until timestamptz,
      told_at timestamptz,
      check ((told_at is null) = (email is not null)),
      check ((kept_orders = 0) = (kept_until is null))
    );
    -- When the person was taken out of an order: its figures stay, nobody is named by it any more.
    alter table orders add column scrubbed_at timestamptz;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('alter table orders drop column scrubbed_at; drop table erasures');
}
