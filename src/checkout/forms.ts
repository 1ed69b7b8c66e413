import { z } from 'zod';
import { isCurrency, type Money } from '../lib/money.js';
import { wayOf, type PayChoice } from '../payments/index.js';
import { fieldErrors, typedFields, type FieldError } from '../web/index.js';
import { ADDRESS_FIELDS, addressShape, inFieldOrder, line } from './address-form.js';
import type { CheckoutForm } from './rules.js';

const FIELDS = [
  'email',
  ...ADDRESS_FIELDS,
  'address',
  'save',
  'note',
  'shipping_method',
  'payment_method',
  'terms',
  'expected_total',
  'expected_currency',
] as const;
export type Typed = Record<(typeof FIELDS)[number], string>;

/** Every field as it was typed, to be shown again. */
export const typedCheckout = (body: unknown): Typed => typedFields(body, FIELDS);

/** A mailbox as people have them; the letter proves the rest. Linear, and the same one address for every parser. */
const email = line(254).pipe(
  z
    .string()
    .min(1, 'checkout.error.email.missing')
    .regex(/^[^\s@<>()[\]\\,;:"]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u, 'checkout.error.email.shape'),
);

const schema = (country: string) =>
  z.object({
    email,
    ...addressShape(country),
    note: line(500),
    shipping_method: line(31),
    terms: z.literal('yes', 'checkout.error.terms'),
  });

export type CheckoutRead =
  { ok: true; value: CheckoutForm; expected: Money } | { ok: false; errors: FieldError[] };

/**
 * Reads a posted checkout form for `country`. `choices` are the ways this order can be paid; with only one there is
 * nothing to choose. The total the buyer saw comes along and is compared under the cart's lock.
 */
export function readCheckout(
  typed: Typed,
  { country, choices }: { country: string; choices: readonly PayChoice[] },
): CheckoutRead {
  const parsed = schema(country).safeParse(typed);
  const errors = parsed.success ? [] : fieldErrors(parsed.error);
  // With nothing to pay there is nothing to choose: whoever stands here is never asked, for the total is compared again.
  const single = choices.length === 1 || typed.expected_total === '0';
  const choice = single ? choices[0] : choices.find(name => name === typed.payment_method);
  if (!choice) errors.push({ field: 'payment_method', key: 'checkout.error.payment_method' });
  const amount = /^\d{1,15}$/.test(typed.expected_total) ? Number(typed.expected_total) : null;
  if (amount === null || !isCurrency(typed.expected_currency))
    errors.push({ field: 'summary', key: 'checkout.error.total' });
  if (!parsed.success || !choice || amount === null || !isCurrency(typed.expected_currency)) {
    return { ok: false, errors: inFieldOrder(errors) };
  }
  const { postal_code, shipping_method, terms: _agreed, ...rest } = parsed.data;
  return {
    ok: true,
    value: { ...rest, postalCode: postal_code, shippingMethod: shipping_method, country, ...wayOf(choice) },
    expected: { amount, currency: typed.expected_currency },
  };
}
