import { z } from 'zod';
import { UZ_REGIONS } from '../lib/countries.js';
import { foldDigits } from '../lib/destination.js';
import { isCurrency, type Money } from '../lib/money.js';
import { readPhone } from '../lib/phone.js';
import { wayOf, type PayChoice } from '../payments/index.js';
import { fieldErrors, typedFields, type FieldError } from '../web/index.js';
import { addressFields, isOptional, type AddressField, type CheckoutForm } from './rules.js';

const FIELDS = [
  'email',
  'name',
  'phone',
  'country',
  'form_country',
  'postal_code',
  'region',
  'city',
  'address1',
  'address2',
  'note',
  'shipping_method',
  'payment_method',
  'terms',
  'expected_total',
  'expected_currency',
] as const;
export type Typed = Record<(typeof FIELDS)[number], string>;

/** Every field as it was typed, to be shown again. */
export const typedCheckout = (body: unknown): Typed => typedFields(body, FIELDS) as Typed;

/** One line of text: no control characters (they would break letters and labels), blanks folded. */
const line = (max: number) =>
  z
    .string()
    .transform(text =>
      text
        .normalize('NFC')
        .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
        .replace(/ {2,}/g, ' ')
        .trim(),
    )
    .pipe(z.string().max(max, 'checkout.error.long'));
const required = (max: number, key: string) => line(max).pipe(z.string().min(1, key));

/** A mailbox as people have them; the letter proves the rest. Linear, and the same one address for every parser. */
const email = line(254).pipe(
  z
    .string()
    .min(1, 'checkout.error.email.missing')
    .regex(/^[^\s@<>()[\]\\,;:"]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u, 'checkout.error.email.shape'),
);

function phone(country: string) {
  return line(40).transform((text, context) => {
    if (text === '') {
      context.addIssue({ code: 'custom', message: 'checkout.error.phone.missing' });
      return z.NEVER;
    }
    const number = readPhone(text, country);
    if (number === null) {
      context.addIssue({ code: 'custom', message: 'checkout.error.phone.shape' });
      return z.NEVER;
    }
    return number;
  });
}

function postalCode(country: string) {
  const shape: Record<string, RegExp> = { KR: /^\d{5}$/, UZ: /^\d{6}$/, US: /^\d{5}(\d{4})?$/ };
  const rule = shape[country];
  const kept = line(16).transform(text => (rule ? foldDigits(text) : text));
  const needed = isOptional('postal_code', country)
    ? kept
    : kept.pipe(z.string().min(1, 'checkout.error.postal_code.missing'));
  if (!rule) return needed;
  return needed.pipe(
    z
      .string()
      .refine(text => text === '' || rule.test(text), `checkout.error.postal_code.${country.toLowerCase()}`),
  );
}

function schema(country: string) {
  const { visible } = addressFields(country);
  const text = (field: AddressField, max: number) =>
    visible.includes(field) && !isOptional(field, country)
      ? required(max, `checkout.error.${field}.missing`)
      : line(max);
  return z.object({
    email,
    name: required(100, 'checkout.error.name.missing'),
    phone: phone(country),
    postal_code: postalCode(country),
    region:
      country === 'UZ'
        ? z.enum(
            UZ_REGIONS.map(region => region.code) as [string, ...string[]],
            'checkout.error.region.missing',
          )
        : text('region', 100),
    city: text('city', 100),
    address1: text('address1', 200),
    address2: text('address2', 200),
    note: line(500),
    shipping_method: line(31),
    terms: z.literal('yes', 'checkout.error.terms'),
  });
}

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

const ON_PAGE = [
  'email',
  'name',
  'phone',
  'country',
  'postal_code',
  'region',
  'city',
  'address1',
  'address2',
  'note',
  'shipping_method',
];
const LAST = ['payment_method', 'summary', 'terms'];

/** The summary on top lists errors as the page lists fields. */
function inFieldOrder(errors: FieldError[]): FieldError[] {
  const place = (field: string) => [...ON_PAGE, ...LAST].indexOf(field);
  return errors.toSorted((a, b) => place(a.field) - place(b.field));
}
