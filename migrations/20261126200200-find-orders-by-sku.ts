import type { Knex } from 'knex';

const WORDS = `translate(lower(number || ' ' || email || ' ' || name`;
const APOSTROPHES = `U&'\\02BC\\2018\\2019''\\0060\\00B4', U&'\\02BB\\02BB\\02BB\\02BB\\02BB\\02BB'`;

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- The SKUs of an order, copied when it opens as all of it is: to look into the lines of thousands of orders for one of
    -- them took as long as the rest of the page.
    alter table orders add column skus text not null default '';
    update orders o set skus = coalesce((select string_agg(sku, ' ' order by first)
      from (select sku, min(position) as first from order_lines where order_id = o.id group by sku) l), '');

    alter table orders drop column search_words;
    alter table orders add column search_words text generated always as
      (' ' || ${WORDS} || ' ' || skus), ${APOSTROPHES})) stored;
    create index orders_search_words on orders using gin (search_words gin_trgm_ops);
    drop index order_lines_sku;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    create index order_lines_sku on order_lines (lower(sku) text_pattern_ops, order_id);
    alter table orders drop column search_words;
    alter table orders add column search_words text generated always as (' ' || ${WORDS}), ${APOSTROPHES})) stored;
    create index orders_search_words on orders using gin (search_words gin_trgm_ops);
    alter table orders drop column skus;
  `);
}
