import { Stripe } from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startStripeSimulator, type StripeSimulator } from '../../src/simulators/index.js';
import { STRIPE_KEY, sessionBody, stripeClient } from './stripe-client.js';
import { openWebhookDesk, type WebhookDesk } from './webhook-desk.js';

const SECRET = 'whsec_simulated';
let desk: WebhookDesk;
let simulator: StripeSimulator;
let stripe: Stripe;
const open = () => stripe.checkout.sessions.create(sessionBody());
const types = () => desk.bodies().map(({ type }) => type);
const MAIN = 'checkout.session.completed';

beforeEach(async () => {
  desk = await openWebhookDesk();
  simulator = await startStripeSimulator({
    port: 0,
    secretKey: STRIPE_KEY,
    webhook: { url: desk.url, secret: SECRET },
    retryDelaysMs: [5, 10],
  });
  stripe = stripeClient(simulator);
});
afterEach(async () => {
  await simulator.close();
  await desk.close();
});

test('every delivery is signed over its very bytes', async () => {
  const session = await open();
  await simulator.pay(session.id);
  await simulator.idle();
  expect(new Set(types())).toEqual(new Set(['charge.succeeded', 'payment_intent.succeeded', MAIN]));
  expect(desk.received).toHaveLength(3);
  for (const { body, headers } of desk.received) {
    const event = Stripe.webhooks.constructEvent(body, String(headers['stripe-signature']), SECRET);
    expect(event).toMatchObject({ object: 'event', livemode: false, api_version: '2026-10-28.endive' });
    // Parsed and written again it would no longer match: a store that does so is found out.
    expect(JSON.stringify(JSON.parse(body.toString()))).not.toBe(body.toString());
  }
});

test('the browser is sent back only when the store has taken the main event', async () => {
  const session = await open();
  let taken = false;
  desk.answerWith(async () => {
    await new Promise(resolve => setImmediate(resolve));
    taken = true;
    return 200;
  });
  await simulator.pay(session.id);
  expect(taken).toBe(true);
});

test('a delayed method tells twice, whether the money comes or not', async () => {
  const [good, bad] = [await open(), await open()];
  await simulator.payLater(good.id);
  await simulator.payLater(bad.id);
  await simulator.settleLater(good.id, 'succeed');
  await simulator.settleLater(bad.id, 'fail');
  await simulator.settleLater(bad.id, 'succeed');
  await simulator.idle();
  expect(types().filter(type => String(type).startsWith('checkout.'))).toEqual([
    MAIN,
    MAIN,
    'checkout.session.async_payment_succeeded',
    'checkout.session.async_payment_failed',
  ]);
});

describe('trouble on the way', () => {
  test('lost', async () => {
    simulator.trouble({ kind: 'webhooks-lost' });
    await simulator.pay((await open()).id);
    await simulator.idle();
    expect(desk.received).toEqual([]);
    simulator.calm();
    await simulator.pay((await open()).id);
    await simulator.idle();
    expect(desk.received).toHaveLength(3);
  });

  test('twice, with the same event id', async () => {
    simulator.trouble({ kind: 'webhooks-duplicated', times: 1 });
    await simulator.expire((await open()).id);
    await simulator.idle();
    const [one, two] = desk.bodies();
    expect(desk.received).toHaveLength(2);
    expect(one?.['id']).toBe(two?.['id']);
  });

  test('held until let go', async () => {
    simulator.trouble({ kind: 'webhooks-held' });
    await simulator.pay((await open()).id);
    await simulator.idle();
    expect(desk.received).toEqual([]);
    simulator.releaseWebhooks();
    await simulator.idle();
    expect(desk.received).toHaveLength(3);
  });

  test('late', async () => {
    simulator.trouble({ kind: 'webhooks-delayed', ms: 50, times: 1 });
    await simulator.expire((await open()).id);
    expect(desk.received).toEqual([]);
    await simulator.idle();
    expect(types()).toEqual(['checkout.session.expired']);
  });

  test('out of order', async () => {
    simulator.trouble({ kind: 'webhooks-reordered', count: 3, times: 1 });
    await simulator.pay((await open()).id);
    await simulator.idle();
    expect(types()).toEqual([MAIN, 'payment_intent.succeeded', 'charge.succeeded']);
  });

  test('before the create call has answered', async () => {
    simulator.trouble({ kind: 'paid-before-answer', times: 1 });
    let answered = false;
    const told: boolean[] = [];
    desk.answerWith(() => {
      told.push(answered);
      return 200;
    });
    const session = await open();
    answered = true;
    await simulator.idle();
    expect(types()).toContain(MAIN);
    expect(told[types().indexOf(MAIN)]).toBe(false);
    // The answer is as old as the call, and the truth is younger.
    expect(session.status).toBe('open');
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ payment_status: 'paid' });
  });

  test('another sum than asked for', async () => {
    simulator.trouble({ kind: 'pay-another-amount', amount: 100, times: 1 });
    const { id } = await open();
    await simulator.pay(id);
    expect(simulator.sessions()[0]).toMatchObject({ amount_total: 100 });
  });
});

describe('a store that does not answer well', () => {
  test('is tried again, with a new time in the signature', async () => {
    desk.answerWith(count => (count < 3 ? 500 : 200));
    await simulator.expire((await open()).id);
    await simulator.idle();
    expect(simulator.deliveries().map(({ tries }) => tries)).toEqual([[500, 500, 200]]);
  });

  test('is given up after a few tries, and a redirect counts as a failure', async () => {
    desk.answerWith(() => 302);
    await simulator.expire((await open()).id);
    await simulator.idle();
    expect(simulator.deliveries().map(({ tries }) => tries)).toEqual([[302, 302, 302]]);
  });

  test('may be down, and may move', async () => {
    simulator.setWebhookUrl('http://127.0.0.1:1/webhooks');
    await simulator.expire((await open()).id);
    await simulator.idle();
    expect(simulator.deliveries().map(({ tries }) => tries)).toEqual([[0, 0, 0]]);
    simulator.setWebhookUrl(desk.url);
    await simulator.expire((await open()).id);
    await simulator.idle();
    expect(desk.received).toHaveLength(1);
  });

  test('does not keep the simulator from closing', async () => {
    desk.answerWith(() => new Promise(() => undefined));
    const expiring = simulator.expire((await open()).id);
    await simulator.close();
    await expect(expiring).resolves.toBeUndefined();
  });
});
