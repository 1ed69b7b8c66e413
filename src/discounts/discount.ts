import type { Localized } from '../lib/locale.js';
import type { Currency } from '../lib/money.js';

export type DiscountKind =
  | 'percent' // a part of the goods in its scope
  | 'amount' // a sum, another one in each currency
  | 'free_delivery' // what delivery costs, or so much of it
  | 'buy_get'; // of so many pieces, the cheapest cost less or nothing

/** Smallest units by currency. */
export type Amounts = Partial<Record<Currency, number>>;

/** A rule by which something costs less: with a code that is typed, or without one, by itself. */
export interface Discount {
  id: number;
  /** As staff wrote it; null: an automatic discount. */
  code: string | null;
  name: Localized;
  kind: DiscountKind;
  /** Basis points taken off: of the goods ('percent') or of the cheapest pieces ('buy_get'; 10000 makes them free). */
  rateBp: number;
  /** What an 'amount' takes off, and a 'free_delivery' at most (all, where none is given). Other currencies are excluded. */
  amounts: Amounts;
  /** 'buy_get': for so many pieces paid in full … */
  buy: number;
  /** … so many more cost less. */
  get: number;
  /** Goods in the scope must be worth so much, before discounts. Once there is one, other currencies are excluded. */
  minimums: Amounts;
  /** What it is for: any of these products or categories; both empty: everything. */
  productIds: readonly number[];
  categoryIds: readonly number[];
  startsAt: Date | null;
  endsAt: Date | null;
  firstOrderOnly: boolean;
  limitPerCustomer: number | null;
  limitTotal: number | null;
  /** Does not share goods with any other discount: see `consider.ts`. */
  exclusive: boolean;
  /** The declared order: smaller comes first. */
  position: number;
  disabledAt: Date | null;
}

/** A discount to be considered, with what is known of its use by others than the cart in question. */
export interface Candidate extends Discount {
  /** Names of the products and categories of its scope, for telling the shopper. */
  scope: readonly Localized[];
  used: number;
  /** By the customer who is asking; 0 while nobody has said who they are. */
  usedByCustomer: number;
}

/** Who buys, as far as discounts care; null while no e-mail has been given. */
export interface Customer {
  hasOrdered: boolean;
}

/** How often one customer may use it; a first order comes once. */
export function perCustomer({
  firstOrderOnly,
  limitPerCustomer,
}: Pick<Discount, 'firstOrderOnly' | 'limitPerCustomer'>): number | null {
  return firstOrderOnly ? 1 : limitPerCustomer;
}

/** Automatic ones first, then codes; among each, the declared order. */
export function inDeclaredOrder<D extends Pick<Discount, 'id' | 'code' | 'position'>>(
  discounts: readonly D[],
): D[] {
  const rank = ({ code }: D) => (code === null ? 0 : 1);
  return discounts.toSorted((a, b) => rank(a) - rank(b) || a.position - b.position || a.id - b.id);
}
