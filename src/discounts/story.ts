import type { Locale } from '../lib/locale.js';
import { money, subtract, sum, type Currency, type Money } from '../lib/money.js';
import type { Considered } from './consider.js';
import { discountViews, type DiscountView } from './views.js';

/** A line as its price came about; amounts in smallest units. */
interface StoryLine {
  name: string;
  quantity: number;
  unit: number;
  taxRate: number;
  tax: number;
}

/** What a cart's quote and an order's own figures both know. */
export interface StoryFacts {
  currency: Currency;
  locale: Locale;
  lines: readonly StoryLine[];
  sets: readonly { name: string; saving: number }[];
  discounts: readonly Considered[];
  discountTotal: number;
  shippingBase: number;
  /** What that is made of, adding up to it: the rate unless goods from `freeFrom` on made it free, and surcharges. */
  shippingParts?: {
    rate: number;
    freeFrom: number | null;
    heavyPieces: number;
    heavy: number;
    surcharge: number;
  } | null;
  shippingTax: number;
  total: number;
  /** Whether the taxes are on top of the prices or part of them. */
  taxAdded: boolean;
}

/** "Explain this price": every figure in the order it is worked out in, so that whoever adds them up gets the total. */
export interface PriceStory {
  lines: { name: string; quantity: number; unit: Money; base: Money }[];
  sets: { name: string; saving: Money }[];
  /** Taken off the goods; taken off delivery; considered and refused. */
  onGoods: DiscountView[];
  onDelivery: DiscountView[];
  refused: DiscountView[];
  /** What is left of the goods. */
  goods: Money;
  delivery: {
    rate: Money;
    /** The whole rate is taken off, for goods from this worth on. */
    freeFrom: Money | null;
    heavy: { pieces: number; amount: Money } | null;
    surcharge: Money | null;
  };
  /** By rate, goods only ("10%"); empty where nothing is taxed. */
  taxes: { rate: string; amount: Money }[];
  deliveryTax: Money;
  taxAdded: boolean;
  total: Money;
}

export function priceStory(facts: StoryFacts): PriceStory {
  const { currency, locale, lines } = facts;
  const amount = (units: number) => money(units, currency);
  const bases = lines.map(({ name, quantity, unit }) => ({
    name,
    quantity,
    unit: amount(unit),
    base: amount(unit * quantity),
  }));
  const all = sum(
    bases.map(({ base }) => base),
    currency,
  );
  const views = discountViews(facts.discounts, { currency, locale });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
  const rates = [...new Set(lines.flatMap(({ taxRate }) => (taxRate > 0 ? [taxRate] : [])))];
  return {
    lines: bases,
    sets: facts.sets.flatMap(({ name, saving }) => (saving > 0 ? [{ name, saving: amount(saving) }] : [])),
    onGoods: views.filter(({ on }) => on === 'goods'),
    onDelivery: views.filter(({ on }) => on === 'delivery'),
    refused: views.filter(({ why }) => why !== null),
    goods: subtract(all, amount(facts.discountTotal)),
    delivery: deliveryStory(facts),
    taxes: rates
      .toSorted((a, b) => b - a)
      .map(rate => ({
        rate: percent.format(rate / 10_000),
        amount: sum(
          lines.filter(({ taxRate }) => taxRate === rate).map(({ tax }) => amount(tax)),
          currency,
        ),
      })),
    deliveryTax: amount(facts.shippingTax),
    taxAdded: facts.taxAdded,
    total: amount(facts.total),
  };
}

function deliveryStory({ shippingBase, shippingParts: parts, currency }: StoryFacts): PriceStory['delivery'] {
  const amount = (units: number) => money(units, currency);
  if (!parts) return { rate: amount(shippingBase), freeFrom: null, heavy: null, surcharge: null };
  return {
    rate: amount(parts.rate),
    freeFrom: parts.freeFrom !== null && parts.rate > 0 ? amount(parts.freeFrom) : null,
    heavy: parts.heavy > 0 ? { pieces: parts.heavyPieces, amount: amount(parts.heavy) } : null,
    surcharge: parts.surcharge > 0 ? amount(parts.surcharge) : null,
  };
}
