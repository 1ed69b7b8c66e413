import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table former_slugs drop constraint former_slugs_kind_check;
    alter table former_slugs add constraint former_slugs_kind_check check (kind in ('product', 'category', 'bundle'));

    create table bundles (
      id bigint generated always as identity primary key,
      code text not null unique,
      state text not null default 'draft' check (state in ('draft', 'active', 'archived')),
      position integer not null default 0,
      created_at timestamptz not null default now()
    );
    create table bundle_translations (
      bundle_id bigint not null references bundles on delete cascade,
      locale text not null check (locale in ('en', 'ko', 'uz')),
      name text not null,
      slug text not null,
      summary text not null default '',
      description_html text not null default '',
      primary key (bundle_id, locale),
      unique (locale, slug)
    );
    create table bundle_items (
      bundle_id bigint not null references bundles on delete cascade,
      position integer not null,
      -- A variant that is deleted leaves its place empty: the set is then incomplete, not smaller.
      variant_id bigint references variants on delete set null,
      quantity integer not null check (quantity between 1 and 99),
      primary key (bundle_id, position),
      unique (bundle_id, variant_id)
    );
    create table bundle_prices (
      bundle_id bigint not null references bundles on delete cascade,
      currency text not null check (currency in ('USD', 'KRW', 'UZS')),
      amount bigint not null check (amount > 0),
      primary key (bundle_id, currency)
    );

    create table cart_bundles (
      id bigint generated always as identity primary key,
      cart_id bigint not null references carts on delete cascade,
      -- As a line of one variant: a set that is deleted leaves its line behind, so that the shopper is told.
      bundle_id bigint references bundles on delete set null,
      quantity integer not null check (quantity between 1 and 99),
      seen_amount bigint,
      seen_currency text,
      seen_name text not null,
      created_at timestamptz not null default now(),
      unique (cart_id, bundle_id)
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table cart_bundles, bundle_prices, bundle_items, bundle_translations, bundles;
    delete from former_slugs where kind = 'bundle';
    alter table former_slugs drop constraint former_slugs_kind_check;
    alter table former_slugs add constraint former_slugs_kind_check check (kind in ('product', 'category'));
  `);
}
