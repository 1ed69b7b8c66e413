import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SECOND } from '../../src/lib/time.js';
import { translator } from '../../src/platform/i18n.js';
import { authenticator, codesOn, secretOn, type Authenticator } from '../support/authenticator.js';
import { launchBrowser } from '../support/browser.js';
import { makeCustomer, PASSWORD } from '../support/customer.js';
import { startShop, type Shop } from '../support/shop.js';

vi.setConfig({ testTimeout: 60_000 });

let shop: Shop;
let browser: Browser;
beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop({ seeded: false }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await shop.close();
});

const t = translator('en');
const press = (page: Page, key: string) => page.getByRole('button', { name: t(key), exact: true }).click();

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto(`${shop.origin}/en/sign-in`);
  await page.getByLabel(t('accounts.signIn.email')).fill(email);
  await page.getByLabel(t('accounts.signIn.password')).fill(PASSWORD);
  await press(page, 'accounts.signIn.submit');
}

async function setUp(page: Page): Promise<Authenticator> {
  await page.goto(`${shop.origin}/en/account/security`);
  await page.getByRole('link', { name: t('accounts.secondFactor.begin') }).click();
  await press(page, 'accounts.secondFactor.begin');
  const app = authenticator(shop, secretOn(await page.content()));
  await page.locator('[name=code]').fill('000000');
  await press(page, 'accounts.secondFactor.setup.submit');
  await page.locator('.error-summary').waitFor();
  expect(await page.title()).toContain(
    t('shared.errorTitle', { title: t('accounts.secondFactor.setup.title') }),
  );
  await page.locator('[name=code]').fill(app.code());
  await press(page, 'accounts.secondFactor.setup.submit');
  await page.waitForURL(/recovery-codes$/);
  const codes = codesOn(await page.content());
  expect(codes).toHaveLength(10);
  // What is printed is the codes and whose they are, without what leads elsewhere.
  await page.emulateMedia({ media: 'print' });
  const printed = await page.locator('main').innerText();
  expect(printed).toContain(codes[9]);
  expect(printed).not.toContain(t('my-account.menu.orders'));
  await page.emulateMedia({ media: null });
  await page.reload();
  expect(codesOn(await page.content())).toEqual(codes);
  await press(page, 'accounts.recoveryCodes.submit');
  await page.waitForURL(/second-factor$/);
  return { ...app, codes };
}

describe.each([
  ['with scripts', true],
  ['without scripts', false],
])('%s', (_how, javaScriptEnabled) => {
  it('somebody sets a second factor up, and signs in with a code and with a recovery code', async () => {
    const { email } = await makeCustomer(shop);
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on('pageerror', error => wrong.push(error.message));
    page.on('console', message => {
      if (message.type() === 'error' && !message.text().includes('422')) wrong.push(message.text());
    });
    await signIn(page, email);
    await page.waitForURL(/\/account$/);
    const app = await setUp(page);

    await press(page, 'my-account.signOut');
    await page.waitForURL(/sign-in$/);
    shop.advance(31 * SECOND);
    await signIn(page, email);
    await page.waitForURL(/sign-in\/code$/);
    await page.getByLabel(t('accounts.code.label'), { exact: true }).fill(app.code());
    await press(page, 'accounts.signIn.submit');
    await page.waitForURL(/\/account$/);

    await press(page, 'my-account.signOut');
    await page.waitForURL(/sign-in$/);
    await signIn(page, email);
    await page.waitForURL(/sign-in\/code$/);
    await page.getByText(t('accounts.code.lost')).click();
    await page.getByLabel(t('accounts.code.recovery')).fill(app.codes[2]!);
    await press(page, 'accounts.signIn.submit');
    await page.waitForURL(/\/account$/);
    expect(await page.locator('#flash').textContent()).toContain('9 are left');
    expect(wrong).toEqual([]);
    await context.close();
  });
});
