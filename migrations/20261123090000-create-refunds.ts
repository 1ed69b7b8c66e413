import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- What has been promised back (asked for, under way or done). Never more than came in, whoever asks at once.
    alter table payments add column refunded_amount bigint not null default 0 check (refunded_amount >= 0);
    alter table payments add constraint payments_refunded_within check (refunded_amount <= captured_amount);

    create table refunds (
      id bigint generated always as identity primary key,
      payment_id bigint not null references payments,
      reference text not null unique,
      amount bigint not null check (amount > 0),
      state text not null default 'requested' check (state in ('requested', 'pending', 'succeeded', 'failed')),
      provider_refund_id text,
      failure_code text,
      actor text not null,
      cause text not null,
      created_at timestamptz not null default now(),
      settled_at timestamptz
    );
    create index refunds_payment on refunds (payment_id);
    create unique index refunds_provider_id on refunds (payment_id, provider_refund_id) where provider_refund_id is not null;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table refunds;
    alter table payments drop constraint payments_refunded_within, drop column refunded_amount;
  `);
}
