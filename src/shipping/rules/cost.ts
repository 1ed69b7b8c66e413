import type { Localized } from '../../lib/locale.js';
import { add, money, multiply, zero, type Money } from '../../lib/money.js';

/** Pieces of one weight. */
export interface Pieces {
  grams: number;
  quantity: number;
}

/** What a load up to a weight (null: any) costs, from a worth of the goods on. Amounts in smallest units. */
export interface Bracket {
  upToGrams: number | null;
  fromGoods: number;
  amount: number;
}

export interface Rate {
  brackets: readonly Bracket[];
  /** Goods of this much and more: the bracket's amount falls away. Surcharges stay. Null: never. */
  freeOver: number | null;
  /** Added to every load: islands, far regions. */
  surcharge: number;
  /** Added for each heavy piece. */
  heavySurcharge: number;
}

/** A way to deliver in a zone, with its rate in one currency. */
export interface Method {
  code: string;
  name: Localized;
  minBusinessDays: number;
  maxBusinessDays: number;
  /** Heaviest piece it takes; null: any. */
  maxPieceGrams: number | null;
  /** Offered only when a piece weighs more than this; null: always. */
  onlyOverGrams: number | null;
  /** Pieces that weigh more than this cost the heavy surcharge each; null: none does. */
  heavyOverGrams: number | null;
  rate: Rate;
}

/** What the cost of a delivery consists of: base + heavy + surcharge, exactly. */
export interface CostParts {
  /** The bracket's amount, and what is paid of it: all, or nothing from the free threshold on. */
  rate: Money;
  base: Money;
  /** The threshold that these goods have reached; null: none, so the rate is paid. */
  freeFrom: Money | null;
  heavyPieces: number;
  heavy: Money;
  surcharge: Money;
}

/** The same as an order keeps it: amounts in smallest units. `freeFrom` set: nothing is paid of the rate. */
export interface PlainParts {
  rate: number;
  freeFrom: number | null;
  heavyPieces: number;
  heavy: number;
  surcharge: number;
}

export const plainParts = ({ rate, freeFrom, heavyPieces, heavy, surcharge }: CostParts): PlainParts => ({
  rate: rate.amount,
  freeFrom: freeFrom?.amount ?? null,
  heavyPieces,
  heavy: heavy.amount,
  surcharge: surcharge.amount,
});

const totalGrams = (pieces: readonly Pieces[]): number =>
  pieces.reduce((sum, { grams, quantity }) => sum + grams * quantity, 0);

/** The brackets of the lightest step that a load fits; empty when it is heavier than all of them. */
function stepFor(brackets: readonly Bracket[], grams: number): readonly Bracket[] {
  const limit = ({ upToGrams }: Bracket) => upToGrams ?? Infinity;
  const fitting = brackets.filter(bracket => grams <= limit(bracket));
  const lowest = Math.min(...fitting.map(limit));
  return fitting.filter(bracket => limit(bracket) === lowest);
}

/** Whether a method takes pieces like these. */
export function takes(method: Method, pieces: readonly Pieces[]): boolean {
  const heaviest = Math.max(0, ...pieces.map(({ grams }) => grams));
  return (
    heaviest <= (method.maxPieceGrams ?? Infinity) &&
    (method.onlyOverGrams === null || heaviest > method.onlyOverGrams) &&
    stepFor(method.rate.brackets, totalGrams(pieces)).length > 0
  );
}

/** What delivering `goods` (their worth after discounts) by a method that takes the pieces is made of. */
export function costParts(
  { rate, heavyOverGrams }: Method,
  { pieces, goods }: { pieces: readonly Pieces[]; goods: Money },
): CostParts {
  const none = zero(goods.currency);
  const count = pieces.reduce((sum, { quantity }) => sum + quantity, 0);
  if (count === 0)
    return { rate: none, base: none, freeFrom: null, heavyPieces: 0, heavy: none, surcharge: none };
  const step = stepFor(rate.brackets, totalGrams(pieces)).filter(
    ({ fromGoods }) => fromGoods <= goods.amount,
  );
  const bracket = step.toSorted((a, b) => b.fromGoods - a.fromGoods)[0];
  if (!bracket) throw new Error('a method was asked for a load it does not take');
  const full = money(bracket.amount, goods.currency);
  const { freeOver } = rate;
  const freeFrom = freeOver !== null && goods.amount >= freeOver ? money(freeOver, goods.currency) : null;
  const heavyPieces = pieces.reduce(
    (sum, { grams, quantity }) => sum + (heavyOverGrams !== null && grams > heavyOverGrams ? quantity : 0),
    0,
  );
  return {
    rate: full,
    base: freeFrom ? none : full,
    freeFrom,
    heavyPieces,
    heavy: multiply(money(rate.heavySurcharge, goods.currency), heavyPieces),
    surcharge: money(rate.surcharge, goods.currency),
  };
}

export function deliveryCost(method: Method, load: { pieces: readonly Pieces[]; goods: Money }): Money {
  const { base, heavy, surcharge } = costParts(method, load);
  return add(add(base, heavy), surcharge);
}

/** Brackets are whole when each weight has a price from nothing on and no load gets cheaper by weight or worth. */
export function bracketsRise(brackets: readonly Bracket[]): boolean {
  const limits = [...new Set(brackets.map(({ upToGrams }) => upToGrams ?? Infinity))].toSorted(
    (a, b) => a - b,
  );
  const worths = [...new Set([0, ...brackets.map(({ fromGoods }) => fromGoods)])].toSorted((a, b) => a - b);
  const amountAt = (limit: number, worth: number) =>
    brackets
      .filter(bracket => (bracket.upToGrams ?? Infinity) === limit && bracket.fromGoods <= worth)
      .toSorted((a, b) => b.fromGoods - a.fromGoods)[0]?.amount ?? NaN;
  const rises = (amounts: number[]) => amounts.every((amount, index) => amount >= (amounts[index - 1] ?? 0)); // false for NaN
  return (
    limits.length > 0 &&
    limits.every(limit => rises(worths.map(worth => amountAt(limit, worth)))) &&
    worths.every(worth => rises(limits.map(limit => amountAt(limit, worth))))
  );
}
