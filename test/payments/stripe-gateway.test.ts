import { Stripe } from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Attempt, Gateway } from '../../src/payments/gateways/gateway.js';
import { createStripeGateway, type StripeConfig } from '../../src/payments/gateways/stripe.js';
import { startStripeSimulator, type StripeSimulator } from '../../src/simulators/index.js';
import { makeAttempt } from './gateway-attempt.js';

const KEY = 'sk_test_gateway';
let stripe: StripeSimulator;
let gateway: Gateway;

function gatewayWith(given: Partial<StripeConfig> = {}): Gateway {
  return createStripeGateway({
    secretKey: KEY,
    webhookSecrets: ['whsec_one'],
    apiOrigin: stripe.origin,
    checkoutOrigin: stripe.origin,
    ...given,
  });
}

/** Opens the page and gives the attempt back as its row now stands. */
async function started(attempt: Attempt = makeAttempt()): Promise<Attempt & { providerId: string }> {
  const result = await gateway.start(attempt);
  if (!result.ok) throw new Error(`not started: ${result.code}`);
  return { ...attempt, providerId: result.providerId };
}

const creates = () =>
  stripe.requests().filter(({ method, path }) => method === 'POST' && path === '/v1/checkout/sessions');

beforeEach(async () => {
  stripe = await startStripeSimulator({ port: 0, secretKey: KEY, webhook: null });
  gateway = gatewayWith();
});
afterEach(() => stripe.close());

