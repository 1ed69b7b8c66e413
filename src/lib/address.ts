import { countryName, UZ_REGIONS } from './countries.js';
import type { Locale } from './locale.js';

/** A place that parcels go to. What a country does not write is empty. */
export interface Place {
  /** ISO 3166-1. */
  country: string;
  postalCode: string;
  /** ISO 3166-2 for Uzbekistan, elsewhere as typed. */
  region: string;
  city: string;
  address1: string;
  address2: string;
}

/** A place, and whom to ask for there. */
export interface Address extends Place {
  name: string;
  /** E.164. */
  phone: string;
}

/** A place as it stands on a label: Korea writes the postcode first. Empty parts are left out. */
export function addressLines(address: Place, locale: Locale): string[] {
  const { country, postalCode, address1, address2, city } = address;
  const region = UZ_REGIONS.find(({ code }) => code === address.region)?.name ?? address.region;
  const place = countryName(country, locale);
  const lines =
    country === 'KR'
      ? [[postalCode && `(${postalCode})`, address1].filter(Boolean).join(' '), address2, place]
      : [address1, address2, [city, region, postalCode].filter(Boolean).join(', '), place];
  return lines.filter(Boolean);
}

/** The same with the name of whoever it goes to: in Korea it stands last. */
export function labelLines(address: Place & { name: string }, locale: Locale): string[] {
  const lines = addressLines(address, locale);
  return (address.country === 'KR' ? [...lines, address.name] : [address.name, ...lines]).filter(Boolean);
}
