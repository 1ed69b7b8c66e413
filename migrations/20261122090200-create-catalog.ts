import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table brands (
      id bigint generated always as identity primary key,
      code text not null unique,
      name text not null
    );

    create table categories (
      id bigint generated always as identity primary key,
      code text not null unique,
      position integer not null default 0,
      image_id text references images
    );
    create table category_translations (
      category_id bigint not null references categories on delete cascade,
      locale text not null check (locale in ('en', 'ko', 'uz')),
      name text not null,
      slug text not null,
      description text not null default '',
      primary key (category_id, locale),
      unique (locale, slug)
    );

    create table products (
      id bigint generated always as identity primary key,
      brand_id bigint references brands,
      category_id bigint references categories,
      state text not null default 'draft' check (state in ('draft', 'active', 'archived')),
      -- The handle of the shop it was imported from; a second import finds it again.
      import_handle text unique,
      -- What the last import said, hashed: an unchanged row is left alone.
      import_digest text,
      listed_at timestamptz not null default now(),
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    );
    create index products_category on products (category_id) where state = 'active';
    create index products_listed on products (listed_at desc, id desc) where state = 'active';
    create table product_translations (
      product_id bigint not null references products on delete cascade,
      locale text not null check (locale in ('en', 'ko', 'uz')),
      name text not null,
      slug text not null,
      summary text not null default '',
      description_html text not null default '',
      primary key (product_id, locale),
      unique (locale, slug)
    );
    -- A slug once given leads to its product or category for ever.
    create table former_slugs (
      kind text not null check (kind in ('product', 'category')),
      locale text not null,
      slug text not null,
      target_id bigint not null,
      primary key (kind, locale, slug)
    );

    create table options (
      id bigint generated always as identity primary key,
      product_id bigint not null references products on delete cascade,
      code text not null,
      name jsonb not null,
      position integer not null default 0,
      unique (product_id, code)
    );
    create table option_values (
      id bigint generated always as identity primary key,
      option_id bigint not null references options on delete cascade,
      code text not null,
      label jsonb not null,
      position integer not null default 0,
      unique (option_id, code)
    );
    create table variants (
      id bigint generated always as identity primary key,
      product_id bigint not null references products on delete cascade,
      sku text not null unique,
      active boolean not null default true,
      position integer not null default 0,
      weight_grams integer not null default 0 check (weight_grams >= 0),
      image_id text references images
    );
    create index variants_product on variants (product_id, position);
    create table variant_values (
      variant_id bigint not null references variants on delete cascade,
      option_id bigint not null references options on delete cascade,
      value_id bigint not null references option_values on delete cascade,
      primary key (variant_id, option_id)
    );
    create table prices (
      variant_id bigint not null references variants on delete cascade,
      currency text not null check (currency in ('USD', 'KRW', 'UZS')),
      amount bigint not null check (amount > 0),
      compare_at bigint check (compare_at > amount),
      primary key (variant_id, currency)
    );

    create table product_images (
      product_id bigint not null references products on delete cascade,
      position integer not null,
      image_id text references images,
      -- Where an import named a picture that has not been fetched.
      source_url text,
      alt jsonb not null,
      primary key (product_id, position),
      check (image_id is not null or source_url is not null)
    );

    create table attributes (
      code text primary key,
      label jsonb not null,
      kind text not null check (kind in ('number', 'text', 'flag')),
      unit jsonb,
      position integer not null default 0
    );
    create table product_attributes (
      product_id bigint not null references products on delete cascade,
      attribute_code text not null references attributes,
      position integer not null,
      number numeric,
      text jsonb,
      flag boolean,
      primary key (product_id, attribute_code),
      check (num_nonnulls(number, text, flag) = 1)
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(
    `drop table product_attributes, attributes, product_images, prices, variant_values, variants, option_values, options, former_slugs, product_translations, products, category_translations, categories, brands`,
  );
}
