import { z } from 'zod';
import type { Address } from '../lib/address.js';
import { UZ_REGIONS } from '../lib/countries.js';
import { foldDigits } from '../lib/destination.js';
import { readPhone } from '../lib/phone.js';
import { fieldErrors, typedFields, type FieldError, type Read } from '../web/index.js';
import { addressFields, isOptional, type AddressField } from './rules.js';

export const ADDRESS_FIELDS = [
  'name',
  'phone',
  'country',
  'form_country',
  'postal_code',
  'region',
  'city',
  'address1',
  'address2',
] as const;
export type TypedAddress = Record<(typeof ADDRESS_FIELDS)[number], string>;

/** Every field of an address as it was typed. */
export const typedAddress = (body: unknown): TypedAddress => typedFields(body, ADDRESS_FIELDS);

/** One line of text: no control characters (they would break letters and labels), blanks folded. */
export const line = (max: number) =>
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
export const required = (max: number, key: string) => line(max).pipe(z.string().min(1, key));

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

/** What an address of this country needs, field by field. */
export function addressShape(country: string) {
  const { visible } = addressFields(country);
  const text = (field: AddressField, max: number) =>
    visible.includes(field) && !isOptional(field, country)
      ? required(max, `checkout.error.${field}.missing`)
      : line(max);
  return {
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
  };
}

/** Reads an address by itself, for `country`. */
export function readAddress(typed: TypedAddress, { country }: { country: string }): Read<Address> {
  const parsed = z.object(addressShape(country)).safeParse(typed);
  if (!parsed.success) return { ok: false, errors: inFieldOrder(fieldErrors(parsed.error)) };
  const { postal_code: code, ...rest } = parsed.data;
  return { ok: true, value: { ...rest, postalCode: code, country } };
}

const ON_PAGE = [
  'email',
  'address',
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

/** Errors as the page lists its fields. */
export function inFieldOrder(errors: FieldError[]): FieldError[] {
  const place = (field: string) => [...ON_PAGE, ...LAST].indexOf(field);
  return errors.toSorted((a, b) => place(a.field) - place(b.field));
}
