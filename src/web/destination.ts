import { UZ_REGIONS } from '../lib/countries.js';
import { decidingPart, destinationOf, readKoreanPostcode, type Destination } from '../lib/destination.js';
import { isCountryCode } from './context.js';
import { typedFields, type Read } from './forms.js';

const FIELDS = ['country', 'region', 'postal_code', 'return_to'] as const;
export type TypedDestination = Record<(typeof FIELDS)[number], string>;

/** Every field of the form "where do we deliver", as it was typed. */
export const typedDestination = (body: unknown): TypedDestination => typedFields(body, FIELDS);

/**
 * Reads where a shopper wants deliveries to be estimated to. Postcode and region are optional, and count only in a
 * country where delivery depends on them: another country chosen beside an old postcode is that country.
 */
export function readDestination(typed: TypedDestination): Read<Destination> {
  const { country, region, postal_code } = typed;
  if (!isCountryCode(country))
    return { ok: false, errors: [{ field: 'country', key: 'shared.destination.choose' }] };
  const wrong =
    decidingPart(country) === 'postalCode' &&
    postal_code.trim() !== '' &&
    readKoreanPostcode(postal_code) === null;
  if (wrong)
    return { ok: false, errors: [{ field: 'postal_code', key: 'shared.destination.postcodeShape' }] };
  return { ok: true, value: destinationOf(country, { region, postalCode: postal_code }) };
}

/** What `shared/_destination` prints: the country and, where delivery depends on it, postcode or region. */
export interface DestinationForm {
  country: string;
  countries: readonly { code: string; name: string }[];
  part: 'postalCode' | 'region' | null;
  postalCode: string;
  region: string;
  regions: readonly { code: string; name: string }[];
  error: string | null;
}

export function destinationForm(
  shown: Destination,
  {
    countries,
    error = null,
  }: { countries: readonly { code: string; name: string }[]; error?: string | null },
): DestinationForm {
  return { ...shown, countries, part: decidingPart(shown.country), regions: UZ_REGIONS, error };
}
