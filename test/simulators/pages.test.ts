import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createStripeGateway } from '../../src/payments/gateways/stripe.js';
import { createTossGateway } from '../../src/payments/gateways/toss.js';
import {
  startMailSimulator,
  startStripeSimulator,
  startTossSimulator,
  type StripeSimulator,
  type TossSimulator,
} from '../../src/simulators/index.js';
import { makeAttempt } from '../payments/gateway-attempt.js';
import { launchBrowser } from '../support/browser.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser: Browser;
let context: BrowserContext;
let tab: Page;
let shop: Server;
let shopOrigin: string;
let stripe: StripeSimulator;
let toss: TossSimulator;

beforeAll(async () => {
  browser = await launchBrowser();
  shop = createServer((_req, res) => {
    res
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><title>shop</title><h1>shop</h1>');
  });
  await new Promise<void>(resolve => shop.listen(0, '127.0.0.1', resolve));
  shopOrigin = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
}, 60_000);
afterAll(async () => {
  await browser.close();
  shop.closeAllConnections();
  shop.close();
});
beforeEach(async () => {
  stripe = await startStripeSimulator({ port: 0, secretKey: 'sk_test_x', webhook: null });
  toss = await startTossSimulator({ port: 0, secretKey: 'test_sk_x', webhook: null });
  context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-US' });
  tab = await context.newPage();
});
afterEach(async () => {
  await context.close();
  await Promise.all([stripe.close(), toss.close()]);
});

const attemptAt = (given: object = {}) =>
  makeAttempt({ returnUrl: `${shopOrigin}/return/1`, cancelUrl: `${shopOrigin}/canceled/1`, ...given });

async function stripePage(given: object = {}): Promise<string> {
  const { origin } = stripe;
  const config = { secretKey: 'sk_test_x', webhookSecrets: [], apiOrigin: origin, checkoutOrigin: origin };
  const result = await createStripeGateway(config).start(attemptAt(given));
  return result.ok ? result.redirectUrl : '';
}

async function tossWindow(given: object = {}): Promise<string> {
  const gateway = createTossGateway({ secretKey: 'test_sk_x', apiOrigin: toss.origin });
  const result = await gateway.start(attemptAt(given));
  return result.ok ? result.redirectUrl : '';
}

const press = (name: string) => tab.getByRole('button', { name, exact: true }).click();
const follow = (name: string) => tab.getByRole('link', { name, exact: true }).click();
const heading = () => tab.locator('h1').innerText();

describe('without JavaScript, the Stripe page', () => {
  test('refuses a card, takes the next, and goes back to the shop', async () => {
    await tab.goto(await stripePage({ locale: 'en', amount: { amount: 129_999, currency: 'USD' } }));
    expect(await tab.locator('html').getAttribute('lang')).toBe('en');
    expect(await tab.getByText('Simulated – no money moves').isVisible()).toBe(true);
    await press('Pay with a card that is declined');
    expect(await tab.getByRole('alert').innerText()).toContain('declined');
    await tab.getByLabel('Card number').fill('4000 0000 0000 0002');
    await press('Pay $1,299.99');
    expect(stripe.sessions()[0]?.status).toBe('open');
    await press('Pay $1,299.99');
    await tab.waitForURL(`${shopOrigin}/return/1?session_id=${stripe.sessions()[0]?.id}`);
    expect(stripe.sessions()[0]?.payment_status).toBe('paid');
    await tab.goBack();
    await follow('Continue to the shop');
    expect(await heading()).toBe('shop');
  });

  test('lets the buyer go back, pay later, or do nothing in time, in Korean', async () => {
    const url = await stripePage();
    await tab.goto(url);
    expect(await tab.locator('html').getAttribute('lang')).toBe('ko');
    await follow('상점으로 돌아가기');
    expect(tab.url()).toBe(`${shopOrigin}/canceled/1`);
    await tab.goto(url);
    await press('나중에 계좌 이체로 결제하기');
    await tab.waitForURL(/return\/1\?session_id=/);
    expect(stripe.sessions()[0]).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
    await tab.goto(stripe.origin);
    await press('Transfer arrives');
    expect(stripe.sessions()[0]).toMatchObject({ payment_status: 'paid' });
    await tab.goto(await stripePage());
    await press('결제 시간 만료시키기');
    expect(await heading()).toBe('이 결제 페이지는 닫혔습니다');
    expect(stripe.sessions()[1]?.status).toBe('expired');
  });

  test('is English for an Uzbek buyer with an English browser', async () => {
    await tab.goto(await stripePage({ locale: 'uz', amount: { amount: 1_690_000_000, currency: 'UZS' } }));
    expect(await heading()).toBe('Pay for your order');
    expect((await tab.goto(`${stripe.origin}/c/pay/cs_test_none`))?.status()).toBe(404);
  });
});

