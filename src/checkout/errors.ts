import type { DiscountView } from '../discounts/index.js';
import { decidingPart } from '../lib/destination.js';
import type { Translate } from '../platform/i18n.js';
import type { FieldError } from '../web/index.js';
import type { Typed } from './forms.js';
import { ANOTHER } from './member.js';

/** Fields that a saved address stands for. */
const OF_ADDRESS = new Set(['name', 'phone', 'postal_code', 'region', 'city', 'address1', 'address2']);
export const isOfAddress = ({ field }: FieldError): boolean => OF_ADDRESS.has(field);

const UNDELIVERED = { nowhere: 'checkout.error.country', 'too-heavy': 'checkout.error.heavy' } as const;
export const isUndelivered = ({ key }: FieldError): boolean =>
  Object.values(UNDELIVERED).some(known => known === key);

/** Nothing goes there, said beside the field that can mend it. */
export function undelivered(
  why: keyof typeof UNDELIVERED,
  { country, typed }: { country: string; typed: Typed },
): FieldError {
  const key = UNDELIVERED[why];
  if (typed.address !== '' && typed.address !== ANOTHER) return { field: 'address', key };
  if (why === 'nowhere') return { field: 'country', key };
  const part = decidingPart(country);
  return { field: part === 'postalCode' ? 'postal_code' : (part ?? 'country'), key };
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
