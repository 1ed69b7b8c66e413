import type { Currency } from './money.js';

export const LOCALES = ['en', 'ko', 'uz'] as const;
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = 'en';

/** A short text in the store's languages; English is always there, the others fall back to it. */
export interface Localized {
  en: string;
  ko?: string | undefined;
  uz?: string | undefined;
}

export const LOCALE_CURRENCY: Record<Locale, Currency> = { en: 'USD', ko: 'KRW', uz: 'UZS' };
/** Where a shopper of this language is assumed to live until they say otherwise (ISO 3166-1 alpha-2). */
export const LOCALE_COUNTRY: Record<Locale, string> = { en: 'US', ko: 'KR', uz: 'UZ' };
/** Each language's own name, for the switch. */
export const LOCALE_NAME: Record<Locale, string> = { en: 'English', ko: '한국어', uz: 'Oʻzbekcha' };

export function isLocale(value: unknown): value is Locale {
  return LOCALES.includes(value as Locale);
}

/** The text in `locale`, or the English one with its language named so that the page can mark it with `lang`. */
export function localize(text: Localized, locale: Locale): { text: string; lang: Locale } {
  const own = text[locale];
  return own ? { text: own, lang: locale } : { text: text.en, lang: DEFAULT_LOCALE };
}
