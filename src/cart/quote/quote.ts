import {
  considerDelivery,
  considerGoods,
  type Candidate,
  type Considered,
  type Customer,
} from '../../discounts/index.js';
import { add, multiply, subtract, sum, type Currency, type Money } from '../../lib/money.js';
import type { CostParts } from '../../shipping/index.js';
import { STANDARD, taxationOf, taxOf, type Tax, type Taxation, type TaxRules } from '../../tax/index.js';
import { inFixedOrder, type QuoteLine } from './line.js';
import { setSavings, type SetSaving } from './sets.js';

/** What besides its lines and delivery decides what a cart costs; see `findPricing`. */
export interface Pricing {
  /** Every discount that might apply: automatic ones and those whose codes the shopper gave. */
  discounts: readonly Candidate[];
  /** Null while nobody has said who buys: then what depends on it is taken to hold. */
  customer: Customer | null;
  taxes: TaxRules;
}

export interface QuoteInput extends Pricing {
  currency: Currency;
  lines: readonly QuoteLine[];
  /** Cost of delivering goods of this worth; see the shipping room. */
  delivery: (goods: Money) => Money;
  /** What that cost is made of; they add up to it. Null where nothing is said. */
  parts?: (goods: Money) => CostParts | null;
  /** The most of that cost which free delivery takes off; all of it where nothing is said. */
  waivable?: (goods: Money) => Money;
  now: Date;
}

export interface QuotedLine extends QuoteLine {
  /** What its set and all discounts take off it. */
  discountShare: Money;
  /** unit × quantity − discountShare. */
  total: Money;
  tax: Tax;
}

/** A worked-out price: what the cart shows, what checkout compares, what the order keeps. */
export interface Quote {
  currency: Currency;
  /** In the order they were given. */
  lines: QuotedLine[];
  linesTotal: Money;
  discountTotal: Money;
  /** Delivery as it is paid, after free-delivery discounts. */
  shippingTotal: Money;
  shippingTax: Tax;
  /** Tax on top of prices and delivery. */
  taxTotal: Money;
  /** Tax that prices and delivery hold; not a part of any sum. */
  taxContained: Money;
  total: Money;
  taxation: Taxation;
  /** How it came about: what "explain this price" prints and an order keeps. */
  sets: SetSaving[];
  discounts: Considered[];
  /** Delivery before free-delivery discounts. */
  shippingBase: Money;
  /** What that is made of; null where nobody said. */
  shippingParts: CostParts | null;
}

/**
 * The only adder of the store. The order of its steps is fixed:
 * (1) each line is unit price × quantity;
 * (2) what sets save is shared over their lines;
 * (3) discounts, automatic ones and then codes, in the declared order, shared over the lines that are in no set;
 * (4) delivery from the goods after discounts, then free-delivery discounts;
 * (5) tax of each line and of delivery, rounded once each, contained or added by the destination's rules;
 * (6) total = lines − discounts + delivery + added tax.
 * Whole steps of the currency only; the order of adding does not matter. Never below zero.
 */
export function quote(input: QuoteInput): Quote {
  const { currency, discounts, customer, taxes, now } = input;
  const order = inFixedOrder(input.lines);
  const lines = order.map(({ line }) => line);

  const costs = lines.map(({ unit, quantity }) => multiply(unit, quantity));
  const bySet = setSavings(currency, lines);
  const goods = lines.map((line, index) => ({
    ...line,
    worth: subtract(costs[index]!, bySet.shares[index]!),
    inSet: line.bundle !== null,
  }));
  const situation = { currency, goods, customer, now };
  const byDiscount = considerGoods(discounts, situation);

  const priced = lines.map((line, index): QuotedLine => {
    const discountShare = add(bySet.shares[index]!, byDiscount.shares[index]!);
    const total = subtract(costs[index]!, discountShare);
    return { ...line, discountShare, total, tax: taxOf(taxes, line.taxClass, total) };
  });
  const linesTotal = sum(costs, currency);
  const discountTotal = sum(
    priced.map(line => line.discountShare),
    currency,
  );
  const worth = subtract(linesTotal, discountTotal);

  const shippingBase = input.delivery(worth);
  const waivable = input.waivable?.(worth) ?? shippingBase;
  const most = waivable.amount > shippingBase.amount ? shippingBase : waivable;
  const free = considerDelivery(discounts, situation, most);
  const shippingTotal = subtract(shippingBase, free.off);
  const shippingTax = taxOf(taxes, STANDARD, shippingTotal);

  const all = [...priced.map(({ tax }) => tax), shippingTax];
  const taxWhere = (added: boolean) =>
    sum(
      all.filter(tax => tax.added === added).map(tax => tax.amount),
      currency,
    );
  const taxTotal = taxWhere(true);
  return {
    currency,
    lines: inGivenOrder(priced, order),
    linesTotal,
    discountTotal,
    shippingTotal,
    shippingTax,
    taxTotal,
    taxContained: taxWhere(false),
    total: sum([worth, shippingTotal, taxTotal], currency),
    taxation: taxationOf(taxes),
    sets: bySet.sets,
    discounts: [...byDiscount.considered, ...free.considered],
    shippingBase,
    shippingParts: input.parts?.(worth) ?? null,
  };
}

function inGivenOrder(lines: readonly QuotedLine[], order: readonly { at: number }[]): QuotedLine[] {
  const given: QuotedLine[] = [];
  order.forEach(({ at }, index) => (given[at] = lines[index]!));
  return given;
}
