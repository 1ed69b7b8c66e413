import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- The last number given in a year. Its row is locked until the receipt is written, so a number that is rolled back
    -- is given again: a sequence would leave gaps.
    create table receipt_counters (
      year integer primary key,
      last_number integer not null check (last_number > 0)
    );
    create table receipts (
      order_id bigint primary key references orders,
      year integer not null references receipt_counters,
      number integer not null check (number > 0),
      issued_at timestamptz not null default now(),
      unique (year, number)
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`drop table receipts, receipt_counters`);
}
