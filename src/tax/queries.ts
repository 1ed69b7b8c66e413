import { rows, type Db } from '../platform/db.js';
import { UNTAXED, type TaxRules } from './rules.js';

/** What deliveries to a place are taxed; a region's own rate goes before its country's. Untaxed where the table says nothing. */
export async function findTaxRules(
  db: Db,
  { country, region }: { country: string; region: string },
): Promise<TaxRules> {
  const found = await rows<{ tax_class: string; rate_bp: number; contained: boolean }>(
    db,
    `select distinct on (tax_class) tax_class, rate_bp, contained
       from tax_rates where country = :country and (region is null or region = :region)
      order by tax_class, region nulls last`,
    { country, region },
  );
  if (found.length === 0) return UNTAXED;
  return {
    contained: found.every(({ contained }) => contained),
    rates: Object.fromEntries(found.map(({ tax_class, rate_bp }) => [tax_class, rate_bp])),
  };
}
