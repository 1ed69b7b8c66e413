import { equals, type Money } from '../lib/money.js';

/** Why a line cannot be bought as it stands, worst first. */
export type LineProblem =
  | { reason: 'gone' }
  | { reason: 'inactive' }
  | { reason: 'unpriced' }
  | { reason: 'sold-out' }
  | { reason: 'too-few'; available: number }
  /** Enough for this line, but not for all lines of the cart that want the same variant, alone or in sets. */
  | { reason: 'too-few-together'; available: number; wanted: number };

export interface LineFacts {
  quantity: number;
  /** Null when the variant has been deleted. */
  variant: { active: boolean; price: Money | null } | null;
  available: number;
  /** Pieces of the variant that all lines of the cart want together; those of this line unless told. */
  wanted?: number;
}

/** Whether a line that has this problem can be bought in a smaller number, so that its price still counts. */
export const isShort = (problem: LineProblem | null): boolean =>
  problem?.reason === 'too-few' || problem?.reason === 'too-few-together';

export function lineProblem({
  quantity,
  variant,
  available,
  wanted = quantity,
}: LineFacts): LineProblem | null {
  if (!variant) return { reason: 'gone' };
  if (!variant.active) return { reason: 'inactive' };
  if (!variant.price) return { reason: 'unpriced' };
  if (available <= 0) return { reason: 'sold-out' };
  if (available < quantity) return { reason: 'too-few', available };
  if (available < wanted) return { reason: 'too-few-together', available, wanted };
  return null;
}

/** The price the shopper last agreed to, when it is no longer the one asked. */
export function formerPrice(seen: Money | null, price: Money | null): Money | null {
  return seen && price && seen.currency === price.currency && !equals(seen, price) ? seen : null;
}