describe('start', () => {
  test('opens one page over the order total, for the attempt alone', async () => {
    const attempt = makeAttempt({ expiresAt: new Date(Math.floor(Date.now() / 1000) * 1000 + 30 * 60_000) });
    const result = await gateway.start(attempt);
    const [session] = stripe.sessions();
    expect(result).toEqual({ ok: true, providerId: session?.id, redirectUrl: session?.url });
    expect(session).toMatchObject({
      mode: 'payment',
      amount_total: 1_290_000,
      currency: 'krw',
      client_reference_id: attempt.reference,
      metadata: { reference: attempt.reference, order_number: 'T-2026-0001' },
      customer_email: 'buyer@example.com',
      locale: 'ko',
      adaptive_pricing: { enabled: false },
      success_url: `${attempt.returnUrl}?session_id={CHECKOUT_SESSION_ID}`,
      cancel_url: attempt.cancelUrl,
      expires_at: attempt.expiresAt.getTime() / 1000 + 300,
    });
    expect(creates()).toHaveLength(1);
    expect(creates()[0]?.idempotencyKey).toBe(`start-${attempt.reference}`);
  });

  test('said twice leads to the same page, even later and at once', async () => {
    const attempt = makeAttempt();
    const [one, two] = await Promise.all([gateway.start(attempt), gateway.start(attempt)]);
    stripe.advance(10 * 60_000);
    expect(two).toEqual(one);
    expect(await gateway.start(attempt)).toEqual(one);
    expect(stripe.sessions()).toHaveLength(1);
  });

  test.each([
    { currency: 'USD', amount: 129_999, locale: 'en', sent: 'en' },
    { currency: 'UZS', amount: 1_690_000_000, locale: 'uz', sent: 'auto' },
    { currency: 'KRW', amount: 50, locale: 'ko', sent: 'ko' },
  ] as const)(
    'charges $amount of the smallest unit of $currency',
    async ({ currency, amount, locale, sent }) => {
      const attempt = await started(makeAttempt({ amount: { amount, currency }, locale }));
      const [session] = stripe.sessions();
      expect(session).toMatchObject({ amount_total: amount, currency: currency.toLowerCase(), locale: sent });
      await stripe.pay(attempt.providerId);
      expect(await gateway.ask(attempt)).toMatchObject({ state: 'captured', amount, currency });
    },
  );

  test('a refusal is told as one, with a code and no words of Stripe', async () => {
    const tooSmall = makeAttempt({ amount: { amount: 49, currency: 'KRW' } });
    expect(await gateway.start(tooSmall)).toEqual({ ok: false, reason: 'refused', code: 'amount_too_small' });
    const tooLate = makeAttempt({ expiresAt: new Date(Date.now() + 60_000) });
    expect(await gateway.start(tooLate)).toMatchObject({ ok: false, reason: 'refused' });
    const wrongKey = gatewayWith({ secretKey: 'sk_test_other' });
    expect(await wrongKey.start(makeAttempt())).toMatchObject({ ok: false, reason: 'refused' });
  });

  test('refuses a page on another origin', async () => {
    const strict = gatewayWith({ checkoutOrigin: 'https://checkout.stripe.com' });
    expect(await strict.start(makeAttempt())).toEqual({
      ok: false,
      reason: 'refused',
      code: 'redirect_origin',
    });
  });

  test('an error before the effect is tried again with the same key', async () => {
    stripe.trouble({ kind: 'error', effect: 'before', on: 'create', times: 1 });
    const attempt = await started();
    expect(creates().map(call => call.idempotencyKey)).toEqual(Array(2).fill(`start-${attempt.reference}`));
    expect(stripe.sessions()).toHaveLength(1);
  });

  test('a kept 500 hides no page', async () => {
    stripe.trouble({ kind: 'error', effect: 'after', on: 'create', times: 1 });
    const attempt = makeAttempt();
    const result = await gateway.start(attempt);
    expect(result).toMatchObject({ ok: true, providerId: stripe.sessions()[0]?.id });
    expect(await gateway.ask(attempt)).toMatchObject({ state: 'open', providerId: stripe.sessions()[0]?.id });
    expect(stripe.sessions()).toHaveLength(1);
  });

  test('gives up in time when Stripe hangs', async () => {
    const hurried = gatewayWith({ timeoutMs: 400 });
    stripe.trouble({ kind: 'hang', effect: 'before' });
    const begun = performance.now();
    expect(await hurried.start(makeAttempt())).toMatchObject({ ok: false, reason: 'unavailable' });
    expect(await hurried.ask(makeAttempt({ providerId: 'cs_test_abc' }))).toMatchObject({ state: 'unknown' });
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  test('a port where nobody listens is unavailable', async () => {
    const lonely = gatewayWith({ apiOrigin: 'http://127.0.0.1:1', timeoutMs: 1_000 });
    expect(await lonely.start(makeAttempt())).toMatchObject({ ok: false, reason: 'unavailable' });
    expect(await lonely.ask(makeAttempt())).toMatchObject({ state: 'unknown' });
  });
});

describe('ask', () => {
  test('knows every state', async () => {
    const attempt = await started();
    const { providerId } = attempt;
    const url = stripe.sessions()[0]?.url;
    expect(await gateway.ask(attempt)).toEqual({ state: 'open', providerId, redirectUrl: url });
    await stripe.decline(providerId);
    expect(await gateway.ask(attempt)).toEqual({ state: 'open', providerId, redirectUrl: url });
    await stripe.pay(providerId);
    expect(await gateway.ask(attempt)).toEqual({
      state: 'captured',
      providerId,
      transactionId: stripe.sessions()[0]?.payment_intent,
      amount: 1_290_000,
      currency: 'KRW',
      reference: attempt.reference,
      live: false,
    });

    const late = await started();
    await stripe.payLater(late.providerId);
    expect(await gateway.ask(late)).toEqual({ state: 'pending', providerId: late.providerId });
    await stripe.settleLater(late.providerId, 'fail');
    expect(await gateway.ask(late)).toMatchObject({ state: 'failed' });

    const good = await started();
    await stripe.payLater(good.providerId);
    await stripe.settleLater(good.providerId, 'succeed');
    expect(await gateway.ask(good)).toMatchObject({ state: 'captured', amount: 1_290_000 });

    const slow = await started();
    stripe.advance(36 * 60_000);
    expect(await gateway.ask(slow)).toEqual({ state: 'expired' });
    expect(await gateway.ask({ ...slow, providerId: 'cs_test_nobody' })).toEqual({ state: 'missing' });
  });

  test('finds the page when the answer to start was lost', async () => {
    stripe.trouble({ kind: 'cut', on: 'create', times: 1 });
    const attempt = makeAttempt();
    expect(await gateway.start(attempt)).toMatchObject({ ok: false, reason: 'unavailable' });
    const [session] = stripe.sessions();
    expect(await gateway.ask(attempt)).toEqual({
      state: 'open',
      providerId: session?.id,
      redirectUrl: session?.url,
    });
    await stripe.pay(session?.id ?? '');
    // The remembered answer still says "open"; what counts is what the session says now.
    expect(await gateway.ask(attempt)).toMatchObject({ state: 'captured', reference: attempt.reference });
    expect(stripe.sessions()).toHaveLength(1);
  });

  test('finds the page although the order has another name by now', async () => {
    const { providerId, ...attempt } = await started();
    const renamed = { ...attempt, providerId: null, orderName: 'Folding treadmill' };
    expect(await gateway.ask(renamed)).toMatchObject({ state: 'open', providerId });
  });

  test('an attempt that never reached Stripe and no longer can is missing', async () => {
    const attempt = makeAttempt({ expiresAt: new Date(Date.now() - 60_000) });
    expect(await gateway.ask(attempt)).toEqual({ state: 'missing' });
    expect(stripe.sessions()).toHaveLength(0);
  });

  test('concludes nothing from a failure', async () => {
    const attempt = await started();
    stripe.trouble({ kind: 'cut', on: 'retrieve', times: 1 });
    expect(await gateway.ask(attempt)).toMatchObject({ state: 'unknown' });
    stripe.trouble({ kind: 'error', effect: 'before', on: 'retrieve' });
    expect(await gateway.ask(attempt)).toMatchObject({ state: 'unknown' });
    stripe.calm();
    const wrongKey = gatewayWith({ secretKey: 'sk_test_other' });
    expect(await wrongKey.ask(attempt)).toMatchObject({ state: 'unknown' });
    const otherMode = { ...attempt, providerId: attempt.providerId.replace('cs_test_', 'cs_live_') };
    expect(await gateway.ask(otherMode)).toEqual({ state: 'unknown', code: 'other_mode' });
  });

  test('never lists all sessions for an id that is none', async () => {
    const attempt = await started();
    for (const providerId of ['', '../sessions', 'cs_test_a/../b']) {
      expect(await gateway.ask({ ...attempt, providerId })).toMatchObject({ providerId: attempt.providerId });
    }
    const lists = stripe
      .requests()
      .filter(({ method, path }) => method === 'GET' && /sessions\/?(\?|$)/.test(path));
    expect(lists).toEqual([]);
  });

  test('reports another sum than was asked for', async () => {
    const attempt = await started();
    await stripe.pay(attempt.providerId, { amount: 100 });
    expect(await gateway.ask(attempt)).toMatchObject({ state: 'captured', amount: 100, currency: 'KRW' });
  });

  test('the return of the browser is only an occasion to ask', async () => {
    const attempt = await started();
    const other = await started();
    await stripe.pay(other.providerId);
    const forged = { session_id: other.providerId };
    expect(await gateway.complete(attempt, forged)).toMatchObject({
      state: 'open',
      providerId: attempt.providerId,
    });
    await stripe.pay(attempt.providerId);
    expect(await gateway.complete(attempt, {})).toMatchObject({
      state: 'captured',
      reference: attempt.reference,
    });
  });
});

describe('close', () => {
  test('makes an open page unpayable', async () => {
    const attempt = await started();
    expect(await gateway.close(attempt)).toEqual({ state: 'expired' });
    await stripe.pay(attempt.providerId);
    expect(await gateway.ask(attempt)).toEqual({ state: 'expired' });
    expect(await gateway.close(attempt)).toEqual({ state: 'expired' });
  });

  test('tells when the buyer was faster', async () => {
    const attempt = await started();
    await stripe.pay(attempt.providerId);
    expect(await gateway.close(attempt)).toMatchObject({ state: 'captured' });
    const late = await started();
    await stripe.payLater(late.providerId);
    expect(await gateway.close(late)).toMatchObject({ state: 'pending' });
  });

  test('never calls a paid page expired, however the two race', async () => {
    for (let round = 0; round < 10; round += 1) {
      const attempt = await started();
      const page = `${stripe.origin}/c/pay/${attempt.providerId}/pay`;
      const click = () => fetch(page, { method: 'POST', redirect: 'manual' });
      const first = round % 2 === 0 ? click() : null;
      const [found] = await Promise.all([gateway.close(attempt), first ?? click()]);
      const session = stripe.sessions().find(({ id }) => id === attempt.providerId);
      expect(found.state).toBe(session?.payment_status === 'paid' ? 'captured' : 'expired');
    }
  });

  test('closes a page whose id was never learnt', async () => {
    stripe.trouble({ kind: 'cut', on: 'create', times: 1 });
    const attempt = makeAttempt();
    await gateway.start(attempt);
    expect(await gateway.close(attempt)).toEqual({ state: 'expired' });
    expect(stripe.sessions().map(({ status }) => status)).toEqual(['expired']);
  });

  test('does not claim what it could not bring about', async () => {
    const attempt = await started();
    stripe.trouble({ kind: 'error', effect: 'before', on: 'expire' });
    expect(await gateway.close(attempt)).toEqual({ state: 'unknown', code: 'still_open' });
    stripe.calm();
    stripe.trouble({ kind: 'error', effect: 'after', on: 'expire', times: 1 });
    expect(await gateway.close(attempt)).toEqual({ state: 'expired' });
  });
});

describe('webhooks', () => {
  const event = {
    id: 'evt_1',
    object: 'event',
    type: 'checkout.session.completed',
    livemode: false,
    data: {
      object: {
        id: 'cs_test_abc',
        object: 'checkout.session',
        client_reference_id: 'pay_1',
        note: '러닝머신',
      },
    },
  };
  // Odd spacing and Korean text: a body that was parsed and written again no longer matches its signature.
  const body = `{ "id" :"evt_1",\n\t${JSON.stringify(event).slice(14)}`;
  const sign = (payload: string, secret = 'whsec_one', age = 0) =>
    Stripe.webhooks.generateTestHeaderString({
      payload,
      secret,
      timestamp: Math.floor(Date.now() / 1000) - age,
    });
  const read = (payload: string, signature: string | string[] | undefined, from = gateway) =>
    from.readWebhook(Buffer.from(payload), { 'stripe-signature': signature });

  test('a signed delivery is read from its untouched bytes', () => {
    expect(read(body, sign(body))).toEqual({
      ok: true,
      eventId: 'evt_1',
      type: 'checkout.session.completed',
      reference: 'pay_1',
      providerId: 'cs_test_abc',
      transactionId: null,
      signed: true,
    });
    expect(read(JSON.stringify(JSON.parse(body)), sign(body))).toEqual({ ok: false, reason: 'signature' });
  });

  test('an intent names the attempt in its metadata', () => {
    const payload = JSON.stringify({
      ...event,
      type: 'payment_intent.payment_failed',
      data: { object: { id: 'pi_1', object: 'payment_intent', metadata: { reference: 'pay_1' } } },
    });
    expect(read(payload, sign(payload))).toMatchObject({ ok: true, reference: 'pay_1', providerId: null });
  });

  test('whatever is not signed well is refused', () => {
    const bad = { ok: false, reason: 'signature' };
    expect(read(body, sign(body, 'whsec_other'))).toEqual(bad);
    expect(read(body, sign(body, 'whsec_one', 301))).toEqual(bad);
    expect(read(body.replace('pay_1', 'pay_2'), sign(body))).toEqual(bad);
    expect(read(body, undefined)).toEqual(bad);
    expect(read(body, '')).toEqual(bad);
    expect(read(body, 'nonsense')).toEqual(bad);
    expect(read(body, [sign(body), sign(body)])).toEqual(bad);
    expect(read(body, sign(body).replace('v1=', 'v0='))).toEqual(bad);
    expect(read('not json', sign('not json'))).toEqual(bad);
    expect(read('null', sign('null'))).toEqual(bad);
    expect(read('', sign(''))).toEqual(bad);
    expect(read(body, sign(body), gatewayWith({ webhookSecrets: [] }))).toEqual(bad);
  });

  test('a delivery a little under five minutes old still counts', () => {
    expect(read(body, sign(body, 'whsec_one', 295))).toMatchObject({ ok: true });
  });

  test('both secrets count while one is being rolled', () => {
    const rolling = gatewayWith({ webhookSecrets: ['whsec_new', 'whsec_one'] });
    expect(read(body, sign(body), rolling)).toMatchObject({ ok: true });
    expect(read(body, sign(body, 'whsec_new'), rolling)).toMatchObject({ ok: true });
  });

  test('an event of the other mode is refused', () => {
    const live = gatewayWith({ secretKey: 'sk_live_x' });
    expect(live.live).toBe(true);
    expect(read(body, sign(body), live)).toEqual({ ok: false, reason: 'malformed' });
    const payload = body.replace('"livemode":false', '"livemode":true');
    expect(read(payload, sign(payload))).toEqual({ ok: false, reason: 'malformed' });
    expect(read(payload, sign(payload), gatewayWith({ secretKey: 'rk_live_x' }))).toMatchObject({ ok: true });
  });

  test('signed text without an object is malformed', () => {
    const payload = JSON.stringify({ id: 'evt_1', object: 'event', type: 'x', livemode: false });
    expect(read(payload, sign(payload))).toEqual({ ok: false, reason: 'malformed' });
  });
});
