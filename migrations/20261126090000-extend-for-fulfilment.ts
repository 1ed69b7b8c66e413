import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- Which of a country's tax rates a product bears.
    alter table products add column tax_class text not null default 'standard';

    -- What was agreed to about delivery and tax, copied. tax_total is what was added on top; tax_contained is the part
    -- of the total that prices and delivery already held.
    alter table orders add column shipping_method text not null default 'standard';
    alter table orders add column shipping_method_name text not null default '';
    alter table orders add column shipping_tax bigint not null default 0 check (shipping_tax >= 0);
    alter table orders add column tax_contained bigint not null default 0 check (tax_contained >= 0);
    -- How the figures came about: bases, discounts considered, delivery, tax. Written once, for "explain this price".
    alter table orders add column explanation jsonb;
    -- Why nothing of the order may leave the warehouse: a dispute, a deposit that was taken back.
    alter table orders add column hold text check (hold in ('dispute', 'deposit_reversed'));

    -- total stays unit × quantity − discount. Tax is beside it: on top of it where tax_added, part of it elsewhere.
    alter table order_lines add column tax_rate integer not null default 0 check (tax_rate >= 0);
    alter table order_lines add column tax_amount bigint not null default 0 check (tax_amount >= 0);
    alter table order_lines add column tax_added boolean not null default false;
    alter table order_lines add column weight_grams integer not null default 0 check (weight_grams >= 0);
    -- The set this line was bought as a part of, by the name it had.
    alter table order_lines add column bundle_id bigint;
    alter table order_lines add column bundle_name text;
    -- Pieces that have left and pieces whose money has been promised back. The database refuses more than were bought.
    alter table order_lines add column shipped_quantity integer not null default 0;
    alter table order_lines add column refunded_quantity integer not null default 0;
    alter table order_lines add constraint order_lines_shipped_within check (shipped_quantity between 0 and quantity);
    alter table order_lines add constraint order_lines_refunded_within check (refunded_quantity between 0 and quantity);

    -- One timeline an order: moves between states, and what else happened (a parcel, a refund, a return, a note, a letter).
    alter table order_events alter column to_state drop not null;
    alter table order_events add column kind text not null default 'move'
      check (kind in ('move', 'shipment', 'refund', 'return', 'hold', 'note', 'letter'));
    alter table order_events add column data jsonb;
    alter table order_events add constraint order_events_move_has_state check ((kind = 'move') = (to_state is not null));

    -- How the buyer pays at the provider ('card', 'virtual_account' …) and what they must do to pay (bank, number, deadline).
    alter table payments add column method text not null default '';
    alter table payments add column instructions jsonb;
    -- Proves that a deposit callback comes from Toss.
    alter table payments add column deposit_secret text;

    -- Codes the shopper typed, and the delivery they chose.
    create table cart_codes (
      cart_id bigint not null references carts on delete cascade,
      code text not null,
      created_at timestamptz not null default now(),
      primary key (cart_id, code)
    );
    alter table carts add column shipping_method text;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    alter table carts drop column shipping_method;
    drop table cart_codes;
    alter table payments drop column deposit_secret, drop column instructions, drop column method;
    delete from order_events where kind <> 'move';
    alter table order_events drop constraint order_events_move_has_state, drop column data, drop column kind,
      alter column to_state set not null;
    alter table order_lines drop constraint order_lines_refunded_within, drop constraint order_lines_shipped_within,
      drop column refunded_quantity, drop column shipped_quantity, drop column bundle_name, drop column bundle_id,
      drop column weight_grams, drop column tax_added, drop column tax_amount, drop column tax_rate;
    alter table orders drop column hold, drop column explanation, drop column tax_contained, drop column shipping_tax,
      drop column shipping_method_name, drop column shipping_method;
    alter table products drop column tax_class;
  `);
}
