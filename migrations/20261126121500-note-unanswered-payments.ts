import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- The buyer came back from the provider's page and the provider did not say what became of it: since when we do not
    -- know. Null again at its first answer.
    alter table payments add column unanswered_at timestamptz;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`alter table payments drop column unanswered_at`);
}
