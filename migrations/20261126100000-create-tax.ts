import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table tax_rates (
      id bigint generated always as identity primary key,
      country text not null check (country ~ '^[A-Z]{2}$'),
      -- A part of the country with a rate of its own; null: the whole country.
      region text check (region <> ''),
      tax_class text not null default 'standard',
      rate_bp integer not null check (rate_bp between 0 and 10000),
      contained boolean not null
    );
    create unique index tax_rates_place on tax_rates (country, (coalesce(region, '')), tax_class);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`drop table tax_rates`);
}
