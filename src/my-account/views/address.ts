import { countryName, UZ_REGIONS } from '../../lib/countries.js';
import type { Locale } from '../../lib/locale.js';
import type { DefaultAddress } from '../queries/default-address.js';

/** An address in the order its country writes it, one line each. */
export function addressView(address: DefaultAddress, locale: Locale): string[] {
  const { name, country, postalCode, city, address1, address2 } = address;
  const region = UZ_REGIONS.find(({ code }) => code === address.region)?.name ?? address.region;
  const place = countryName(country, locale);
  const lines =
    country === 'KR'
      ? [`(${postalCode}) ${address1}`, address2, place, name]
      : [name, address1, address2, [city, region, postalCode].filter(Boolean).join(', '), place];
  return lines.filter(Boolean);
}
