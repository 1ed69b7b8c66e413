import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.js';
import { startShop, type Shop } from '../support/shop.js';
import { preparePages, type ShownPage } from '../support/shown-pages.js';

let shop: Shop;
let browser: Browser;
let pages: ShownPage[];
beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop(), launchBrowser()]);
  pages = (await preparePages(shop, 'en')).filter(({ foreign, name }) => !foreign && name !== '500');
}, 120_000);
afterAll(async () => {
  await browser.close();
  await shop.close();
});

/**
 * Marks what a person can see and use inside `selector`, in the page, with all menus open: links, buttons, fields. Of a
 * group of radios the keyboard stops at one.
 */
const mark = (selector: string) => `(() => {
  for (const menu of document.querySelectorAll('details')) menu.open = true;
  const groups = new Set();
  const controls = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  const usable = [...document.querySelector('${selector}').querySelectorAll(controls)]
    .filter(each => each.checkVisibility({ visibilityProperty: true }) && !each.disabled && each.ariaHidden !== 'true')
    .filter(each => {
      if (each.type !== 'radio') return true;
      const group = each.form?.id + ' ' + each.name;
      return !groups.has(group) && groups.add(group);
    });
  usable.forEach((each, index) => (each.dataset.stop = index));
  return usable.map(each => each.outerHTML.slice(0, 120));
})()`;

/** Number of the marked element that has the focus (a radio counts for its group), and whether one can see that. */
const FOCUSED = `(() => {
  const at = document.activeElement;
  const same = at.type === 'radio' ? document.querySelector('[type=radio][name="' + at.name + '"][data-stop]') : at;
  const looks = [at, at.parentElement, at.closest('label')].filter(Boolean).map(each => getComputedStyle(each));
  const seen = looks.some(look => (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 1) || look.boxShadow !== 'none');
  return { stop: same?.dataset.stop ?? null, seen, what: at.outerHTML.slice(0, 120) };
})()`;

/** Walks through a part of a page with the Tab key alone; returns what was not reached, or without a sign of it. */
async function walk(page: Page, part: 'body' | '#main'): Promise<string[]> {
  const usable = await page.evaluate<string[]>(mark(part));
  // From just before the part, wherever the page itself has put the focus.
  if (part === '#main') await page.focus(part);
  else await page.evaluate('document.activeElement?.blur()');
  const reached = new Set<string>();
  const unseen: string[] = [];
  // Once around, with room for stops that are nothing to use (the skip link's target) and for the parts of a date field:
  // month, day, year, hour, minute, half of the day and the calendar are a stop each.
  const dates = usable.filter(what => what.includes('type="date')).length;
  for (let step = 0; step < usable.length + 5 + 6 * dates; step += 1) {
    await page.keyboard.press('Tab');
    const { stop, seen, what } = await page.evaluate<{ stop: string | null; seen: boolean; what: string }>(
      FOCUSED,
    );
    if (stop === null) continue;
    reached.add(stop);
    if (!seen) unseen.push(`focus does not show on ${what}`);
  }
  const missed = usable.filter((_what, index) => !reached.has(String(index)));
  return [...missed.map(what => `the Tab key does not reach ${what}`), ...unseen];
}

test('the keyboard reaches every control of every page, and shows where it is', async () => {
  const problems: string[] = [];
  for (const shown of pages) {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
    });
    await context.addCookies(
      shown.cookies.map(([name, value]) => ({ name, value, url: new URL(shown.url).origin })),
    );
    const page = await context.newPage();
    await page.goto(shown.url, { waitUntil: 'load' });
    await shown.act?.(page);
    // What was done may lead to another page, of which so far there is nothing.
    await page.waitForLoadState();
    await page.waitForSelector('#main');
    // The frame is the same on every page: once is enough.
    const part = shown.name === 'home' ? 'body' : '#main';
    problems.push(...(await walk(page, part)).map(problem => `${shown.name}: ${problem}`));
    await context.close();
  }
  expect(problems).toEqual([]);
}, 180_000);

test('the first stop is a link past the frame, and it leads to the page’s own part', async () => {
  const page = await browser.newPage();
  await page.goto(`${shop.origin}/en/products`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.evaluate('document.activeElement.id')).toBe('main');
  await page.close();
});

test('what is under way is announced: live regions stand on every page before anything changes in them', async () => {
  const page = await browser.newPage();
  for (const path of ['/en/', '/en/products', '/en/cart', '/en/orders/find']) {
    await page.goto(shop.origin + path);
    expect(await page.locator('[role=status][aria-live=polite]').count()).toBeGreaterThan(0);
  }
  await page.close();
});
