import { describe, expect, test } from 'vitest';
import { LOCALES, type Locale } from '../src/lib/locale.js';
import { baseKeys, mentionsIn, PLURAL_SUFFIX, sentencesOf } from './support/sentences.js';
import { filesOf } from './support/sources.js';

const sentences = new Map(LOCALES.map(locale => [locale, sentencesOf(locale)]));
const of = (locale: Locale) => sentences.get(locale)!;
const english = of('en');
const keys = baseKeys(english);
const rooms = [...new Set([...keys].map(key => key.split('.')[0]!))];
const sources = [...filesOf('views', '.ejs'), ...filesOf('src', '.ts')];
const mentions = sources.flatMap(source => mentionsIn(source, rooms));

/** Names in `{{…}}` over all plural forms of a key. */
function placeholders(locale: Locale): Record<string, string[]> {
  const found = new Map<string, Set<string>>();
  for (const [key, sentence] of of(locale)) {
    const base = key.replace(PLURAL_SUFFIX, '');
    const names = found.get(base) ?? found.set(base, new Set()).get(base)!;
    for (const [, name] of sentence.matchAll(/\{\{\s*([^},\s]+)[^}]*\}\}/g)) names.add(name!);
  }
  return Object.fromEntries([...found].map(([base, names]) => [base, [...names].toSorted()]));
}

describe.each(LOCALES)('sentences in %s', locale => {
  test('there are the same keys as in English', () => {
    expect([...baseKeys(of(locale))].toSorted()).toEqual([...keys].toSorted());
  });

  test('each takes the same values as in English', () => {
    expect(placeholders(locale)).toEqual(placeholders('en'));
  });

  test('plurals have exactly the forms of the language', () => {
    const wanted = new Intl.PluralRules(locale).resolvedOptions().pluralCategories.toSorted();
    const plurals = new Set(
      LOCALES.flatMap(other => [...of(other).keys()])
        .filter(key => PLURAL_SUFFIX.test(key))
        .map(key => key.replace(PLURAL_SUFFIX, '')),
    );
    const wrong = [...plurals].filter(base => {
      const forms = [...of(locale).keys()].filter(key => key.replace(PLURAL_SUFFIX, '') === base);
      const suffixes = forms.map(key => PLURAL_SUFFIX.exec(key)?.[1] ?? 'none').toSorted();
      return suffixes.join() !== wanted.join();
    });
    expect(wrong).toEqual([]);
  });

  test('none is empty, padded or written in HTML', () => {
    const odd = [...of(locale)].filter(
      ([, text]) => text === '' || text.trim() !== text || /<\/?[a-z]|&\w+;/i.test(text),
    );
    expect(odd).toEqual([]);
  });

  test('every text is in normal form C', () => {
    expect([...of(locale)].filter(([, text]) => text.normalize('NFC') !== text)).toEqual([]);
  });
});

test('Uzbek is written with U+02BB and U+02BC, never with another apostrophe', () => {
  expect([...of('uz')].filter(([, text]) => /['`´‘’]/.test(text))).toEqual([]);
});

test('every key that the code names has its sentence', () => {
  const missing = mentions.filter(
    ({ certain, pattern }) => certain && ![...keys].some(key => pattern.test(key)),
  );
  expect(missing.map(({ file, written }) => `${file}: ${written}`)).toEqual([]);
});

test('every sentence is used somewhere', () => {
  expect([...keys].filter(key => !mentions.some(({ pattern }) => pattern.test(key)))).toEqual([]);
});