describe('without JavaScript, the Stripe dashboard', () => {
  test('gives money back, lets a refund wait, come back, and a buyer dispute', async () => {
    await stripePage({ locale: 'en', amount: { amount: 10_000, currency: 'USD' } });
    await stripe.pay(stripe.sessions()[0]?.id ?? '');
    await tab.goto(stripe.origin);
    await tab.getByLabel(/Smallest units/).fill('2500');
    await press('Refund by hand');
    expect(stripe.refunds()).toMatchObject([{ amount: 2_500, status: 'succeeded' }]);
    await press('It comes back');
    expect(stripe.refunds()).toMatchObject([{ status: 'failed' }]);
    await tab.getByLabel('The bank takes its time').check();
    await press('Refund by hand');
    expect(stripe.refunds()[1]).toMatchObject({ amount: 10_000, status: 'pending' });
    await press('Bank took it');
    expect(stripe.refunds()[1]?.status).toBe('succeeded');
    await press('Refund by hand');
    expect(await tab.locator('main').innerText()).toContain('already been refunded');
    await follow('Back to the lists');
    await press('Buyer disputes it');
    await press('Shop answers');
    expect(stripe.disputes()).toMatchObject([{ status: 'under_review' }]);
    await press('Shop loses');
    expect(stripe.disputes()).toMatchObject([{ status: 'lost' }]);
  });
});

describe('without JavaScript, the Toss window', () => {
  test('approves and goes back, and a second click leads to the same place', async () => {
    const url = await tossWindow();
    await tab.goto(url);
    expect(await tab.locator('html').getAttribute('lang')).toBe('ko');
    await press('₩1,290,000 결제 승인');
    await tab.waitForURL(/return\/1\?paymentType=NORMAL&orderId=.*&amount=1290000$/);
    expect(toss.payments()[0]?.status).toBe('IN_PROGRESS');
    const back = tab.url();
    await tab.goto(url);
    await follow('상점으로 계속');
    expect(tab.url()).toBe(back);
  });

  test('refuses, cancels and closes', async () => {
    const url = await tossWindow({ locale: 'en' });
    await tab.goto(url);
    await press('Be refused by the card company');
    expect(tab.url()).toContain('canceled/1?code=REJECT_CARD_COMPANY');
    await tab.goto(url);
    await press('Cancel the payment');
    expect(tab.url()).toContain('canceled/1?code=PAY_PROCESS_CANCELED');
    await tab.goto(url);
    await follow('Close the window');
    expect(await heading()).toBe('The window is closed');
    expect(toss.payments()[0]?.status).toBe('READY');
  });
});

test('every page passes axe, and loads nothing from elsewhere', async () => {
  const mail = await startMailSimulator({ smtpPort: 0, httpPort: 0 });
  const paidLater = await stripePage();
  await stripe.payLater(stripe.sessions()[0]?.id ?? '');
  const declined = await stripePage();
  await stripe.decline(stripe.sessions()[1]?.id ?? '');
  await stripePage();
  const charged = stripe.sessions()[2]?.id ?? '';
  await stripe.pay(charged);
  stripe.trouble({ kind: 'refunds-pending' });
  stripe.refundByHand(charged, 1);
  await stripe.openDispute(charged);
  const window = await tossWindow();
  const over = await tossWindow();
  toss.approve(toss.payments()[1]?.paymentKey ?? '');
  const pages = [
    paidLater,
    declined,
    stripe.origin,
    window,
    over,
    `${window}/closed`,
    toss.origin,
    mail.origin,
  ];
  const checking = await browser.newContext({ bypassCSP: true });
  const checked = await checking.newPage();
  const problems: string[] = [];
  checked.on('request', request => {
    if (!request.url().startsWith('http://127.0.0.1') && !request.url().startsWith('data:'))
      problems.push(request.url());
  });
  for (const colorScheme of ['light', 'dark'] as const) {
    await checked.emulateMedia({ colorScheme });
    for (const url of pages) {
      await checked.goto(url);
      await checked.evaluate(axe);
      const found = await checked.evaluate(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + " " + nodes[0].html))',
      );
      problems.push(...(found as string[]).map(problem => `${colorScheme} ${url}: ${problem}`));
    }
  }
  await checking.close();
  await mail.close();
  expect(problems).toEqual([]);
}, 60_000);
