import { add, equals, multiply, subtract, sum, zero, type Currency, type Money } from '../lib/money.js';

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

export interface QuotedLine {
  quantity: number;
  unit: Money;
  discountShare: Money;
  total: Money;
}

/** A worked-out price: what the cart shows, what checkout compares, what the order keeps. */
export interface Quote {
  currency: Currency;
  lines: QuotedLine[];
  linesTotal: Money;
  discountTotal: Money;
  shippingTotal: Money;
  taxTotal: Money;
  total: Money;
}

/**
 * The only adder of the store. The order of its steps is fixed: (1) each line is unit price × quantity, (2) discounts
 * are shared over the lines, (3) delivery is worked out from the goods after discounts, (4) tax is contained in prices,
 * (5) total = lines − discounts + delivery + tax. Whole smallest units only; the order of lines does not matter.
 *
 * @param deliveryCost cost of delivering goods of this worth; see `deliveryCost` of the shipping room.
 */
export function quote(
  currency: Currency,
  lines: readonly { quantity: number; unit: Money }[],
  deliveryCost: (goods: Money) => Money,
): Quote {
  const none = zero(currency);
  const quoted = lines.map(({ quantity, unit }) => ({
    quantity,
    unit,
    discountShare: none,
    total: multiply(unit, quantity),
  }));
  const linesTotal = sum(
    quoted.map(line => line.total),
    currency,
  );
  const discountTotal = sum(
    quoted.map(line => line.discountShare),
    currency,
  );
  const goods = subtract(linesTotal, discountTotal);
  const shippingTotal = deliveryCost(goods);
  const taxTotal = none;
  return {
    currency,
    lines: quoted,
    linesTotal,
    discountTotal,
    shippingTotal,
    taxTotal,
    total: add(add(goods, shippingTotal), taxTotal),
  };
}
