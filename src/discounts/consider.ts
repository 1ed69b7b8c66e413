import type { Localized } from '../lib/locale.js';
import { add, money, portion, share, subtract, sum, zero, type Currency, type Money } from '../lib/money.js';
import { inDeclaredOrder, type Candidate, type DiscountKind } from './discount.js';
import { isFor, refusal, type Goods, type Refusal, type Situation } from './refusal.js';

/** What became of a discount. `off` is what it took, in smallest units. */
export type Outcome =
  { applied: true; on: 'goods' | 'delivery'; off: number } | ({ applied: false } & Refusal);

/** One line of "explain this price": plain values, so that an order keeps it as JSON and prints it in any language. */
export interface Considered {
  id: number;
  code: string | null;
  name: Localized;
  kind: DiscountKind;
  outcome: Outcome;
}

const considered = ({ id, code, name, kind }: Candidate, outcome: Outcome): Considered => ({
  id,
  code,
  name,
  kind,
  outcome,
});
const refused = (why: Refusal): Outcome => ({ applied: false, ...why });

/**
 * Takes discounts off goods, one after the other in the declared order; each works on what the ones before have left.
 * An exclusive one applies alone: the first in the order wins, be it the exclusive one or another. Free delivery is not
 * about goods and shares with everything: see `considerDelivery`. Returns what each line gets, in the order of `goods`.
 */
export function considerGoods(
  candidates: readonly Candidate[],
  situation: Situation,
): { shares: Money[]; considered: Considered[] } {
  const { currency, goods } = situation;
  let shares = goods.map(() => zero(currency));
  const done: Considered[] = [];
  let taker: Candidate | null = null;
  for (const discount of inDeclaredOrder(candidates)) {
    if (discount.kind === 'free_delivery') continue;
    const why = refusal(discount, situation);
    const left = goods.map((line, index) => subtract(line.worth, shares[index]!));
    const taken = why ? null : take(discount, { currency, goods, left });
    if (why) done.push(considered(discount, refused(why)));
    else if (taker && (taker.exclusive || discount.exclusive))
      done.push(considered(discount, refused({ reason: 'exclusive', other: taker.name })));
    else if (!taken || 'reason' in taken)
      done.push(considered(discount, refused(taken ?? { reason: 'no_effect' })));
    else {
      taker = discount;
      shares = shares.map((before, index) => add(before, taken.shares[index]!));
      const off = sum(taken.shares, currency).amount;
      done.push(considered(discount, { applied: true, on: 'goods', off }));
    }
  }
  return { shares, considered: done };
}

/** Free delivery: each takes all that is left of the cost, or at most its amount; where nothing is left, it has no effect. */
export function considerDelivery(
  candidates: readonly Candidate[],
  situation: Situation,
  cost: Money,
): { off: Money; considered: Considered[] } {
  let off = zero(situation.currency);
  const done = inDeclaredOrder(candidates)
    .filter(({ kind }) => kind === 'free_delivery')
    .map(discount => {
      const left = subtract(cost, off);
      const why =
        refusal(discount, situation) ?? (left.amount === 0 ? { reason: 'no_effect' as const } : null);
      if (why) return considered(discount, refused(why));
      const taken = Math.min(left.amount, discount.amounts[situation.currency] ?? left.amount);
      off = add(off, money(taken, situation.currency));
      return considered(discount, { applied: true, on: 'delivery', off: taken });
    });
  return { off, considered: done };
}

interface Basis {
  currency: Currency;
  goods: readonly Goods[];
  /** What each line still costs. */
  left: readonly Money[];
}

/** What one discount takes off each line, never more than is left of it. */
function take(discount: Candidate, basis: Basis): { shares: Money[] } | Refusal {
  const { currency, goods, left } = basis;
  const open = goods.map((line, index) => (isFor(discount, line) ? left[index]! : zero(currency)));
  const all = sum(open, currency);
  if (all.amount === 0) return { reason: 'no_effect' };
  if (discount.kind === 'buy_get') return cheapestPieces(discount, basis);
  const wanted =
    discount.kind === 'percent'
      ? portion(all, discount.rateBp, 10_000)
      : money(discount.amounts[currency] ?? 0, currency);
  const total = wanted.amount > all.amount ? all : wanted;
  return total.amount > 0 ? { shares: share(total, open) } : { reason: 'no_effect' };
}

/** Of every `buy + get` pieces in the scope, the `get` cheapest of all cost less. Pieces count across lines. */
function cheapestPieces(
  discount: Candidate,
  { currency, goods, left }: Basis,
): { shares: Money[] } | Refusal {
  const fitting = goods.map((line, index) => ({ line, index })).filter(({ line }) => isFor(discount, line));
  const pieces = fitting.reduce((so, { line }) => so + line.quantity, 0);
  const group = discount.buy + discount.get;
  if (pieces < group) return { reason: 'too_few', missing: group - pieces };
  let toTake = Math.floor(pieces / group) * discount.get;
  const shares = goods.map(() => zero(currency));
  for (const { line, index } of fitting.toSorted((a, b) => a.line.unit.amount - b.line.unit.amount)) {
    const count = Math.min(toTake, line.quantity);
    toTake -= count;
    const off = portion(money(line.unit.amount * count, currency), discount.rateBp, 10_000);
    shares[index] = off.amount > left[index]!.amount ? left[index]! : off;
  }
  return sum(shares, currency).amount > 0 ? { shares } : { reason: 'no_effect' };
}
