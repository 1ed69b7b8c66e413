import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { audit } from '../../src/audit/index.js';
import type { Locale } from '../../src/lib/locale.js';
import { translator } from '../../src/platform/i18n.js';
import { launchBrowser } from '../support/browser.js';
import { PASSWORD } from '../support/customer.js';
import { linkTo, lettersTo } from '../support/letter-links.js';
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

const NEXT = '둘째 비밀번호 – oʻzgargan';

interface Reader {
  page: Page;
  locale: Locale;
}
const keyed = ({ page, locale }: Reader) => {
  const t = translator(locale);
  return {
    t,
    press: (key: string) => page.getByRole('button', { name: t(key), exact: true }).click(),
    fill: (key: string, value: string) => page.getByLabel(t(key), { exact: true }).fill(value),
    tick: (name: string, value = 'yes') => page.locator(`[name=${name}][value=${value}]`).check(),
    at: (path: string) => page.waitForURL(`${shop.origin}/${locale}${path}`),
    flash: async () => (await page.locator('#flash').textContent())?.trim(),
  };
};

async function register(reader: Reader, email: string): Promise<void> {
  const { page, locale } = reader;
  const { t, press, fill, tick, at } = keyed(reader);
  await page.goto(`${shop.origin}/${locale}/sign-in`);
  await page.locator('main a[href$="/register"]').click();
  await at('/register');
  await press('accounts.register.submit');
  await page.locator('.error-summary').waitFor();
  expect(await page.title()).toContain(t('shared.errorTitle', { title: t('accounts.register.title') }));
  // The first link of the summary leads into the first field.
  await page.locator('.error-summary a').first().click();
  await page.locator('#name').fill('Aziza Karimova');
  await page.locator('#email').fill(email);
  await fill('accounts.register.password', PASSWORD);
  await tick('age');
  await tick('terms');
  await tick('privacy');
  await press('accounts.register.submit');
  await at('/register/sent');
}

async function signIn(reader: Reader, email: string, password: string): Promise<void> {
  const { press, fill } = keyed(reader);
  await fill('accounts.signIn.email', email);
  await fill('accounts.signIn.password', password);
  await press('accounts.signIn.submit');
}

const cases = [
  { locale: 'en', javaScriptEnabled: true },
  { locale: 'en', javaScriptEnabled: false },
  { locale: 'ko', javaScriptEnabled: true },
  { locale: 'uz', javaScriptEnabled: false },
] as const;

describe.each(cases)('in $locale, with scripts: $javaScriptEnabled', ({ locale, javaScriptEnabled }) => {
  it('somebody registers, confirms the address, signs out, forgets the password and sets another', async () => {
    const context = await browser.newContext({ javaScriptEnabled, locale });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const wrong: string[] = [];
    page.on('pageerror', error => wrong.push(error.message));
    page.on('console', message => {
      if (message.type() === 'error' && !/ (?:422|404) /.test(message.text())) wrong.push(message.text());
    });
    page.on('request', request => {
      if (!request.url().startsWith(shop.origin) && !request.url().startsWith('data:'))
        wrong.push(request.url());
    });
    const reader = { page, locale };
    const { t, press, fill, at, flash } = keyed(reader);
    const email = `walker.${locale}.${javaScriptEnabled}@example.com`;

    await register(reader, email);
    await page.goto(shop.origin + (await linkTo(shop, email, 'verify-email')));
    await press('accounts.verify.submit');
    await at('/account');
    expect(await flash()).toBe(t('accounts.verify.done'));

    await press('my-account.signOut');
    await at('/sign-in');
    await page.locator('main a[href$="/forgot-password"]').click();
    await at('/forgot-password');
    await fill('accounts.signIn.email', email);
    await press('accounts.forgot.submit');
    await at('/forgot-password/sent');

    const link = await linkTo(shop, email, 'reset-password');
    await page.goto(shop.origin + link);
    await page.locator('#next').fill('short');
    await press('accounts.reset.submit');
    await page.locator('.error-summary').waitFor();
    await page.locator('#next').fill(NEXT);
    await press('accounts.reset.submit');
    await at('/sign-in');
    expect(await flash()).toBe(t('accounts.reset.done'));

    await signIn(reader, email, PASSWORD);
    await page.locator('.error-summary').waitFor();
    await signIn(reader, email, NEXT);
    await at('/account');
    // A second look at a link that was used has a page with a way on.
    await page.goto(shop.origin + link);
    expect(await page.locator('h1').textContent()).toBe(t('accounts.gone.title'));

    const subjects = (await lettersTo(shop, email)).map(({ subject }) => subject);
    const told = ['user_password_changed', 'user_reset', 'user_verify'];
    expect(subjects).toEqual(told.map(kind => t(`mail.${kind}.subject`, { shop: shop.config.shop.name })));
    expect(wrong).toEqual([]);
    expect(await audit(shop.db)).toEqual([]);
    await context.close();
  });
});
