import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- The desk shows an order's letters beside its history: they hang on its events.
    create index events_order on events (cast(payload ->> 'orderId' as bigint));
    create index orders_email_newest on orders (lower(email), created_at desc, id desc);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`drop index orders_email_newest, events_order`);
}
