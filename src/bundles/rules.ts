import { multiply, subtract, sum, zero, type Currency, type Money } from '../lib/money.js';

export interface Offer {
  /** What one set costs; null when it is not sold in this currency. */
  price: Money | null;
  /** What its parts cost one by one; null when one of them is not sold in this currency. */
  partsTotal: Money | null;
  /** Parts less price of one set, never below zero. */
  saving: Money;
}

/**
 * What a set costs. It is sold in a currency when it has a price there and each of its parts has one. Should the parts
 * have become cheaper than the set, the set costs what they do: a set never costs more than its parts.
 */
export function offerOf(
  currency: Currency,
  setPrice: Money | null,
  parts: readonly { quantity: number; price: Money | null }[],
): Offer {
  const priced = parts.flatMap(({ quantity, price }) => (price ? [multiply(price, quantity)] : []));
  if (parts.length === 0 || priced.length < parts.length)
    return { price: null, partsTotal: null, saving: zero(currency) };
  const partsTotal = sum(priced, currency);
  if (!setPrice) return { price: null, partsTotal, saving: zero(currency) };
  const price = setPrice.amount < partsTotal.amount ? setPrice : partsTotal;
  return { price, partsTotal, saving: subtract(partsTotal, price) };
}

/** How many whole sets `available` pieces of each variant make. */
export function setsAvailable(
  parts: readonly { variantId: number; quantity: number }[],
  available: ReadonlyMap<number, number>,
): number {
  if (parts.length === 0) return 0;
  return Math.max(
    0,
    Math.min(
      ...parts.map(({ variantId, quantity }) => Math.floor((available.get(variantId) ?? 0) / quantity)),
    ),
  );
}
