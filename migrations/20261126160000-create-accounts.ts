import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table users (
      id bigint generated always as identity primary key,
      -- Folded by accounts/rules.ts: one spelling an account.
      email text not null unique,
      name text not null,
      role text not null default 'customer' check (role in ('admin', 'staff', 'customer')),
      password_hash text,
      disabled_at timestamptz,
      created_at timestamptz not null default now()
    );

    -- One row from signing in to signing out. A browser's session only names it, so that ending it here ends it on
    -- every process, whatever the session's own row says.
    create table sign_ins (
      id bigint generated always as identity primary key,
      user_id bigint not null references users on delete cascade,
      created_at timestamptz not null,
      seen_at timestamptz not null,
      ended_at timestamptz
    );
    create index sign_ins_user on sign_ins (user_id) where ended_at is null;

    -- What staff changed: who, when, what, from, to. Added to, never edited.
    create table audit_log (
      id bigint generated always as identity primary key,
      at timestamptz not null default now(),
      user_id bigint not null references users,
      action text not null check (action <> ''),
      subject text not null check (subject <> ''),
      before jsonb,
      after jsonb,
      request_id text not null
    );
    create index audit_log_subject on audit_log (subject, id);
    create function audit_log_is_final() returns trigger language plpgsql as $$
      begin raise exception 'audit_log is never edited or deleted'; end $$;
    create trigger audit_log_is_final before update or delete or truncate on audit_log
      for each statement execute function audit_log_is_final();
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table audit_log;
    drop function audit_log_is_final();
    drop table sign_ins, users;
  `);
}
