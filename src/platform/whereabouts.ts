import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Reader } from 'mmdb-lib';

/** What the list says of a range of network addresses. */
interface Place {
  country_code?: string;
}

let reader: Reader<never> | undefined;
/** The packaged list of networks and countries; 8 MB that are read when the first one is asked. */
function list(): Reader<never> {
  const file = '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb';
  return (reader ??= new Reader(readFileSync(createRequire(import.meta.url).resolve(file))));
}

/**
 * Country of a network address (ISO 3166-1 alpha-2), or '' when nobody can say: private networks, malformed addresses.
 * Good enough for a word beside a sign-in; nothing may be decided by it.
 */
export function countryOf(address: string): string {
  // An IPv4 address on an IPv6 socket.
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  const found = list().get(plain) as Place | null;
  return found?.country_code && /^[A-Z]{2}$/.test(found.country_code) ? found.country_code : '';
}
