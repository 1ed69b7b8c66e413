import type { Address } from '../lib/address.js';
import { createHash } from 'node:crypto';
import type { Quote } from '../cart/index.js';
import type { Locale } from '../lib/locale.js';
import type { Explanation } from '../orders/index.js';
import type { PayMethod, Provider } from '../payments/index.js';
import { plainParts } from '../shipping/index.js';

/** How an address is asked for. Korea: postcode and road address; Uzbekistan: its regions as a list. */
export type AddressKind = 'kr' | 'uz' | 'region' | 'plain';

/** Countries whose post does not work without a state or province. */
const WITH_REGION = new Set(['US', 'CA', 'AU']);
/** Countries of our list without (known) postcodes. */
const WITHOUT_POSTCODE = new Set(['AE', 'HK']);

export function addressKind(country: string): AddressKind {
  if (country === 'KR') return 'kr';
  if (country === 'UZ') return 'uz';
  return WITH_REGION.has(country) ? 'region' : 'plain';
}

export type AddressField = 'postal_code' | 'region' | 'city' | 'address1' | 'address2';

/** The visible fields of an address in writing order, and those behind "more details". */
export function addressFields(country: string): { visible: AddressField[]; more: AddressField[] } {
  switch (addressKind(country)) {
    case 'kr':
      return { visible: ['postal_code', 'address1', 'address2'], more: [] };
    case 'uz':
      return { visible: ['region', 'city', 'address1'], more: ['address2', 'postal_code'] };
    case 'region':
      return { visible: ['address1', 'city', 'region', 'postal_code'], more: ['address2'] };
    case 'plain':
      return WITHOUT_POSTCODE.has(country)
        ? { visible: ['address1', 'city'], more: ['address2', 'region', 'postal_code'] }
        : { visible: ['address1', 'postal_code', 'city'], more: ['address2', 'region'] };
  }
}

/** Fields that may stay empty; the note always may. */
export function isOptional(field: AddressField, country: string): boolean {
  if (field === 'address2') return true;
  return addressFields(country).more.includes(field);
}

/** A filled-in checkout form, checked. */
export interface CheckoutForm extends Address {
  email: string;
  note: string;
  /** Code of the delivery; empty takes what the cart has chosen. */
  shippingMethod: string;
  provider: Provider;
  method: PayMethod;
}

/** What an order keeps of how its price came about. */
export function explanationOf(quote: Quote): Explanation {
  const { sets, discounts, shippingBase, shippingParts, taxation } = quote;
  return {
    sets: sets.map(({ id, name, saving }) => ({ id, name, saving: saving.amount })),
    discounts,
    shippingBase: shippingBase.amount,
    shippingParts: shippingParts && plainParts(shippingParts),
    taxation,
  };
}

/** The discounts that a price counts on: each of them has to be claimed. */
export const appliedIds = ({ discounts }: Quote): number[] =>
  discounts.flatMap(({ id, outcome }) => (outcome.applied ? [id] : []));

/** A code of the shopper's that does not apply: the likely reason why a total is not the one they saw. */
export function lostCode({ discounts }: Quote): number | null {
  return discounts.find(({ code, outcome }) => code !== null && !outcome.applied)?.id ?? null;
}

/**
 * One digest of all that a buyer agrees to by pressing Pay: the same form sent twice is the same order. Discounts that
 * did not apply are left out: why they did not changes with the clock, and nothing is agreed to about them.
 */
export function fingerprint(facts: {
  form: CheckoutForm;
  locale: Locale;
  quote: Quote;
  variantIds: readonly number[];
}): string {
  const { form, locale, variantIds } = facts;
  const quote = { ...facts.quote, discounts: facts.quote.discounts.filter(({ outcome }) => outcome.applied) };
  return createHash('sha256')
    .update(JSON.stringify([form, locale, quote, variantIds]))
    .digest('base64url');
}

/** "Folding treadmill + 2": what the provider's page and receipt call the order. At most 100 characters. */
export function orderName(names: readonly string[]): string {
  const [first = '', ...others] = names;
  const more = others.length > 0 ? ` + ${others.length}` : '';
  return first.slice(0, 100 - more.length) + more;
}
