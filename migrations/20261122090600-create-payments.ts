import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table payments (
      id bigint generated always as identity primary key,
      reference text not null unique check (reference ~ '^[A-Za-z0-9_-]{6,64}$'),
      -- Whose money it is, as a number: payments know an amount and a reference, not what an order is.
      order_id bigint not null references orders,
      provider text not null check (provider in ('stripe', 'toss')),
      provider_id text,
      transaction_id text,
      live boolean not null,
      state text not null default 'opened' check (state in ('opened', 'pending', 'captured', 'failed', 'expired',
        'canceled', 'refund_due', 'mismatch', 'partially_refunded', 'refunded')),
      currency text not null check (currency in ('USD', 'KRW', 'UZS')),
      amount bigint not null check (amount > 0),
      captured_amount bigint not null default 0 check (captured_amount >= 0),
      redirect_url text,
      failure_code text,
      expires_at timestamptz not null,
      -- When the sweep asks the provider next; null once nothing more can come.
      check_at timestamptz,
      checks integer not null default 0,
      created_at timestamptz not null default now(),
      captured_at timestamptz,
      check (state not in ('captured', 'partially_refunded', 'refunded') or captured_amount = amount)
    );
    create unique index payments_provider_id on payments (provider, provider_id) where provider_id is not null;
    -- One attempt at a time: a second page to pay at cannot be open beside the first.
    create unique index payments_active_order on payments (order_id) where state in ('opened', 'pending');
    -- One capture an order counts; a second one is money to give back.
    create unique index payments_captured_order on payments (order_id)
      where state in ('captured', 'partially_refunded', 'refunded');
    create index payments_order on payments (order_id);
    create index payments_due on payments (check_at) where check_at is not null;

    create table payment_events (
      id bigint generated always as identity primary key,
      payment_id bigint not null references payments,
      from_state text,
      to_state text not null,
      actor text not null,
      cause text not null,
      created_at timestamptz not null default now()
    );
    create index payment_events_payment on payment_events (payment_id, id);

    create table gateway_events (
      provider text not null,
      event_id text not null,
      type text not null,
      payment_id bigint references payments,
      received_at timestamptz not null default now(),
      primary key (provider, event_id)
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`drop table gateway_events, payment_events, payments`);
}
