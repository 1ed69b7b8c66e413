import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table shipping_zones (
      id bigint generated always as identity primary key,
      code text not null unique,
      position integer not null default 0
    );
    create table shipping_zone_countries (
      country text primary key check (country ~ '^[A-Z]{2}$'),
      zone_id bigint not null references shipping_zones on delete cascade
    );
    -- One flat rate a zone and currency; null free_over means that delivery is never free there.
    create table shipping_rates (
      zone_id bigint not null references shipping_zones on delete cascade,
      currency text not null check (currency in ('USD', 'KRW', 'UZS')),
      amount bigint not null check (amount >= 0),
      free_over bigint check (free_over > 0),
      min_business_days integer not null check (min_business_days >= 0),
      max_business_days integer not null check (max_business_days >= min_business_days),
      primary key (zone_id, currency)
    );

    create table pages (
      slug text primary key,
      position integer not null default 0
    );
    create table page_translations (
      page_slug text not null references pages on delete cascade,
      locale text not null check (locale in ('en', 'ko', 'uz')),
      title text not null,
      body_html text not null,
      primary key (page_slug, locale)
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(
    `drop table page_translations, pages, shipping_rates, shipping_zone_countries, shipping_zones`,
  );
}
