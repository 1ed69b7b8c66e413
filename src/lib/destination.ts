import { countryName, UZ_REGIONS } from './countries.js';
import type { Locale } from './locale.js';

/** Where something goes, as far as it is known: region and postcode are empty while they are not. */
export interface Destination {
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** ISO 3166-2 for Uzbekistan; elsewhere as typed, and nothing depends on it. */
  region: string;
  postalCode: string;
}

/** Digits of any script and width become ASCII; hyphens, dots and blanks go. */
export const foldDigits = (text: string): string => text.normalize('NFKC').replace(/[\s.\-–—]/g, '');

/** What of an address besides its country decides how it is delivered to; null: nothing. */
export function decidingPart(country: string): 'postalCode' | 'region' | null {
  if (country === 'KR') return 'postalCode';
  return country === 'UZ' ? 'region' : null;
}

/** The part that would decide but is not known: costs are then those of most of the country. */
export function unknownPart({ country, region, postalCode }: Destination): 'postalCode' | 'region' | null {
  return region || postalCode ? null : decidingPart(country);
}

/** A Korean postcode however it is typed; null when it is none. */
export function readKoreanPostcode(text: string): string | null {
  const digits = foldDigits(text);
  return /^\d{5}$/.test(digits) ? digits : null;
}

export const isUzRegion = (code: string): boolean => UZ_REGIONS.some(region => region.code === code);

/**
 * The destination that these texts name. A region or postcode that does not belong to the country, or that nothing
 * depends on there, is left out.
 */
export function destinationOf(country: string, typed: { region: string; postalCode: string }): Destination {
  const part = decidingPart(country);
  return {
    country,
    region: part === 'region' && isUzRegion(typed.region) ? typed.region : '',
    postalCode: part === 'postalCode' ? (readKoreanPostcode(typed.postalCode) ?? '') : '',
  };
}

/** A destination as one short text for a cookie: "KR", "KR:63100", "UZ:UZ-XO". */
export function packDestination({ country, region, postalCode }: Destination): string {
  const detail = region || postalCode;
  return detail ? `${country}:${detail}` : country;
}

/** The reverse; null when the text names no country. What does not fit the country is left out. */
export function unpackDestination(text: string | undefined): Destination | null {
  const [country = '', detail = ''] = (text ?? '').split(':');
  return /^[A-Z]{2}$/.test(country) ? destinationOf(country, { region: detail, postalCode: detail }) : null;
}

/**
 * The destination of a whole address, as typed at checkout or kept by an order: both come out alike. Control characters,
 * which no database text takes, become blanks.
 */
export const addressDestination = (address: Destination): Destination => ({
  country: address.country,
  region: address.region
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim(),
  postalCode: foldDigits(address.postalCode),
});

/** "South Korea, 63100", "Oʻzbekiston, Xorazm": what the reader calls it. */
export function destinationName({ country, region, postalCode }: Destination, locale: Locale): string {
  const detail = UZ_REGIONS.find(({ code }) => code === region)?.name ?? postalCode;
  return [countryName(country, locale), detail].filter(Boolean).join(', ');
}
