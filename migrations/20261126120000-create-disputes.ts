import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- A buyer's bank asks for a payment back. State in our words, provider_state in the provider's own.
    create table disputes (
      id bigint generated always as identity primary key,
      payment_id bigint not null references payments,
      provider_dispute_id text not null,
      amount bigint not null check (amount >= 0),
      currency text not null,
      reason text not null,
      state text not null check (state in ('open', 'won', 'lost')),
      provider_state text not null,
      evidence_due_at timestamptz,
      opened_at timestamptz not null,
      closed_at timestamptz,
      created_at timestamptz not null default now(),
      unique (payment_id, provider_dispute_id),
      check ((state = 'open') = (closed_at is null))
    );

    -- Made by hand at the provider: found there, never asked for by us.
    alter table refunds add column imported boolean not null default false;

    -- Refunds and disputes name a payment by the provider's transaction only.
    create index payments_transaction on payments (provider, transaction_id) where transaction_id is not null;

    -- Money of another sum that went back whole is refunded too.
    do $$
      declare unwanted text;
      begin
        select conname into strict unwanted from pg_constraint
         where conrelid = 'payments'::regclass and contype = 'c'
           and pg_get_constraintdef(oid) like '%captured_amount = amount%';
        execute format('alter table payments drop constraint %I', unwanted);
      end $$;
    alter table payments add constraint payments_captured_exactly
      check (state not in ('captured', 'partially_refunded') or captured_amount = amount);
    -- A second payment of an order goes back whole: refunded beside the one that counts.
    drop index payments_captured_order;
    create unique index payments_captured_order on payments (order_id) where state in ('captured', 'partially_refunded');
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop index payments_captured_order;
    create unique index payments_captured_order on payments (order_id)
      where state in ('captured', 'partially_refunded', 'refunded');
    alter table payments drop constraint payments_captured_exactly;
    alter table payments add check (state not in ('captured', 'partially_refunded', 'refunded') or captured_amount = amount);
    drop index payments_transaction;
    alter table refunds drop column imported;
    drop table disputes;
  `);
}
