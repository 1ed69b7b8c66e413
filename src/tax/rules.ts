import { portion, type Money } from '../lib/money.js';

/** What one destination takes. Rates are basis points by tax class; a class without a rate bears the standard one. */
export interface TaxRules {
  /** True where prices hold the tax already (Korea, Uzbekistan); false where it is added on top. */
  contained: boolean;
  rates: Readonly<Record<string, number>>;
}

/** The class that a country must name before it takes anything, and the one that delivery bears. */
export const STANDARD = 'standard';

/** Where goods leave the country untaxed: what is due there is the buyer's. */
export const UNTAXED: TaxRules = { contained: true, rates: {} };

/** How a destination is taxed, for the words beside a total. */
export type Taxation = 'contained' | 'added' | 'untaxed';

export function taxationOf(rules: TaxRules): Taxation {
  if (rateOf(rules, STANDARD) === 0) return 'untaxed';
  return rules.contained ? 'contained' : 'added';
}

export interface Tax {
  rateBp: number;
  amount: Money;
  /** True: on top of the amount it was worked out from. False: a part of it. */
  added: boolean;
}

/** The rate of a class in basis points. */
export function rateOf({ rates }: TaxRules, taxClass: string): number {
  return rates[taxClass] ?? rates[STANDARD] ?? 0;
}

/**
 * The tax of one amount (a line after its discounts, or delivery): rounded once, half up, to the currency's step.
 * Contained: amount × rate / (1 + rate), which leaves the amount as it is. Added: amount × rate.
 */
export function taxOf(rules: TaxRules, taxClass: string, amount: Money): Tax {
  const rateBp = rateOf(rules, taxClass);
  const tax = portion(amount, rateBp, rules.contained ? 10_000 + rateBp : 10_000);
  return { rateBp, amount: tax, added: !rules.contained && rateBp > 0 };
}
