import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { translator } from '../../src/platform/i18n.js';
import { launchBrowser } from '../support/browser.js';
import { PASSWORD } from '../support/customer.js';
import { payOrder, placeOrder } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';

vi.setConfig({ testTimeout: 60_000 });

let shop: Shop;
let browser: Browser;
beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await shop.close();
});

const t = translator('en');

it('buys as a guest, chooses a password, opens the letter and finds the order in the account, without scripts', async () => {
  const email = 'guest.who.stays@example.com';
  const placed = await placeOrder(shop, { locale: 'en', country: 'US', provider: 'stripe', email });
  await payOrder(shop, placed, 'stripe');
  const context = await browser.newContext({ javaScriptEnabled: false });
  await context.addCookies(
    [...placed.visitor.cookies].map(([name, value]) => ({ name, value, url: shop.origin })),
  );
  const page = await context.newPage();
  await page.goto(`${shop.origin}/en/orders/${placed.number}`);
  const submit = page.getByRole('button', { name: t('accounts.register.submit'), exact: true });
  const password = page.getByLabel(t('accounts.register.password'));

  await password.fill('short');
  await submit.click();
  await page.locator('.error-summary').waitFor();
  expect(await page.title()).toContain(t('shared.errorTitle', { title: t('accounts.offer.title') }));

  await password.fill(PASSWORD);
  await page.getByLabel(t('accounts.register.yes'), { exact: true }).check();
  await page.locator('[name=terms]').check();
  await page.locator('[name=privacy]').check();
  await submit.click();
  await page.waitForURL(/\/register\/sent$/);

  await shop.settled();
  const letter = shop.mail
    .letters()
    .find(({ to, text }) => JSON.stringify(to).includes(email) && text.includes('/verify-email/'));
  const link = /\/en\/verify-email\/[\w-]+/.exec(letter!.text)![0];
  await page.goto(`${shop.origin}${link}`);
  await page.locator('main form button').click();
  await page.waitForURL(/\/en\/account$/);
  await page.goto(`${shop.origin}/en/account/orders`);
  expect(await page.locator('main').innerText()).toContain(placed.number);
  await context.close();
});
