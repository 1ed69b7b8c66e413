import { change, type Tx } from '../platform/db.js';

export interface TaxRateDraft {
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** A part of the country with a rate of its own, as orders name it; null: the whole country. */
  region: string | null;
  taxClass: string;
  /** Basis points: 10 % is 1000. */
  rateBp: number;
  /** Whether prices hold it already. The same for all rates of a country. */
  contained: boolean;
}

/** Makes the rate of a country, region and class what the draft says. Orders keep the tax they were placed with. */
export async function saveTaxRate(tx: Tx, draft: TaxRateDraft): Promise<void> {
  const { country, region, taxClass, rateBp, contained } = draft;
  await change(
    tx,
    `insert into tax_rates (country, region, tax_class, rate_bp, contained)
     values (:country, :region, :taxClass, :rateBp, :contained)
     on conflict (country, (coalesce(region, '')), tax_class)
     do update set rate_bp = excluded.rate_bp, contained = excluded.contained`,
    { country, region, taxClass, rateBp, contained },
  );
}
