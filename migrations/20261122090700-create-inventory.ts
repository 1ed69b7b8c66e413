import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table stock (
      variant_id bigint primary key references variants on delete cascade,
      on_hand integer not null default 0 check (on_hand >= 0),
      reserved integer not null default 0 check (reserved >= 0),
      check (reserved <= on_hand)
    );
    create table stock_reservations (
      id bigint generated always as identity primary key,
      variant_id bigint not null references variants,
      cart_id bigint not null references carts,
      order_id bigint not null references orders,
      quantity integer not null check (quantity > 0),
      state text not null default 'active' check (state in ('active', 'committed', 'released')),
      expires_at timestamptz not null,
      created_at timestamptz not null default now(),
      closed_at timestamptz
    );
    create unique index stock_reservations_once on stock_reservations (order_id, variant_id)
      where state in ('active', 'committed');
    create index stock_reservations_cart on stock_reservations (cart_id) where state = 'active';
    create index stock_reservations_variant on stock_reservations (variant_id) where state = 'active';
    create table stock_movements (
      id bigint generated always as identity primary key,
      variant_id bigint not null references variants,
      delta integer not null check (delta <> 0),
      kind text not null check (kind in ('receipt', 'sale', 'restock', 'correction')),
      order_id bigint references orders,
      actor text not null,
      cause text not null,
      created_at timestamptz not null default now()
    );
    create index stock_movements_variant on stock_movements (variant_id);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`drop table stock_movements, stock_reservations, stock`);
}
