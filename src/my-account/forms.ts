import type { Profile } from '../accounts/index.js';
import { isLocale } from '../lib/locale.js';
import { isCurrency } from '../lib/money.js';
import { printPhone, readPhone } from '../lib/phone.js';
import { typedFields, type FieldError, type Read } from '../web/index.js';

/** Not 'currency': that is a field of the frame around every page. */
const FIELDS = ['name', 'phone', 'locale', 'price_currency'] as const;
export type TypedProfile = Record<(typeof FIELDS)[number], string>;
const LONGEST_NAME = 100;

/** Every field as it was typed; what else was sent is not ours. */
export const typedProfile = (body: unknown): TypedProfile => typedFields(body, FIELDS);

/** What the form shows before anything was typed. */
export const shownProfile = ({ name, phone, locale, currency }: Profile, country: string): TypedProfile => ({
  name,
  phone: phone && printPhone(phone, country),
  locale,
  price_currency: currency ?? '',
});

/** `country`: whose numbers are meant that come without a code. */
export function readProfile(
  typed: TypedProfile,
  { country }: { country: string },
): Read<Omit<Profile, 'avatarId'>> {
  const errors: FieldError[] = [];
  const name = typed.name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  if (name === '') errors.push({ field: 'name', key: 'my-account.profile.error.name' });
  if (name.length > LONGEST_NAME)
    errors.push({ field: 'name', key: 'my-account.profile.error.long', values: { count: LONGEST_NAME } });
  const typedPhone = typed.phone.trim();
  const phone = typedPhone === '' ? '' : typedPhone.length > 40 ? null : readPhone(typedPhone, country);
  if (phone === null) errors.push({ field: 'phone', key: 'my-account.profile.error.phone' });
  const { locale, price_currency: currency } = typed;
  if (!isLocale(locale)) errors.push({ field: 'locale', key: 'my-account.profile.error.locale' });
  const isKnown = currency === '' || isCurrency(currency);
  if (!isKnown) errors.push({ field: 'price_currency', key: 'my-account.profile.error.currency' });
  if (errors.length > 0 || phone === null || !isLocale(locale) || !isKnown) return { ok: false, errors };
  return { ok: true, value: { name, phone, locale, currency: isCurrency(currency) ? currency : null } };
}
