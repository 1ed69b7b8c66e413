import type { Knex } from 'knex';

const purposes = (...more: string[]): string =>
  ['verify-email', 'reset-password', 'change-email', 'link-identity', 'invite', 'export', ...more]
    .map(purpose => `'${purpose}'`)
    .join(', ');

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- The old address can object when somebody changes it.
    alter table user_tokens drop constraint user_tokens_purpose_check;
    alter table user_tokens add constraint user_tokens_purpose_check check (purpose in (${purposes('keep-email')}));
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    delete from user_tokens where purpose = 'keep-email';
    alter table user_tokens drop constraint user_tokens_purpose_check;
    alter table user_tokens add constraint user_tokens_purpose_check check (purpose in (${purposes()}));
  `);
}
