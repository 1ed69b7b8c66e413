import type { Localized } from '../lib/locale.js';
import { toDecimal, type Money } from '../lib/money.js';
import type { CardSort } from './queries/cards.js';
import type { Option, Variant } from './queries/product.js';

/** What a shopper asked a list for. The URL holds all of it. */
export interface ListRequest {
  /** As typed, trimmed. */
  q: string;
  categories: readonly string[];
  brands: readonly string[];
  inStock: boolean;
  priceMin: Money | null;
  priceMax: Money | null;
  sort: CardSort;
}

export const SORTS: readonly CardSort[] = ['newest', 'price', '-price', 'name'];

const buyable = (variant: Variant): boolean => variant.available > 0 && variant.price !== null;

/**
 * The variant a product page shows: the one that `wanted` names by SKU or id, else the first that can be bought, else
 * the first that has a price, else the first. Null for a product without variants.
 */
export function chooseVariant(variants: readonly Variant[], wanted: unknown): Variant | null {
  const named =
    typeof wanted === 'string'
      ? variants.find(({ sku, id }) => sku === wanted || String(id) === wanted)
      : undefined;
  return (
    named ?? variants.find(buyable) ?? variants.find(variant => variant.price !== null) ?? variants[0] ?? null
  );
}

export type Standing = 'buyable' | 'sold-out' | 'unpriced';

/** What can be said of a variant before anything else. */
export function standingOf(variant: Variant): Standing {
  if (variant.price === null) return 'unpriced';
  return variant.available > 0 ? 'buyable' : 'sold-out';
}

export interface OptionChoice {
  code: string;
  name: Localized;
  /** `sku` is where the choice leads: the variant with this value that differs least from the present one. */
  values: { code: string; label: Localized; current: boolean; standing: Standing; sku: string }[];
}

/** The choices of a product page as links. Values that no variant has are left out; what cannot be bought stays, marked. */
export function optionChoices(
  options: readonly Option[],
  variants: readonly Variant[],
  chosen: Variant,
): OptionChoice[] {
  const likeness = (variant: Variant) =>
    options.filter(({ code }) => variant.values[code] === chosen.values[code]).length +
    (buyable(variant) ? 0.5 : 0);
  return options.map(({ code, name, values }) => ({
    code,
    name,
    values: values.flatMap(value => {
      const current = chosen.values[code] === value.code;
      const [first, ...rest] = variants.filter(variant => variant.values[code] === value.code);
      if (!first) return [];
      const target = current
        ? chosen
        : rest.reduce((best, next) => (likeness(next) > likeness(best) ? next : best), first);
      return [{ ...value, current, standing: standingOf(target), sku: target.sku }];
    }),
  }));
}

/** From this many pieces on, the page does not say how many there are. */
const PLENTY = 6;

/** The words for `available` pieces: the state, and a count where it matters. */
export function stockWords(available: number): { state: 'out' | 'low' | 'in'; count: number } {
  if (available <= 0) return { state: 'out', count: 0 };
  return { state: available < PLENTY ? 'low' : 'in', count: available };
}

/** Whole percent by which `price` is below `compareAt`, rounded down so that nothing is promised that is not so. */
export function reduction(price: Money, compareAt: Money | null): number {
  return compareAt ? Math.floor(((compareAt.amount - price.amount) * 100) / compareAt.amount) : 0;
}

/** An amount as the price fields of a filter take it: major units without empty decimals. */
export const priceField = (amount: Money | null): string =>
  amount ? toDecimal(amount).replace(/\.0+$/, '') : '';

/** The query string of a list, `?` included; empty for the plain list. Always in the same order, so that links are stable. */
export function listQuery(request: ListRequest, page = 1): string {
  const query = new URLSearchParams();
  if (request.q) query.set('q', request.q);
  for (const category of request.categories) query.append('category', category);
  for (const brand of request.brands) query.append('brand', brand);
  if (request.priceMin) query.set('price_min', priceField(request.priceMin));
  if (request.priceMax) query.set('price_max', priceField(request.priceMax));
  if (request.inStock) query.set('in_stock', '1');
  if (request.sort !== 'newest') query.set('sort', request.sort);
  if (page > 1) query.set('page', String(page));
  const text = query.toString();
  return text && `?${text}`;
}

export type AppliedFilter =
  | { kind: 'q'; text: string; without: ListRequest }
  | { kind: 'category' | 'brand'; code: string; without: ListRequest }
  | { kind: 'in_stock'; without: ListRequest }
  | { kind: 'price_min' | 'price_max'; amount: Money; without: ListRequest };

/** Every filter that is on, each with the request that is left without it. */
export function appliedFilters(request: ListRequest): AppliedFilter[] {
  const { q, categories, brands, inStock, priceMin, priceMax } = request;
  const but = (codes: readonly string[], code: string) => codes.filter(each => each !== code);
  return [
    ...(q ? [{ kind: 'q' as const, text: q, without: { ...request, q: '' } }] : []),
    ...categories.map(code => ({
      kind: 'category' as const,
      code,
      without: { ...request, categories: but(categories, code) },
    })),
    ...brands.map(code => ({
      kind: 'brand' as const,
      code,
      without: { ...request, brands: but(brands, code) },
    })),
    ...(priceMin
      ? [{ kind: 'price_min' as const, amount: priceMin, without: { ...request, priceMin: null } }]
      : []),
    ...(priceMax
      ? [{ kind: 'price_max' as const, amount: priceMax, without: { ...request, priceMax: null } }]
      : []),
    ...(inStock ? [{ kind: 'in_stock' as const, without: { ...request, inStock: false } }] : []),
  ];
}

/** The first `size` of each list that no list before it shows. */
export function withoutRepeats<T extends { productId: number }>(
  lists: readonly (readonly T[])[],
  size: number,
): T[][] {
  const shown = new Set<number>();
  return lists.map(list => {
    const kept = list.filter(({ productId }) => !shown.has(productId)).slice(0, size);
    for (const { productId } of kept) shown.add(productId);
    return kept;
  });
}

/** A path to come back to after the currency changed: a price range in the old currency would mean nothing. */
export function withoutPriceRange(path: string): string {
  const [pathname = '', query] = path.split('?', 2);
  if (!query) return path;
  const left = new URLSearchParams(query);
  for (const name of ['price_min', 'price_max', 'page']) left.delete(name);
  return left.size > 0 ? `${pathname}?${left.toString()}` : pathname;
}
