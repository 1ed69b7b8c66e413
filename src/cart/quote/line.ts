import type { Money } from '../../lib/money.js';

/** What a quote is worked out from: one variant, alone or as a part of a set. */
export interface QuoteLine {
  variantId: number;
  productId: number;
  categoryId: number | null;
  taxClass: string;
  weightGrams: number;
  quantity: number;
  /** The catalogue's price of one piece. */
  unit: Money;
  /**
   * The set it belongs to. `saving` is what all sets of this kind in the cart cost less than their parts (Σ components −
   * price of the sets, never below zero), the same on each of its lines.
   */
  bundle: { id: number; name: string; saving: Money } | null;
}

/** One order of lines, whichever they were added in: shares of a unit that cannot be halved fall alike. */
export function inFixedOrder<Line extends QuoteLine>(lines: readonly Line[]): { line: Line; at: number }[] {
  return lines
    .map((line, at) => ({ line, at }))
    .toSorted(
      ({ line: a }, { line: b }) =>
        (a.bundle?.id ?? 0) - (b.bundle?.id ?? 0) ||
        a.variantId - b.variantId ||
        a.unit.amount - b.unit.amount ||
        a.quantity - b.quantity,
    );
}
