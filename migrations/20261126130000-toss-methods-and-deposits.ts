import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- A deposit that the bank took back: the money was here and is not.
    alter table payments drop constraint payments_state_check;
    alter table payments add constraint payments_state_check check (state in ('opened', 'pending', 'captured', 'failed',
      'expired', 'canceled', 'refund_due', 'mismatch', 'partially_refunded', 'refunded', 'reversed'));
    -- Set before the provider is told to take the money: whoever finds it unanswered may say the same again.
    alter table payments add column confirming_at timestamptz;
    update payments set method = 'card' where provider = 'toss' and method = '';

    -- A deposit goes back to an account that the buyer has to name. Kept whole until the money has gone, then shortened
    -- to the bank and the last four digits. Each account given is another request at the provider.
    alter table refunds drop constraint refunds_state_check;
    alter table refunds add constraint refunds_state_check
      check (state in ('requested', 'needs_account', 'pending', 'succeeded', 'failed'));
    alter table refunds add column refund_account jsonb;
    alter table refunds add column accounts_given integer not null default 0;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    alter table refunds drop column accounts_given, drop column refund_account;
    update refunds set state = 'failed' where state = 'needs_account';
    alter table refunds drop constraint refunds_state_check;
    alter table refunds add constraint refunds_state_check check (state in ('requested', 'pending', 'succeeded', 'failed'));
    alter table payments drop column confirming_at;
    alter table payments drop constraint payments_state_check;
    alter table payments add constraint payments_state_check check (state in ('opened', 'pending', 'captured', 'failed',
      'expired', 'canceled', 'refund_due', 'mismatch', 'partially_refunded', 'refunded'));
  `);
}
