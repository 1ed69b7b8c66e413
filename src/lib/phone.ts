import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';

/** Reads a phone number as people type it (any digits, hyphens, blanks) in `country`; E.164 or null. */
export function readPhone(typed: string, country: string): string | null {
  const parsed = parsePhoneNumberFromString(typed.normalize('NFKC'), country as CountryCode);
  return parsed?.isPossible() ? parsed.number : null;
}

/** A stored number as it is read in `country`: 010-1234-5678 at home, +998 90 123 45 67 from elsewhere. */
export function printPhone(e164: string, country: string): string {
  const parsed = parsePhoneNumberFromString(e164);
  if (!parsed) return e164;
  return parsed.country === country && country === 'KR'
    ? parsed.formatNational()
    : parsed.formatInternational();
}
