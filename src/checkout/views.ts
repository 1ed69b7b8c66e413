import type { CartView } from '../cart/index.js';
import { MAX_ADDRESSES, type SavedAddress } from '../accounts/index.js';
import { addressLines } from '../lib/address.js';
import type { Locale } from '../lib/locale.js';
import { printPhone } from '../lib/phone.js';
import type { PayChoice } from '../payments/index.js';
import type { Translate } from '../platform/i18n.js';
import { errorTexts, type FieldError } from '../web/index.js';
import type { Typed } from './forms.js';
import { addressFieldViews, contactFields, type FieldView } from './field-views.js';
import type { Member } from './member.js';

export interface CheckoutView {
  contact: FieldView[];
  address: FieldView[];
  /** A user's saved addresses; null for guests and where there are none. */
  book: BookView | null;
  /** Whose account it is; null for a guest. */
  member: { email: string } | null;
  /** Whether this address can be kept for the next time, and whether that was ticked. */
  savable: boolean;
  save: boolean;
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

/** Addresses to choose from; `chosen` is the id of one, or `new` for another address. */
export interface BookView {
  chosen: string;
  choices: { id: number; name: string; text: string }[];
}

const bookView = (addresses: readonly SavedAddress[], chosen: string, locale: Locale): BookView => ({
  chosen,
  choices: addresses.map(address => ({
    id: address.id,
    name: address.name,
    text: [...addressLines(address, locale), printPhone(address.phone, address.country)].join(', '),
  })),
});

/** The checkout page: its fields for one country, as typed, with what is wrong beside each. */
export function checkoutView(facts: {
  t: Translate;
  typed: Typed;
  errors: readonly FieldError[];
  country: string;
  choices: PayChoice[];
  cart: CartView;
  /** Who is signed in, and what they have saved. */
  member: Member | null;
  locale: Locale;
}): CheckoutView {
  const { t, typed, country, choices, cart, member, locale } = facts;
  const book =
    member && member.addresses.length > 0 ? bookView(member.addresses, typed.address, locale) : null;
  const errors = errorTexts(t, facts.errors);
  const errorOf = Object.fromEntries(errors.map(({ field, text }) => [field, text]));
  // A saved address says who receives the parcel.
  const isChosen = book !== null && book.choices.some(({ id }) => String(id) === book.chosen);
  const contact = contactFields({ t, typed, errorOf }, isChosen ? ['email'] : ['email', 'name', 'phone']);
  const { visible, more } = addressFieldViews({ t, typed, errorOf, country });
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
  const extra = [...(isChosen ? [] : more), note];
  return {
    contact,
    address: isChosen ? [] : visible,
    book,
    member: member && { email: member.contact.email },
    savable: member !== null && !isChosen && member.addresses.length < MAX_ADDRESSES,
    save: typed.save === 'yes',
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
