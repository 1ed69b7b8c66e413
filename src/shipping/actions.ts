import type { Currency } from '../lib/money.js';
import { change, row, type Tx } from '../platform/db.js';

/** Countries that share what delivery costs and how long it takes. */
export interface ZoneDraft {
  /** Names the zone for ever: "kr". */
  code: string;
  position: number;
  /** ISO 3166-1 alpha-2. A country is in one zone: it leaves the one it was in. */
  countries: readonly string[];
  /** One flat rate a currency; amounts in smallest units. Orders in other currencies are not delivered there. */
  rates: Partial<Record<Currency, RateDraft>>;
}

export interface RateDraft {
  amount: number;
  /** Goods of this much and more are delivered free; null: never. */
  freeOver: number | null;
  /** Business days of the warehouse, from the day of the order. */
  minBusinessDays: number;
  maxBusinessDays: number;
}

/** Makes the zone of this code what the draft says, its countries and rates included, and returns its id. Locks it. */
export async function saveZone(tx: Tx, { code, position, countries, rates }: ZoneDraft): Promise<number> {
  const zone = await row<{ id: number }>(
    tx,
    `insert into shipping_zones (code, position) values (:code, :position)
     on conflict (code) do update set position = excluded.position
     returning id`,
    { code, position },
  );
  const zoneId = zone!.id;

  await change(
    tx,
    `delete from shipping_zone_countries where zone_id = :zoneId and country <> all(:countries)`,
    {
      zoneId,
      countries,
    },
  );
  await change(
    tx,
    `insert into shipping_zone_countries (country, zone_id)
     select country, :zoneId from unnest(cast(:countries as text[])) as d (country)
     on conflict (country) do update set zone_id = excluded.zone_id`,
    { zoneId, countries },
  );

  const drafts = Object.entries(rates);
  await change(tx, `delete from shipping_rates where zone_id = :zoneId and currency <> all(:currencies)`, {
    zoneId,
    currencies: drafts.map(([currency]) => currency),
  });
  const values = drafts.map(([currency, rate]) => ({
    zone_id: zoneId,
    currency,
    amount: rate.amount,
    free_over: rate.freeOver,
    min_business_days: rate.minBusinessDays,
    max_business_days: rate.maxBusinessDays,
  }));
  if (values.length > 0)
    await tx('shipping_rates').insert(values).onConflict(['zone_id', 'currency']).merge();
  return zoneId;
}
