import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- A part of a name or an address is found by its three-letter pieces; the extension is a trusted one.
    create extension if not exists pg_trgm;

    -- What the desk looks for in an order, in one spelling: small letters, one apostrophe. It begins with a blank, so that
    -- a short text can be looked for at the start of a word.
    alter table orders add column search_words text generated always as
      (' ' || translate(lower(number || ' ' || email || ' ' || name), U&'\\02BC\\2018\\2019''\\0060\\00B4', U&'\\02BB\\02BB\\02BB\\02BB\\02BB\\02BB')) stored;
    create index orders_search_words on orders using gin (search_words gin_trgm_ops);
    create index order_lines_sku on order_lines (lower(sku) text_pattern_ops, order_id);

    -- The list, newest first, whole and by each of its filters: a page is read off the index, however long the list is.
    create index orders_newest on orders (created_at desc, id desc);
    create index orders_state_newest on orders (state, created_at desc, id desc);
    create index orders_country_newest on orders (country, state, created_at desc, id desc);
    create index orders_hold on orders (created_at desc, id desc) where hold is not null;
    create index payments_state on payments (state, order_id);
    create index refunds_failed on refunds (payment_id) where state = 'failed';
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop index refunds_failed, payments_state, orders_hold, orders_country_newest, orders_state_newest, orders_newest,
      order_lines_sku;
    alter table orders drop column search_words;
    drop extension pg_trgm;
  `);
}
