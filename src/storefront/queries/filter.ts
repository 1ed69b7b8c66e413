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

/** In LIKE, these stand for themselves after a backslash. */
const literal = (text: string): string => text.replace(/[\\%_]/g, character => `\\${character}`);

/** Every apostrophe people type is U+02BB, as in `lib/text` fold. */
const FOLDED_NAMES = `translate(
  (select string_agg(pt.name, ' ') from product_translations pt where pt.product_id = p.id) || ' ' || coalesce(b.name, ''),
  :apostrophes, :folded)`;
const APOSTROPHES = "\u02BC\u2018\u2019'`´";

/**
 * FROM and WHERE of all lists: active products `p`, their brand `b` and category `c`, and one row `offer` of what their
 * active variants cost in :currency. Price and stock are held against the same variant: `fits` is a variant of the
 * wanted price that can be bought if that is wanted; `fits_in_stock` one that can be bought in any case.
 */
export function matching(filter: CardFilter): {
  from: string;
  where: string;
  bindings: Record<string, unknown>;
} {
  const inRange = `(cast(:priceMin as bigint) is null or pr.amount >= :priceMin)
               and (cast(:priceMax as bigint) is null or pr.amount <= :priceMax)`;
  const from = `products p
    left join brands b on b.id = p.brand_id
    left join categories c on c.id = p.category_id
    cross join lateral (
      select min(v.amount) filter (where v.fits) as amount, max(v.amount) filter (where v.fits) as dearest,
             (array_agg(v.compare_at order by v.amount) filter (where v.fits))[1] as compare_at,
             min(v.amount) as lowest, max(v.amount) as highest,
             coalesce(sum(v.available), 0)::int as available,
             coalesce(bool_or(v.fits), false) as fits, coalesce(bool_or(v.in_range and v.available > 0), false) as fits_in_stock
        from (select one.*, one.in_range and (not :inStock or one.available > 0) as fits
                from (select pr.amount, pr.compare_at, ${inRange} as in_range,
                             greatest(coalesce(s.on_hand - s.reserved, 0), 0) as available
                        from variants v
                        left join prices pr on pr.variant_id = v.id and pr.currency = :currency
                        left join stock s on s.variant_id = v.id
                       where v.product_id = p.id and v.active) one) v) offer`;
  const where = [
    `p.state = 'active'`,
    ...(filter.words.length > 0 ? [`${FOLDED_NAMES} ilike all (:patterns)`] : []),
    ...(filter.without === undefined ? [] : ['p.id <> :without']),
  ].join(' and ');
  return {
    from,
    where,
    bindings: {
      apostrophes: APOSTROPHES,
      folded: 'ʻ'.repeat(APOSTROPHES.length),
      patterns: filter.words.map(word => `%${literal(word)}%`),
      categories: [...filter.categories],
      brands: [...filter.brands],
      inStock: filter.inStock,
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
