import type { SavedAddress } from '../../accounts/index.js';
import {
  addressFieldViews,
  contactFields,
  typedAddress,
  type FieldView,
  type TypedAddress,
} from '../../checkout/index.js';
import { addressLines } from '../../lib/address.js';
import { countryName, sortedCountries } from '../../lib/countries.js';
import type { Locale } from '../../lib/locale.js';
import { printPhone } from '../../lib/phone.js';
import type { Translate } from '../../platform/i18n.js';
import { errorTexts, type FieldError } from '../../web/index.js';

/** A saved address in the list. */
export interface AddressView {
  id: number;
  name: string;
  lines: string[];
  phone: string;
  isDefault: boolean;
}

export const addressViews = (addresses: readonly SavedAddress[], locale: Locale): AddressView[] =>
  addresses.map(address => ({
    id: address.id,
    name: address.name,
    lines: addressLines(address, locale),
    phone: printPhone(address.phone, address.country),
    isDefault: address.isDefault,
  }));

/** A saved address as if it had just been typed. */
export const asTyped = (address: SavedAddress): TypedAddress => ({
  ...typedAddress(address),
  phone: printPhone(address.phone, address.country),
  postal_code: address.postalCode,
});

/** The form of one address, with the fields of its country. */
export interface AddressFormView {
  /** Where it is sent, below the locale. */
  action: string;
  isNew: boolean;
  fields: FieldView[];
  country: string;
  countryName: string;
  countries: { code: string; name: string }[];
  /** Whether it is to be the default, or is; then there is nothing to tick. */
  asDefault: boolean;
  isDefault: boolean;
  errors: { field: string; text: string }[];
  errorOf: Record<string, string>;
}

export function addressFormView(facts: {
  t: Translate;
  locale: Locale;
  /** Null for a new one. */
  address: SavedAddress | null;
  typed: TypedAddress;
  country: string;
  /** Where the store delivers to. */
  countries: readonly { code: string; name: string }[];
  asDefault: boolean;
  errors: readonly FieldError[];
}): AddressFormView {
  const { t, locale, address, typed, country } = facts;
  const errors = errorTexts(t, facts.errors);
  const errorOf = Object.fromEntries(errors.map(({ field, text }) => [field, text]));
  const { visible, more } = addressFieldViews({ t, typed, errorOf, country });
  const known = facts.countries.map(({ code }) => code);
  return {
    action: address ? `/account/addresses/${address.id}` : '/account/addresses',
    isNew: address === null,
    fields: [...contactFields({ t, typed, errorOf }, ['name', 'phone']), ...visible, ...more],
    country,
    countryName: countryName(country, locale),
    countries: sortedCountries(known.includes(country) ? known : [...known, country], locale),
    asDefault: facts.asDefault,
    isDefault: address?.isDefault ?? false,
    errors,
    errorOf,
  };
}
