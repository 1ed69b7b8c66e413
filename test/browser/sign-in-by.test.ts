import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { translator } from '../../src/platform/i18n.js';
import { launchBrowser } from '../support/browser.js';
import { startShop, type Shop } from '../support/shop.js';

vi.setConfig({ testTimeout: 90_000 });

let shop: Shop;
let browser: Browser;
beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await shop.close();
});

/** People of the stand-ins whose provider answers for their address, and one without any. */
const NEW = { google: 'Gulnora Karimova', kakao: '김하늘' } as const;
const NO_ADDRESS = { google: 'No Address', kakao: '최민준' } as const;

describe.each([
  { provider: 'google', locale: 'uz', scripts: true },
  { provider: 'google', locale: 'en', scripts: false },
  { provider: 'kakao', locale: 'ko', scripts: true },
  { provider: 'kakao', locale: 'en', scripts: false },
] as const)('$provider in $locale, scripts $scripts', ({ provider, locale, scripts }) => {
  const t = translator(locale);

  async function open() {
    const context = await browser.newContext({ javaScriptEnabled: scripts, locale });
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on('console', message => void (message.type() === 'error' && wrong.push(message.text())));
    page.on('pageerror', error => wrong.push(error.message));
    const arriveAs = async (name: string, from: string) => {
      await page.goto(`${shop.origin}/${locale}${from}`);
      await page.getByRole('link', { name: t(`accounts.provider.continue.${provider}`) }).click();
      await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
    };
    const agree = async () => {
      await page.check('[name=age][value=yes]');
      await page.check('[name=terms]');
      await page.check('[name=privacy]');
      await page.getByRole('button', { name: t('accounts.register.submit') }).click();
    };
    return { page, wrong, arriveAs, agree };
  }

  test('a new person comes in, signs out, and comes in again without being asked', async () => {
    await shop.db('users').where({ role: 'customer' }).delete();
    const { page, wrong, arriveAs, agree } = await open();
    await arriveAs(NEW[provider], '/register');
    await page.waitForURL(`**/${locale}/register/complete`);
    await agree();
    await page.waitForURL(`**/${locale}/account`);
    await page.locator('main form[action$="/sign-out"] button').click();
    await page.waitForURL(url => !url.pathname.includes('/account'));
    await arriveAs(NEW[provider], '/sign-in');
    await page.waitForURL(`**/${locale}/account`);
    expect(wrong).toEqual([]);
    expect(await audit(shop.db)).toEqual([]);
  });

  test('whoever turns back is told so where they were', async () => {
    const { page, wrong } = await open();
    await page.goto(`${shop.origin}/${locale}/sign-in`);
    await page.getByRole('link', { name: t(`accounts.provider.continue.${provider}`) }).click();
    await page.locator('button[value=access_denied]').click();
    await page.waitForURL(`**/${locale}/sign-in`);
    const name = t(`accounts.provider.name.${provider}`);
    await page.getByText(t('accounts.provider.flash.canceled', { provider: name })).waitFor();
    expect(wrong).toEqual([]);
  });

  test('whoever shares no address gets a letter, and is in by its link', async () => {
    const email = `${provider}.${locale}@example.com`;
    const { page, wrong, arriveAs, agree } = await open();
    await arriveAs(NO_ADDRESS[provider], '/sign-in');
    await page.fill('[name=email]', email);
    await agree();
    await page.waitForURL(`**/${locale}/register/complete/sent`);
    await shop.settled();
    const letter = shop.mail.letters().find(({ to }) => JSON.stringify(to).includes(email));
    await page.goto(/https?:\/\/\S+\/link-identity\/[\w-]+/.exec(letter!.text)![0]);
    await page.getByRole('button', { name: t('accounts.link.submit') }).click();
    await page.waitForURL(`**/${locale}/account`);
    expect(wrong).toEqual([]);
    await shop.db('identities').delete();
  });
});
