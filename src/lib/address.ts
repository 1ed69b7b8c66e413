import { countryName, UZ_REGIONS } from './countries.js';
import type { Locale } from './locale.js';

/** An address as it stands on a label, without the name: Korea writes the postcode first. Empty parts are left out. */
export function addressLines(
  address: {
    country: string;
    postalCode: string;
    region: string;
    city: string;
    address1: string;
    address2: string;
  },
  locale: Locale,
): string[] {
  const { country, postalCode, address1, address2, city } = address;
  const region = UZ_REGIONS.find(({ code }) => code === address.region)?.name ?? address.region;
  const place = countryName(country, locale);
  const lines =
    country === 'KR'
      ? [`(${postalCode}) ${address1}`, address2, place]
      : [address1, address2, [city, region, postalCode].filter(Boolean).join(', '), place];
  return lines.filter(Boolean);
}
