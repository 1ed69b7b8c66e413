import { literally } from '../../lib/text.js';

/** Which products a list shows. Codes and amounts, never words; see `forms.ts` for how they are read. */
export interface CardFilter {
  /** Folded words; a product matches when its names and brand together hold all of them. */
  words: readonly string[];
  /** Category and brand codes, any of which will do; none: all. */
  categories: readonly string[];
  brands: readonly string[];
  inStock: boolean;
  /** In the smallest unit of the shopper's currency. */
  priceMin: number | null;
  priceMax: number | null;
  /** Reduced products only. */
  reduced?: boolean;
  /** This product is left out. */
  without?: number;
}

export const EVERYTHING: CardFilter = {
  words: [],
  categories: [],
  brands: [],
  inStock: false,
  priceMin: null,
  priceMax: null,
};

/** Every apostrophe people type is U+02BB, as in `lib/text` fold. */
const APOSTROPHES = "\u02BC\u2018\u2019'`´";
const NAMES = `join (select pt.product_id, translate(string_agg(pt.name, ' '), :apostrophes, :folded) as text
                       from product_translations pt group by pt.product_id) names on names.product_id = p.id`;

/**
 * FROM and WHERE of all lists: active products `p`, their brand `b` and category `c`, and one row `offer` of what their
 * active variants cost in :currency. Price and stock are held against the same variant: `fits` is a variant of the
 * wanted price that can be bought if that is wanted; `fits_in_stock` one that can be bought in any case.
 *
 * Offers are worked out for all products in one pass, or (`one by one`) for each product as it is reached, which is
 * quicker for a list that stops after a few.
 */
export function matching(
  filter: CardFilter,
  offers: 'in one pass' | 'one by one' = 'in one pass',
): { from: string; where: string; bindings: Record<string, unknown> } {
  const inRange =
    [
      ...(filter.priceMin === null ? [] : ['pr.amount >= :priceMin']),
      ...(filter.priceMax === null ? [] : ['pr.amount <= :priceMax']),
    ].join(' and ') || 'true';
  const inStock = 's.on_hand > s.reserved';
  const fits = filter.inStock ? `${inRange} and ${inStock}` : inRange;
  // The least pair of price and former price is the cheapest variant; 0 stands for "never dearer".
  const cheapest = `min(array[pr.amount, coalesce(pr.compare_at, 0)]) filter (where ${fits})`;
  const offer = `select v.product_id, (${cheapest})[1] as amount, nullif((${cheapest})[2], 0) as compare_at,
             max(pr.amount) filter (where ${fits}) as dearest, min(pr.amount) as lowest, max(pr.amount) as highest,
             coalesce(sum(s.on_hand - s.reserved), 0)::int as available,
             coalesce(bool_or(${fits}), false) as fits, coalesce(bool_or(${inRange} and ${inStock}), false) as fits_in_stock
        from variants v
        left join prices pr on pr.variant_id = v.id and pr.currency = :currency
        left join stock s on s.variant_id = v.id
       where v.active`;
  const from = `products p
    left join brands b on b.id = p.brand_id
    left join categories c on c.id = p.category_id
    ${filter.words.length > 0 ? NAMES : ''}
    ${
      offers === 'in one pass'
        ? `join (${offer} group by v.product_id) offer on offer.product_id = p.id`
        : `cross join lateral (${offer} and v.product_id = p.id group by v.product_id) offer`
    }`;
  const where = [
    `p.state = 'active'`,
    ...(filter.words.length > 0 ? [`(names.text || ' ' || coalesce(b.name, '')) ilike all (:patterns)`] : []),
    ...(filter.without === undefined ? [] : ['p.id <> :without']),
  ].join(' and ');
  return {
    from,
    where,
    bindings: {
      apostrophes: APOSTROPHES,
      folded: 'ʻ'.repeat(APOSTROPHES.length),
      patterns: filter.words.map(word => `%${literally(word)}%`),
      categories: [...filter.categories],
      brands: [...filter.brands],
      priceMin: filter.priceMin,
      priceMax: filter.priceMax,
      without: filter.without ?? null,
    },
  };
}

/** The conditions that facets count without: each facet leaves out its own. */
export const inCategory = (filter: CardFilter): string =>
  filter.categories.length > 0 ? 'c.code = any(:categories)' : 'true';
export const ofBrand = (filter: CardFilter): string =>
  filter.brands.length > 0 ? 'b.code = any(:brands)' : 'true';
