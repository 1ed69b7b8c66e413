import { money, type Currency, type Money } from '../../lib/money.js';
import { row, type Db } from '../../platform/db.js';
import { inCategory, matching, ofBrand, type CardFilter } from './filter.js';

/** How many products the list has, and would have with other choices. */
export interface Facets {
  total: number;
  inStock: number;
  /** Products by category and brand code; codes without any are missing. Each leaves out its own filter. */
  categories: ReadonlyMap<string, number>;
  brands: readonly { code: string; name: string; count: number }[];
  /** Lowest and highest price whatever the price filter says; null when nothing has a price. */
  prices: { lowest: Money; highest: Money } | null;
}

interface Counted {
  total: number;
  in_stock: number;
  lowest: number | null;
  highest: number | null;
  categories: { code: string; count: number }[] | null;
  brands: { code: string; name: string; count: number }[] | null;
}

/** Counts for one filter. One statement over all active products that the words match. */
export async function countFacets(
  db: Db,
  { currency, filter }: { currency: Currency; filter: CardFilter },
): Promise<Facets> {
  const { from, where, bindings } = matching(filter);
  const counted = await row<Counted>(
    db,
    `with matched as (
       select c.code as category, b.code as brand, b.name as brand_name, offer.fits, offer.fits_in_stock, offer.lowest,
              offer.highest, ${inCategory(filter)} as in_category, ${ofBrand(filter)} as of_brand
         from ${from} where ${where})
     select count(*) filter (where in_category and of_brand and fits) as total,
            count(*) filter (where in_category and of_brand and fits_in_stock) as in_stock,
            min(lowest) filter (where in_category and of_brand) as lowest,
            max(highest) filter (where in_category and of_brand) as highest,
            (select json_agg(each) from (select category as code, count(*) from matched
              where of_brand and fits and category is not null group by category) each) as categories,
            (select json_agg(each order by each.name) from (select brand as code, brand_name as name, count(*) from matched
              where in_category and fits and brand is not null group by brand, brand_name) each) as brands
       from matched`,
    { currency, ...bindings },
  );
  const { total, in_stock, lowest, highest, categories, brands } = counted!; // an aggregate always has its row
  return {
    total,
    inStock: in_stock,
    categories: new Map((categories ?? []).map(({ code, count }) => [code, count])),
    brands: brands ?? [],
    prices:
      lowest === null || highest === null
        ? null
        : { lowest: money(lowest, currency), highest: money(highest, currency) },
  };
}
