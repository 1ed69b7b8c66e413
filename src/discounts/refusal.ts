import type { Localized } from '../lib/locale.js';
import { money, subtract, sum, type Currency, type Money } from '../lib/money.js';
import { perCustomer, type Candidate, type Customer } from './discount.js';

/** Why a discount does not apply. Numbers are smallest units or pieces; times are ISO 8601, for the record is kept as JSON. */
export type Refusal =
  | { reason: 'withdrawn' }
  | { reason: 'not_yet'; from: string }
  | { reason: 'ended'; at: string }
  | { reason: 'currency' }
  | { reason: 'used_up' }
  | { reason: 'not_first' }
  | { reason: 'used_by_customer' }
  | { reason: 'sets_only' }
  | { reason: 'out_of_scope'; scope: readonly Localized[] }
  | { reason: 'minimum'; missing: number }
  | { reason: 'exclusive'; other: Localized }
  | { reason: 'too_few'; missing: number }
  | { reason: 'no_effect' };

/** A line as discounts see it. `worth` is what it costs before any of them. */
export interface Goods {
  productId: number;
  categoryId: number | null;
  quantity: number;
  unit: Money;
  worth: Money;
  /** Part of a set: sets have their own price and take no discount. */
  inSet: boolean;
}

export interface Situation {
  currency: Currency;
  goods: readonly Goods[];
  customer: Customer | null;
  now: Date;
}

/** Whether a discount may take something off this line. */
export function isFor(discount: Candidate, line: Goods): boolean {
  if (line.inSet) return false;
  const { productIds, categoryIds } = discount;
  if (productIds.length === 0 && categoryIds.length === 0) return true;
  return (
    productIds.includes(line.productId) || (line.categoryId !== null && categoryIds.includes(line.categoryId))
  );
}

/** Why a discount cannot apply, whatever others do: its time, limits and conditions. The first thing in the way is named. */
export function refusal(discount: Candidate, situation: Situation): Refusal | null {
  return (
    timeRefusal(discount, situation) ?? limitRefusal(discount, situation) ?? goodsRefusal(discount, situation)
  );
}

function timeRefusal({ disabledAt, startsAt, endsAt }: Candidate, { now }: Situation): Refusal | null {
  if (disabledAt) return { reason: 'withdrawn' };
  if (startsAt && now < startsAt) return { reason: 'not_yet', from: startsAt.toISOString() };
  if (endsAt && now >= endsAt) return { reason: 'ended', at: endsAt.toISOString() };
  return null;
}

function limitRefusal(discount: Candidate, { currency, customer }: Situation): Refusal | null {
  const { kind, amounts, minimums, limitTotal, used, usedByCustomer, firstOrderOnly } = discount;
  const sold = (list: typeof amounts) => list[currency] !== undefined;
  const limited = kind === 'amount' || (kind === 'free_delivery' && Object.keys(amounts).length > 0);
  if (limited && !sold(amounts)) return { reason: 'currency' };
  if (Object.keys(minimums).length > 0 && !sold(minimums)) return { reason: 'currency' };
  if (limitTotal !== null && used >= limitTotal) return { reason: 'used_up' };
  if (firstOrderOnly && customer?.hasOrdered) return { reason: 'not_first' };
  const limit = perCustomer(discount);
  if (customer && limit !== null && usedByCustomer >= limit) return { reason: 'used_by_customer' };
  return null;
}

function goodsRefusal(discount: Candidate, { currency, goods }: Situation): Refusal | null {
  const fitting = goods.filter(line => isFor(discount, line));
  if (fitting.length === 0) {
    if (goods.length > 0 && goods.every(line => line.inSet)) return { reason: 'sets_only' };
    return discount.scope.length > 0
      ? { reason: 'out_of_scope', scope: discount.scope }
      : { reason: 'no_effect' };
  }
  const worth = sum(
    fitting.map(line => line.worth),
    currency,
  );
  const missing = subtract(money(discount.minimums[currency] ?? 0, currency), worth).amount;
  return missing > 0 ? { reason: 'minimum', missing } : null;
}
