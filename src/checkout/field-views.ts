import { UZ_REGIONS } from '../lib/countries.js';
import type { Translate } from '../platform/i18n.js';
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

type ContactField = keyof typeof CONTACT;
interface Facts {
  t: Translate;
  errorOf: Readonly<Record<string, string>>;
}

/** Who is written to and who receives the parcel. */
export const contactFields = (
  { t, typed, errorOf }: Facts & { typed: Readonly<Record<string, string>> },
  names: readonly ContactField[],
): FieldView[] =>
  names.map(name => ({
    ...CONTACT[name],
    name,
    label: t(`checkout.label.${name}`),
    hint: CONTACT[name].hint ? t(`checkout.hint.${name}`) : null,
    value: typed[name] ?? '',
    error: errorOf[name] ?? null,
    optional: false,
    options: null,
  }));

/** The fields of an address in one country: those everybody fills in, and those behind "add details". */
export function addressFieldViews(
  facts: Facts & { typed: Readonly<Record<AddressField, string>>; country: string },
): { visible: FieldView[]; more: FieldView[] } {
  const { t, typed, errorOf, country } = facts;
  const kind = addressKind(country);
  const sentence = (base: string, name: string) => {
    const own = `checkout.${base}.${name}.${kind}`;
    const found = t(own);
    return found === own ? t(`checkout.${base}.${name}.other`) : found;
  };
  const field = (name: AddressField): FieldView => ({
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
  return { visible: visible.map(field), more: more.map(field) };
}
