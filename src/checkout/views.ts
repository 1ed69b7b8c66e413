import type { CartView } from '../cart/index.js';
import { UZ_REGIONS } from '../lib/countries.js';
import type { DiscountView } from '../discounts/index.js';
import type { PayChoice } from '../payments/index.js';
import type { Translate } from '../platform/i18n.js';
import type { FieldError } from '../web/index.js';
import type { Typed } from './forms.js';
import { addressFields, addressKind, isOptional, type AddressField } from './rules.js';

/** One field as `checkout/_field` prints it. */
export interface FieldView {
  name: string;
  label: string;
  hint: string | null;
  value: string;
  error: string | null;
  autocomplete: string;
  inputmode: string | null;
  type: string;
  optional: boolean;
  wide: boolean;
  options: { value: string; text: string }[] | null;
}

export interface CheckoutView {
  contact: FieldView[];
  address: FieldView[];
  /** Behind "add details": optional address parts and the note. */
  more: FieldView[];
  moreOpen: boolean;
  /** The choice of a delivery is unfolded once the shopper has changed it, or must. */
  methodOpen: boolean;
  country: string;
  countryName: string;
  countries: { code: string; name: string }[];
  choices: PayChoice[];
  /** The one chosen before; '' at first. */
  choice: string;
  terms: boolean;
  errors: { field: string; text: string }[];
  errorOf: Record<string, string>;
  cart: CartView;
}

const CONTACT = {
  email: { autocomplete: 'email', inputmode: 'email', type: 'email', hint: true, wide: true },
  name: { autocomplete: 'name', inputmode: null, type: 'text', hint: false, wide: true },
  phone: { autocomplete: 'tel', inputmode: 'tel', type: 'tel', hint: true, wide: true },
} as const;

const ADDRESS: Record<AddressField, { autocomplete: string; wide: boolean }> = {
  postal_code: { autocomplete: 'shipping postal-code', wide: false },
  region: { autocomplete: 'shipping address-level1', wide: false },
  city: { autocomplete: 'shipping address-level2', wide: false },
  address1: { autocomplete: 'shipping address-line1', wide: true },
  address2: { autocomplete: 'shipping address-line2', wide: true },
};

/** The checkout page: its fields for one country, as typed, with what is wrong beside each. */
export function checkoutView(facts: {
  t: Translate;
  typed: Typed;
  errors: readonly FieldError[];
  country: string;
  choices: PayChoice[];
  cart: CartView;
}): CheckoutView {
  const { t, typed, country, choices, cart } = facts;
  const errors = facts.errors.map(({ field, key, values }) => ({ field, text: t(key, values) }));
  const errorOf = Object.fromEntries(errors.map(({ field, text }) => [field, text]));
  const kind = addressKind(country);
  const sentence = (base: string, name: string) => {
    const own = `checkout.${base}.${name}.${kind}`;
    const found = t(own);
    return found === own ? t(`checkout.${base}.${name}.other`) : found;
  };

  const contact = (['email', 'name', 'phone'] as const).map((name): FieldView => ({
    ...CONTACT[name],
    name,
    label: t(`checkout.label.${name}`),
    hint: CONTACT[name].hint ? t(`checkout.hint.${name}`) : null,
    value: typed[name],
    error: errorOf[name] ?? null,
    optional: false,
    options: null,
  }));
  const address = (name: AddressField): FieldView => ({
    name,
    label: sentence('label', name),
    hint: null,
    value: typed[name],
    error: errorOf[name] ?? null,
    autocomplete: ADDRESS[name].autocomplete,
    inputmode:
      name === 'postal_code' && (kind === 'kr' || kind === 'uz' || country === 'US') ? 'numeric' : null,
    type: 'text',
    optional: isOptional(name, country),
    wide: ADDRESS[name].wide,
    options:
      name === 'region' && kind === 'uz'
        ? UZ_REGIONS.map(({ code, name: text }) => ({ value: code, text }))
        : null,
  });
  const { visible, more } = addressFields(country);
  const note: FieldView = {
    name: 'note',
    label: t('checkout.label.note'),
    hint: null,
    value: typed.note,
    error: errorOf.note ?? null,
    autocomplete: 'off',
    inputmode: null,
    type: 'textarea',
    optional: true,
    wide: true,
    options: null,
  };
  const extra = [...more.map(address), note];
  return {
    contact,
    address: visible.map(address),
    more: extra,
    moreOpen: extra.some(field => field.value !== '' || field.error !== null),
    methodOpen: errorOf.shipping_method !== undefined || typed.shipping_method !== '',
    country,
    countryName: cart.countryName,
    countries: cart.countries,
    choices,
    choice: typed.payment_method,
    terms: typed.terms === 'yes',
    errors,
    errorOf,
    cart,
  };
}

/** Why the total is another one: a discount that was counted on, and the rule that stands in its way now. */
export function goneError(t: Translate, discounts: readonly DiscountView[], id: number): FieldError {
  const gone = discounts.find(discount => discount.id === id);
  const name = gone?.code ?? gone?.name ?? '';
  if (gone?.why)
    return {
      field: 'summary',
      key: 'checkout.error.discount',
      values: { name, why: t(gone.why.key, gone.why.values) },
    };
  return { field: 'summary', key: 'checkout.error.discount_busy', values: { name } };
}
