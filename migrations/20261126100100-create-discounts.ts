import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table discounts (
      id bigint generated always as identity primary key,
      -- As staff wrote it, and as it is found; null for an automatic discount. Never changes.
      code text,
      code_folded text unique check (code_folded <> ''),
      name jsonb not null,
      kind text not null check (kind in ('percent', 'amount', 'free_delivery', 'buy_get')),
      rate_bp integer not null default 0 check (rate_bp between 0 and 10000),
      amounts jsonb not null default '{}',
      buy integer not null default 0 check (buy >= 0),
      get integer not null default 0 check (get >= 0),
      minimums jsonb not null default '{}',
      product_ids bigint[] not null default '{}',
      category_ids bigint[] not null default '{}',
      starts_at timestamptz,
      ends_at timestamptz,
      first_order_only boolean not null default false,
      limit_per_customer integer check (limit_per_customer > 0),
      limit_total integer check (limit_total > 0),
      exclusive boolean not null default false,
      position integer not null default 0,
      -- Living claims, kept only while there is a total limit to decide: without one nobody waits at this row.
      used integer not null default 0 check (used >= 0),
      disabled_at timestamptz,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      check ((code is null) = (code_folded is null)),
      check (ends_at > starts_at),
      check (kind not in ('percent', 'buy_get') or rate_bp > 0),
      check (kind <> 'amount' or amounts <> '{}'),
      check (kind <> 'buy_get' or (buy > 0 and get > 0)),
      check (kind <> 'free_delivery' or not exclusive)
    );
    create index discounts_automatic on discounts (position, id) where code is null and disabled_at is null;

    -- One use by one order. Which claim of a customer it is, is a numbered place: the index gives each away once.
    create table discount_claims (
      id bigint generated always as identity primary key,
      discount_id bigint not null references discounts,
      cart_id bigint not null references carts,
      order_id bigint not null references orders,
      customer text not null,
      place integer not null check (place > 0),
      state text not null default 'claimed' check (state in ('claimed', 'redeemed', 'released')),
      claimed_at timestamptz not null default now(),
      closed_at timestamptz,
      check ((state = 'claimed') = (closed_at is null))
    );
    create unique index discount_claims_order on discount_claims (discount_id, order_id) where state <> 'released';
    create unique index discount_claims_place on discount_claims (discount_id, customer, place) where state <> 'released';
    create index discount_claims_of_order on discount_claims (order_id);
    create index discount_claims_cart on discount_claims (cart_id) where state = 'claimed';
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`drop table discount_claims, discounts`);
}
