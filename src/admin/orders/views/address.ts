import { UZ_REGIONS } from '../../../lib/countries.js';

export interface Address {
  name: string;
  country: string;
  postalCode: string;
  region: string;
  city: string;
  address1: string;
  address2: string;
}

/** An address as a label needs it: in the order of its country, with the country's name (`place`) last. */
export function addressLines(address: Address, place: string): string[] {
  const { name, postalCode, address1, address2, city } = address;
  const region = UZ_REGIONS.find(({ code }) => code === address.region)?.name ?? address.region;
  const lines =
    address.country === 'KR'
      ? [name, `(${postalCode}) ${address1}`, address2]
      : [name, address1, address2, [city, region, postalCode].filter(Boolean).join(', ')];
  return [...lines, place].filter(Boolean);
}
