import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table users
      -- When the address was shown to be this person's, by a link that only its mailbox had.
      add column email_verified_at timestamptz,
      -- What letters and pages speak, and prices are in; null follows the language.
      add column locale text not null default 'en' check (locale in ('en', 'ko', 'uz')),
      add column currency text check (currency in ('USD', 'KRW', 'UZS')),
      add column phone text not null default '',
      -- Whoever asked to be erased: nothing that names them is left in this row.
      add column erased_at timestamptz;
    -- Staff were made by an operator who knew them.
    update users set email_verified_at = created_at where role <> 'customer';

    alter table sign_ins
      add column via text not null default 'password' check (via in ('password', 'google', 'kakao', 'link')),
      -- Chosen by the user: lasts beyond the browser's closing.
      add column remembered boolean not null default false,
      -- When it was last shown that the person at this browser is the user: password, second factor or provider.
      add column confirmed_at timestamptz,
      add column user_agent text not null default '',
      -- Where from, ISO 3166-1 alpha-2; empty when unknown. No address of a network is kept.
      add column country text not null default '';
    update sign_ins set confirmed_at = created_at;
    alter table sign_ins alter column confirmed_at set not null;

    -- A way in by somebody else's word. The subject is what the provider calls the person for ever; the address may change.
    create table identities (
      id bigint generated always as identity primary key,
      user_id bigint not null references users on delete cascade,
      provider text not null check (provider in ('google', 'kakao')),
      subject text not null check (subject <> ''),
      email text,
      email_verified boolean not null default false,
      created_at timestamptz not null,
      used_at timestamptz not null,
      unique (provider, subject)
    );
    create index identities_user on identities (user_id);

    -- Links sent by mail. Only the digest is kept, and it is of the purpose as well: a link opens one thing.
    create table user_tokens (
      id bigint generated always as identity primary key,
      user_id bigint not null references users on delete cascade,
      purpose text not null check (purpose in
        ('verify-email', 'reset-password', 'change-email', 'link-identity', 'invite', 'export')),
      token_hash text not null unique,
      -- What the link does, where the user and the purpose do not say it all: the new address, the identity to link.
      data jsonb not null default '{}',
      created_at timestamptz not null,
      expires_at timestamptz not null,
      used_at timestamptz
    );
    create index user_tokens_user on user_tokens (user_id, purpose);

    -- What somebody agreed to or refused: each change is a row of its own, and the newest counts.
    create table consents (
      id bigint generated always as identity primary key,
      user_id bigint not null references users on delete cascade,
      kind text not null check (kind in ('age', 'terms', 'privacy', 'marketing')),
      -- Of the text that was shown.
      version text not null check (version <> ''),
      given boolean not null,
      at timestamptz not null
    );
    create index consents_user on consents (user_id, kind, id);
    create trigger kept before update on consents for each row execute function refuse_change();

    -- What happened to an account and who did it, for its owner and for the desk. Added to, never edited.
    create table account_events (
      id bigint generated always as identity primary key,
      user_id bigint not null references users on delete cascade,
      at timestamptz not null,
      -- 'user', or 'staff:<user id>'.
      actor text not null check (actor <> ''),
      kind text not null check (kind <> ''),
      data jsonb not null default '{}'
    );
    create index account_events_user on account_events (user_id, id);
    create trigger kept before update on account_events for each row execute function refuse_change();

    create table addresses (
      id bigint generated always as identity primary key,
      user_id bigint not null references users on delete cascade,
      name text not null,
      phone text not null,
      country text not null check (country ~ '^[A-Z]{2}$'),
      region text not null default '',
      city text not null default '',
      postal_code text not null default '',
      address1 text not null,
      address2 text not null default '',
      is_default boolean not null default false,
      created_at timestamptz not null,
      updated_at timestamptz not null
    );
    create index addresses_user on addresses (user_id);
    create unique index addresses_default on addresses (user_id) where is_default;

    -- A cart that somebody was signed in to: the same one on all their devices.
    alter table carts add column user_id bigint references users on delete set null;
    create unique index carts_one_open_a_user on carts (user_id) where state = 'open' and user_id is not null;

    -- Whose order it is. Orders of guests with an address that its owner has verified are theirs as well.
    alter table orders add column user_id bigint references users on delete set null;
    create index orders_user on orders (user_id, id desc) where user_id is not null;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    alter table orders drop column user_id;
    alter table carts drop column user_id;
    drop table addresses, account_events, consents, user_tokens, identities;
    alter table sign_ins drop column via, drop column remembered, drop column confirmed_at, drop column user_agent,
      drop column country;
    alter table users drop column email_verified_at, drop column locale, drop column currency, drop column phone,
      drop column erased_at;
  `);
}
