import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import i18next from 'i18next';
import { handle, LanguageDetector } from 'i18next-http-middleware';
import { LOCALES, type Locale } from '../lib/locale.js';
import { localesDir } from './places.js';

/** Whole sentences by key ("cart.title"), with named values; `count` chooses the plural form. */
export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string;

type Sentences = Record<string, unknown>;

/** locales/<lang>/<room>.json becomes the branch <room> of one tree a language. */
function readSentences(locale: Locale): Sentences {
  const dir = path.join(localesDir, locale);
  const files = readdirSync(dir).filter(file => file.endsWith('.json'));
  return Object.fromEntries(
    files.map(file => [
      path.basename(file, '.json'),
      JSON.parse(readFileSync(path.join(dir, file), 'utf8')) as Sentences,
    ]),
  );
}

const i18n = i18next.createInstance();
await i18n.use(LanguageDetector).init({
  resources: Object.fromEntries(LOCALES.map(locale => [locale, { translation: readSentences(locale) }])),
  supportedLngs: [...LOCALES],
  nonExplicitSupportedLngs: true,
  fallbackLng: 'en',
  load: 'languageOnly',
  interpolation: { escapeValue: false }, // templates escape
  // Only `/` asks for a guess; everywhere else the language is in the URL.
  detection: { order: ['header'], caches: false },
});

/** i18next takes 12 µs for a key; sentences without values are remembered. */
const translators = new Map<Locale, Translate>(
  LOCALES.map(locale => {
    const translate = i18n.getFixedT(locale);
    const plain = new Map<string, string>();
    return [
      locale,
      (key, values) => {
        if (values) return translate(key, values);
        let sentence = plain.get(key);
        if (sentence === undefined) plain.set(key, (sentence = translate(key)));
        return sentence;
      },
    ];
  }),
);

export const translator = (locale: Locale): Translate => translators.get(locale)!;

/** Guesses the reader's language from Accept-Language into `req.i18n.resolvedLanguage`. */
export const guessLanguage = handle(i18n);
