import { money, type Currency, type Money } from '../lib/money.js';
import { row, type Db } from '../platform/db.js';

/** What delivery to one country costs in one currency, and how long it takes from the warehouse. */
export interface DeliveryRate {
  country: string;
  amount: Money;
  /** Goods of this much and more are delivered free; null: never. */
  freeOver: Money | null;
  minBusinessDays: number;
  maxBusinessDays: number;
}

/** The rate for a country and currency; null where the store does not deliver. */
export async function findRate(
  db: Db,
  { country, currency }: { country: string; currency: Currency },
): Promise<DeliveryRate | null> {
  const found = await row<{
    amount: number;
    free_over: number | null;
    min_business_days: number;
    max_business_days: number;
  }>(
    db,
    `select r.amount, r.free_over, r.min_business_days, r.max_business_days
       from shipping_zone_countries c
       join shipping_rates r on r.zone_id = c.zone_id and r.currency = :currency
      where c.country = :country`,
    { country, currency },
  );
  return (
    found && {
      country,
      amount: money(found.amount, currency),
      freeOver: found.free_over === null ? null : money(found.free_over, currency),
      minBusinessDays: found.min_business_days,
      maxBusinessDays: found.max_business_days,
    }
  );
}

/** Countries the store delivers to (ISO 3166-1 alpha-2); views sort them by their names. */
export async function listCountries(db: Db): Promise<string[]> {
  return await db('shipping_zone_countries').orderBy('country').pluck<string[]>('country');
}
