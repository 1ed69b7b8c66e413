import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- The cart that a closed one has become a part of, when its shopper signed in.
    alter table carts add column merged_into bigint references carts on delete set null;
    alter table carts add constraint carts_merged_closed check (merged_into is null or state = 'closed');
    create index carts_merged_into on carts (merged_into) where merged_into is not null;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`alter table carts drop column merged_into`);
}
