import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- What of an order goes back: pieces, the delivery, or both. Its money is the newest of its tries; none where nothing
    -- was paid for these pieces.
    create table order_refunds (
      id bigint generated always as identity primary key,
      order_id bigint not null references orders,
      -- Drawn with the form: the same form sent twice is one refund.
      token text not null check (token <> ''),
      amount bigint not null check (amount >= 0),
      shipping_amount bigint not null default 0 check (shipping_amount between 0 and amount),
      actor text not null,
      cause text not null,
      created_at timestamptz not null default now(),
      -- The provider will not give the money back. Either the refund is taken back and its pieces may be refunded anew, or
      -- staff have paid the buyer by other means.
      given_up_at timestamptz,
      paid_elsewhere_at timestamptz,
      check (given_up_at is null or paid_elsewhere_at is null),
      unique (order_id, token)
    );
    create table order_refund_tries (
      refund_id bigint primary key references refunds,
      order_refund_id bigint not null references order_refunds
    );
    create index order_refund_tries_refund on order_refund_tries (order_refund_id, refund_id desc);
    create table order_refund_lines (
      order_refund_id bigint not null references order_refunds,
      order_line_id bigint not null references order_lines,
      quantity integer not null check (quantity > 0),
      amount bigint not null check (amount >= 0),
      -- How many of the pieces are on the shelf again, and how many had not left the warehouse and never will.
      restocked integer not null default 0 check (restocked between 0 and quantity),
      canceled integer not null default 0 check (canceled between 0 and quantity),
      primary key (order_refund_id, order_line_id)
    );
    create index order_refund_lines_line on order_refund_lines (order_line_id);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table order_refund_lines, order_refund_tries, order_refunds;
  `);
}
