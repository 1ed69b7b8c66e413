import type { Money } from '../lib/money.js';
import type { DeliveryOffer, DeliveryOption, Pieces } from '../shipping/index.js';
import type { CartLine } from './queries.js';
import { isShort } from './rules.js';
import type { Quote } from './quote/quote.js';

/** Lines that count: a price is known, and at most their quantity is wrong. A set counts whole or not at all. */
export function counted(lines: readonly CartLine[]): CartLine[] {
  const counts = ({ variant, problem }: CartLine) => variant?.price && (problem === null || isShort(problem));
  const broken = new Set(lines.flatMap(line => (line.set && !counts(line) ? [line.set.id] : [])));
  return lines.filter(line => counts(line) && !(line.set && broken.has(line.set.id)));
}

/** What the carrier is handed of these lines. */
export const piecesOf = (lines: readonly CartLine[]): Pieces[] =>
  counted(lines).map(({ variant, quantity }) => ({ grams: variant?.weightGrams ?? 0, quantity }));

export interface ChosenDelivery {
  /** Null where nothing is offered; the quote is then without delivery. */
  option: DeliveryOption | null;
  quote: Quote;
  /** What each option would cost in this cart, by its code. */
  costs: ReadonlyMap<string, Money>;
}

/**
 * The delivery a cart is priced with: the one that was asked for where it is offered, else the cheapest (of equal ones
 * the first), for nothing that costs more is chosen beforehand.
 * @param price prices the cart with an option.
 */
export function chooseDelivery(
  offer: DeliveryOffer,
  { wanted, price }: { wanted: string | null; price: (option: DeliveryOption | null) => Quote },
): ChosenDelivery {
  const priced = (offer.ok ? offer.options : []).map(option => ({ option, quote: price(option) }));
  const costs = new Map(priced.map(({ option, quote }) => [option.code, quote.shippingTotal]));
  const cheapest = priced.toSorted((a, b) => a.quote.shippingTotal.amount - b.quote.shippingTotal.amount)[0];
  const chosen = priced.find(({ option }) => option.code === wanted) ?? cheapest;
  return { option: chosen?.option ?? null, quote: chosen?.quote ?? price(null), costs };
}
