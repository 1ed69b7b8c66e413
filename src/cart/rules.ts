import { equals, type Money } from '../lib/money.js';

/** Why a line cannot be bought as it stands, worst first. */
export type LineProblem =
  | { reason: 'gone' }
  | { reason: 'inactive' }
  | { reason: 'unpriced' }
  | { reason: 'sold-out' }
  | { reason: 'too-few'; available: number };

export interface LineFacts {
  quantity: number;
  /** Null when the variant has been deleted. */
  variant: { active: boolean; price: Money | null } | null;
  available: number;
}

export function lineProblem({ quantity, variant, available }: LineFacts): LineProblem | null {
  if (!variant) return { reason: 'gone' };
  if (!variant.active) return { reason: 'inactive' };
  if (!variant.price) return { reason: 'unpriced' };
  if (available <= 0) return { reason: 'sold-out' };
  if (available < quantity) return { reason: 'too-few', available };
  return null;
}

/** The price the shopper last agreed to, when it is no longer the one asked. */
export function formerPrice(seen: Money | null, price: Money | null): Money | null {
  return seen && price && seen.currency === price.currency && !equals(seen, price) ? seen : null;
}
