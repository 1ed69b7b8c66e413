import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- Whose public holidays count once a parcel is on its way in the zone; null: weekends only.
    alter table shipping_zones add column calendar text check (calendar ~ '^[A-Z]{2}$');
    create table shipping_holidays (
      calendar text not null check (calendar ~ '^[A-Z]{2}$'),
      day date not null,
      -- For staff: which holiday it is.
      name text not null,
      primary key (calendar, day)
    );

    -- What a zone is made of: a country, a region of it, or a range of its postcodes. The most specific area decides.
    create table shipping_areas (
      id bigint generated always as identity primary key,
      zone_id bigint not null references shipping_zones on delete cascade,
      country text not null check (country ~ '^[A-Z]{2}$'),
      region text check (region ~ '^[A-Z]{2}-[A-Z0-9]{1,3}$'),
      postal_from text check (postal_from ~ '^[0-9]{3,10}$'),
      postal_to text check (postal_to ~ '^[0-9]{3,10}$'),
      check ((postal_from is null) = (postal_to is null)),
      check (length(postal_from) = length(postal_to) and postal_from::bigint <= postal_to::bigint),
      check (region is null or postal_from is null),
      unique nulls not distinct (country, region, postal_from, postal_to)
    );
    insert into shipping_areas (zone_id, country) select zone_id, country from shipping_zone_countries;
    drop table shipping_zone_countries;

    -- A way to deliver in a zone.
    create table shipping_methods (
      id bigint generated always as identity primary key,
      zone_id bigint not null references shipping_zones on delete cascade,
      code text not null check (code ~ '^[a-z][a-z_]{0,30}$'),
      position integer not null default 0,
      name jsonb not null check (jsonb_exists(name, 'en')),
      min_business_days integer not null check (min_business_days >= 0),
      max_business_days integer not null check (max_business_days >= min_business_days),
      -- Heaviest piece it takes; null: any.
      max_piece_grams integer check (max_piece_grams > 0),
      -- Offered only when a piece weighs more than this; null: always.
      only_over_grams integer check (only_over_grams > 0),
      -- Pieces that weigh more than this cost the surcharge of the rate each; null: none does.
      heavy_over_grams integer check (heavy_over_grams > 0),
      unique (zone_id, code)
    );
    alter table shipping_rates rename to flat_rates;
    create table shipping_rates (
      method_id bigint not null references shipping_methods on delete cascade,
      currency text not null check (currency in ('USD', 'KRW', 'UZS')),
      -- Goods of this much and more: the bracket's amount falls away. Surcharges stay.
      free_over bigint check (free_over > 0),
      surcharge bigint not null default 0 check (surcharge >= 0),
      heavy_surcharge bigint not null default 0 check (heavy_surcharge >= 0),
      primary key (method_id, currency)
    );
    -- What a load up to a weight costs, from a worth of the goods on. A load heavier than all brackets is not taken.
    create table shipping_brackets (
      method_id bigint not null,
      currency text not null,
      up_to_grams bigint check (up_to_grams > 0),
      from_goods bigint not null default 0 check (from_goods >= 0),
      amount bigint not null check (amount >= 0),
      foreign key (method_id, currency) references shipping_rates on delete cascade,
      unique nulls not distinct (method_id, currency, up_to_grams, from_goods)
    );
    insert into shipping_methods (zone_id, code, name, min_business_days, max_business_days)
      select zone_id, 'standard', '{"en": "Standard delivery", "ko": "일반 배송", "uz": "Oddiy yetkazib berish"}',
             min(min_business_days), max(max_business_days)
        from flat_rates group by zone_id;
    insert into shipping_rates (method_id, currency, free_over)
      select m.id, f.currency, f.free_over from flat_rates f join shipping_methods m using (zone_id);
    insert into shipping_brackets (method_id, currency, amount)
      select m.id, f.currency, f.amount from flat_rates f join shipping_methods m using (zone_id);
    drop table flat_rates;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    create table shipping_zone_countries (
      country text primary key check (country ~ '^[A-Z]{2}$'),
      zone_id bigint not null references shipping_zones on delete cascade
    );
    insert into shipping_zone_countries (country, zone_id)
      select country, zone_id from shipping_areas where region is null and postal_from is null;
    alter table shipping_rates rename to method_rates;
    create table shipping_rates (
      zone_id bigint not null references shipping_zones on delete cascade,
      currency text not null check (currency in ('USD', 'KRW', 'UZS')),
      amount bigint not null check (amount >= 0),
      free_over bigint check (free_over > 0),
      min_business_days integer not null check (min_business_days >= 0),
      max_business_days integer not null check (max_business_days >= min_business_days),
      primary key (zone_id, currency)
    );
    insert into shipping_rates
      select m.zone_id, r.currency, min(b.amount), r.free_over, m.min_business_days, m.max_business_days
        from shipping_methods m
        join method_rates r on r.method_id = m.id
        join shipping_brackets b on b.method_id = m.id and b.currency = r.currency
       where m.code = 'standard'
       group by m.zone_id, r.currency, r.free_over, m.min_business_days, m.max_business_days;
    drop table shipping_brackets, method_rates, shipping_methods, shipping_areas, shipping_holidays;
    alter table shipping_zones drop column calendar;
  `);
}
