import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { audit } from '../../src/audit/index.js';
import type { Locale } from '../../src/lib/locale.js';
import { translator } from '../../src/platform/i18n.js';
import { launchBrowser } from '../support/browser.js';
import { BUYERS, type Country } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';

// A whole purchase in a browser takes its time on a small machine.
vi.setConfig({ testTimeout: 90_000 });

let shop: Shop;
let browser: Browser;
beforeAll(async () => {
  shop = await startShop();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await shop.close();
});

interface Buyer {
  locale: Locale;
  country: Country;
  provider: 'stripe' | 'toss';
  scripts: boolean;
}

/** A browser of its own, with everything that must not happen written down: errors, refusals, calls to other hosts. */
async function open({ scripts, locale }: Buyer): Promise<{ page: Page; wrong: string[] }> {
  const context = await browser.newContext({ javaScriptEnabled: scripts, locale });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on(
    'console',
    message => void (message.type() === 'error' && wrong.push(`console: ${message.text()}`)),
  );
  page.on('pageerror', error => wrong.push(`error: ${error.message}`));
  const known = [shop.origin, shop.stripe.origin, shop.toss.origin];
  page.on('request', request => {
    const { origin } = new URL(request.url());
    if (!request.url().startsWith('data:') && !known.includes(origin)) wrong.push(`request: ${origin}`);
    // Before the shopper leaves to pay, nothing is asked of anybody else.
    if (origin !== shop.origin && !request.isNavigationRequest() && page.url().startsWith(shop.origin))
      wrong.push(`foreign: ${request.url()}`);
  });
  return { page, wrong };
}

/** Finds a product, buys it as a guest, pays, and arrives at the paid order, by what is seen on the pages alone. */
async function buy(buyer: Buyer): Promise<void> {
  const { locale, country, provider } = buyer;
  const t = translator(locale);
  const { page, wrong } = await open(buyer);
  await page.goto(`${shop.origin}/${locale}/`);
  await page.locator('main a[href*="/products/"]').first().click();
  await page.waitForURL(/\/products\/[^?]/);
  await page.locator('form[action$="/cart/lines"] button').click();
  if (buyer.scripts) {
    // The page stays; badge and message are sent anew.
    await page.locator('#flash').getByRole('paragraph').first().waitFor();
    await expect.poll(() => page.locator('#cart-badge').textContent()).toContain('1');
    expect(page.url()).toContain('/products/');
    await page.locator('#cart-badge').click();
  }
  await page.waitForURL(`${shop.origin}/${locale}/cart`);
  await page.getByRole('spinbutton').fill('2');
  await page.locator('form.qty button').click();
  await expect
    .poll(() => page.locator('.totals').first().textContent())
    .toContain(t('cart.goods', { count: 2 }));
  await page.getByRole('link', { name: t('cart.checkout') }).click();

  await page.waitForURL(/\/checkout$/);
  const typed = BUYERS[country];
  const { region, ...texts } = typed;
  for (const [name, value] of Object.entries(texts)) await page.locator(`[name="${name}"]`).fill(value);
  if (region && country === 'UZ') await page.locator('[name="region"]').selectOption(region);
  else if (region) await page.locator('[name="region"]').fill(region);
  const choice = page.locator(`input[type="radio"][value="${provider}"]`);
  if (await choice.count()) await choice.check();
  await page.locator('[name="terms"]').check();
  await page.locator('.panel button.button').click();

  await page.waitForURL(url => url.origin === shop[provider].origin);
  await page.locator(`form[action$="/${provider === 'stripe' ? 'pay' : 'approve'}"] button`).click();
  await page.waitForURL(new RegExp(`${shop.origin}/${locale}/orders/`));
  expect(await page.locator('h1').textContent()).toBe(t('orders.status.paid.title'));
  const number = /orders\/([A-Z0-9-]{9})/.exec(page.url())![1]!;
  await shop.settled();
  expect(shop.mail.letters().some(({ subject }) => subject.includes(number))).toBe(true);
  expect(await page.locator('html').getAttribute('lang')).toBe(locale);

  // Reload and Back are harmless, and the cart is empty.
  await page.reload();
  expect(await page.locator('h1').textContent()).toBe(t('orders.status.paid.title'));
  await page.goto(`${shop.origin}/${locale}/cart`);
  expect(await page.locator('.line').count()).toBe(0);
  expect(await shop.db('orders').where({ number, state: 'paid' })).toHaveLength(1);
  expect(wrong).toEqual([]);
  await page.context().close();
}

describe('a guest buys with scripts off', () => {
  it.each<Buyer>([
    { locale: 'en', country: 'US', provider: 'stripe', scripts: false },
    { locale: 'ko', country: 'KR', provider: 'toss', scripts: false },
    { locale: 'uz', country: 'UZ', provider: 'stripe', scripts: false },
  ])('in $locale through $provider', buy);
});

describe('a guest buys with scripts on', () => {
  it.each<Buyer>([
    { locale: 'en', country: 'US', provider: 'stripe', scripts: true },
    { locale: 'ko', country: 'KR', provider: 'toss', scripts: true },
  ])('in $locale through $provider', buy);
});

describe('a guest turns back at the payment page', () => {
  it('and finds the order waiting, to be paid after all', async () => {
    const buyer: Buyer = { locale: 'en', country: 'US', provider: 'stripe', scripts: false };
    const { page, wrong } = await open(buyer);
    await page.goto(`${shop.origin}/en/products`);
    await page.locator('main a[href*="/products/"]').first().click();
    await page.locator('form[action$="/cart/lines"] button').click();
    await page.goto(`${shop.origin}/en/checkout`);
    for (const [name, value] of Object.entries(BUYERS.US)) await page.locator(`[name="${name}"]`).fill(value);
    await page.locator('[name="terms"]').check();
    await page.locator('.panel button.button').click();
    await page.waitForURL(url => url.origin === shop.stripe.origin);
    await page
      .getByRole('link', { name: 'Back' })
      .or(page.getByRole('button', { name: 'Back' }))
      .first()
      .click();
    await page.waitForURL(/\/en\/orders\//);
    expect(await page.locator('h1').textContent()).toBe('Waiting for your payment');
    await page.getByRole('button', { name: /^Pay \$/ }).click();
    await page.waitForURL(url => url.origin === shop.stripe.origin);
    await page.locator('form[action$="/pay"] button').click();
    await page.waitForURL(/\/en\/orders\//);
    expect(await page.locator('h1').textContent()).toBe('Thank you. Your order is complete');
    expect(wrong).toEqual([]);
    await page.context().close();
  });
});

it('leaves money, stock and orders in agreement', async () => {
  await shop.settled();
  expect(await audit(shop.db)).toEqual([]);
});
