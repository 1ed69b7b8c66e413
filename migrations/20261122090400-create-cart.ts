import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table carts (
      id bigint generated always as identity primary key,
      token text not null unique check (length(token) >= 22),
      state text not null default 'open' check (state in ('open', 'closed')),
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    );
    create table cart_lines (
      id bigint generated always as identity primary key,
      cart_id bigint not null references carts on delete cascade,
      -- A variant that is deleted leaves its line behind, so that the shopper is told instead of wondering.
      variant_id bigint references variants on delete set null,
      quantity integer not null check (quantity between 1 and 99),
      -- The unit price the shopper last agreed to by adding or changing the line.
      seen_amount bigint,
      seen_currency text,
      -- What the line was called then, for when its variant is gone.
      seen_name text not null,
      created_at timestamptz not null default now(),
      unique (cart_id, variant_id)
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`drop table cart_lines, carts`);
}
