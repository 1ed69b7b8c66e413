import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- Who wants one letter when a variant can be bought again. Asked, confirmed from the mailbox, mailed once.
    create table stock_requests (
      id bigint generated always as identity primary key,
      variant_id bigint not null references variants on delete cascade,
      email text not null,
      locale text not null,
      created_at timestamptz not null,
      confirmed_at timestamptz,
      mailed_at timestamptz,
      ended_at timestamptz,
      check (mailed_at is null or confirmed_at is not null)
    );
    create unique index stock_requests_once on stock_requests (variant_id, email)
      where mailed_at is null and ended_at is null;
    create index stock_requests_waiting on stock_requests (variant_id, id)
      where confirmed_at is not null and mailed_at is null and ended_at is null;
    create index stock_requests_age on stock_requests (created_at);

    -- Links of its letters, each good for one thing only. The link itself is written nowhere, only its digest.
    create table stock_request_tokens (
      token_hash text primary key,
      request_id bigint not null references stock_requests on delete cascade,
      purpose text not null check (purpose in ('confirm', 'stop')),
      expires_at timestamptz not null
    );
    create index stock_request_tokens_request on stock_request_tokens (request_id);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`drop table stock_request_tokens, stock_requests`);
}
