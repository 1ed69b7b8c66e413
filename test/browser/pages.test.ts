import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOCALES, type Locale } from '../../src/lib/locale.js';
import { launchBrowser } from '../support/browser.js';
import { inspect, type Findings } from '../support/inspect.js';
import { startShop, type Shop } from '../support/shop.js';
import { breakOrders, preparePages, type ShownPage } from '../support/shown-pages.js';

const AT_ONCE = 3;

let shop: Shop;
let browser: Browser;
let pages: Record<Locale, ShownPage[]>;
beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop(), launchBrowser()]);
  const all: [Locale, ShownPage[]][] = [];
  for (const locale of LOCALES) {
    all.push([locale, (await preparePages(shop, locale)).filter(({ foreign }) => !foreign)]);
  }
  pages = Object.fromEntries(all) as Record<Locale, ShownPage[]>;
  await shop.settled();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await shop.close();
});

/** Looks at all pages of a language, a few at a time. */
async function inspectAll(locale: Locale): Promise<Map<string, Findings>> {
  const found = new Map<string, Findings>();
  const look = async (list: ShownPage[]) => {
    const left = [...list];
    const work = async () => {
      for (let page = left.shift(); page; page = left.shift())
        found.set(page.name, await inspect(browser, page, shop.origin));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  };
  await look(pages[locale].filter(({ name }) => name !== '500'));
  await breakOrders(shop);
  await look(pages[locale].filter(({ name }) => name === '500'));
  await shop.db.raw('alter table order_lines_away rename to order_lines');
  return found;
}

describe.each(LOCALES)('every page in %s', locale => {
  let found: Map<string, Findings>;
  beforeAll(async () => {
    found = await inspectAll(locale);
  }, 600_000);

  const problems = (what: keyof Findings) =>
    [...found].flatMap(([name, findings]) => findings[what].map(problem => `${name}: ${problem}`));

  test('is among those looked at', () => {
    expect(found.size).toBe(pages[locale].length);
    expect(found.size).toBeGreaterThan(25);
  });
  test('has nothing that axe objects to in light colours', () => expect(problems('light')).toEqual([]));
  test('has nothing that axe objects to in dark colours', () => expect(problems('dark')).toEqual([]));
  test('is valid HTML', () => expect(problems('html')).toEqual([]));
  test('writes no error to the console and breaks no security policy', () =>
    expect(problems('console')).toEqual([]));
  test('asks no other host for anything', () => expect(problems('foreign')).toEqual([]));
  test('fits a screen of 320 pixels', () => expect(problems('wide')).toEqual([]));
});
