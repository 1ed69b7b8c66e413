import type { Locale } from './locale.js';

const names = new Map<Locale, Intl.DisplayNames>();

/** A country's name in the reader's language, with the store's one Uzbek apostrophe. */
export function countryName(code: string, locale: Locale): string {
  let display = names.get(locale);
  if (!display) names.set(locale, (display = new Intl.DisplayNames(locale, { type: 'region' })));
  return (display.of(code) ?? code).replace(/[‘’ʼ'`]/g, 'ʻ');
}

/** Countries with their names, in the alphabet of the reader. */
export function sortedCountries(codes: readonly string[], locale: Locale): { code: string; name: string }[] {
  const { compare } = new Intl.Collator(locale);
  return codes
    .map(code => ({ code, name: countryName(code, locale) }))
    .sort((a, b) => compare(a.name, b.name));
}

/** ISO 3166-2 codes of Uzbekistan's regions; the city and the region of Toshkent are two. */
export const UZ_REGIONS: readonly { code: string; name: string }[] = [
  { code: 'UZ-TK', name: 'Toshkent shahri' },
  { code: 'UZ-TO', name: 'Toshkent viloyati' },
  { code: 'UZ-AN', name: 'Andijon' },
  { code: 'UZ-BU', name: 'Buxoro' },
  { code: 'UZ-FA', name: 'Fargʻona' },
  { code: 'UZ-JI', name: 'Jizzax' },
  { code: 'UZ-NG', name: 'Namangan' },
  { code: 'UZ-NW', name: 'Navoiy' },
  { code: 'UZ-QA', name: 'Qashqadaryo' },
  { code: 'UZ-QR', name: 'Qoraqalpogʻiston Respublikasi' },
  { code: 'UZ-SA', name: 'Samarqand' },
  { code: 'UZ-SI', name: 'Sirdaryo' },
  { code: 'UZ-SU', name: 'Surxondaryo' },
  { code: 'UZ-XO', name: 'Xorazm' },
];
