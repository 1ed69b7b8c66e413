import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- Their picture, seen by themselves and by staff only. A picture stands for one person, so it is nobody else's.
    alter table users add column avatar_id text unique references private_images;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('alter table users drop column avatar_id');
}
