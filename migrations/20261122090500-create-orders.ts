import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table orders (
      id bigint generated always as identity primary key,
      number text not null unique,
      access_key text not null check (length(access_key) >= 22),
      cart_id bigint not null references carts,
      state text not null default 'pending'
        check (state in ('pending', 'paid', 'fulfilling', 'shipped', 'delivered', 'canceled', 'refunded')),
      locale text not null check (locale in ('en', 'ko', 'uz')),
      currency text not null check (currency in ('USD', 'KRW', 'UZS')),
      -- What the buyer agreed to, as one digest: the same form sent twice is the same order.
      fingerprint text not null,

      email text not null,
      name text not null,
      phone text not null,
      country text not null,
      postal_code text not null default '',
      region text not null default '',
      city text not null default '',
      address1 text not null,
      address2 text not null default '',
      note text not null default '',

      lines_total bigint not null check (lines_total >= 0),
      discount_total bigint not null default 0 check (discount_total >= 0),
      shipping_total bigint not null check (shipping_total >= 0),
      tax_total bigint not null default 0 check (tax_total >= 0),
      total bigint not null check (total = lines_total - discount_total + shipping_total + tax_total),
      delivery_from date not null,
      delivery_to date not null,

      expires_at timestamptz not null,
      created_at timestamptz not null default now(),
      paid_at timestamptz,
      check ((state in ('pending', 'canceled')) or paid_at is not null)
    );
    -- One living order a cart: the double click finds the first one here.
    create unique index orders_live_cart on orders (cart_id) where state <> 'canceled';
    create index orders_email on orders (lower(email));

    create table order_lines (
      id bigint generated always as identity primary key,
      order_id bigint not null references orders,
      position integer not null,
      variant_id bigint references variants on delete set null,
      sku text not null,
      name text not null,
      variant_name text not null default '',
      image_id text,
      quantity integer not null check (quantity > 0),
      unit_amount bigint not null check (unit_amount >= 0),
      discount_share bigint not null default 0 check (discount_share >= 0),
      total bigint not null check (total = unit_amount * quantity - discount_share),
      unique (order_id, position)
    );

    -- History: who moved the order from where to where, and why. Never edited.
    create table order_events (
      id bigint generated always as identity primary key,
      order_id bigint not null references orders,
      from_state text,
      to_state text not null,
      actor text not null,
      cause text not null,
      created_at timestamptz not null default now()
    );
    create index order_events_order on order_events (order_id, id);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`drop table order_events, order_lines, orders`);
}
