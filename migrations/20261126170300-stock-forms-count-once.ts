import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- Names the form that made a movement, so that a form that arrives twice moves stock once.
    alter table stock_movements add column once text;
    create unique index stock_movements_form on stock_movements (once) where once is not null;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`alter table stock_movements drop column once`);
}
