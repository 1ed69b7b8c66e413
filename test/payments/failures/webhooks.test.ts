import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../../src/audit/index.js';
import { MINUTE } from '../../../src/lib/time.js';
import { checkoutFields, fillCart } from '../../support/purchase.js';
import { startShop, type Shop } from '../../support/shop.js';
import { createVisitor } from '../../support/visitor.js';
import { EN, failureDesk, signed, type Attempted } from './store.js';

// Rows 14 to 18 of the known ways in which payment integrations go wrong: Stripe's webhooks.

let shop: Shop;
let desk: ReturnType<typeof failureDesk>;
beforeAll(async () => {
  shop = await startShop();
  desk = failureDesk(shop);
});
afterAll(() => shop.close());
beforeEach(async () => {
  shop.mail.clear();
  await shop.db('rate_limits').delete();
});
afterEach(async () => {
  shop.stripe.calm();
  await shop.settled();
  expect(await audit(shop.db)).toEqual([]);
});

/** What Stripe has recorded since `from`, as the bodies it would send. */
const bodiesSince = (from: number): string[] =>
  shop.stripe
    .events()
    .slice(from)
    .map(event => JSON.stringify(event, null, 2));

/** A paid session whose news have all been lost on the way, and the one delivery that would settle it. */
async function unheard(skip: number): Promise<{ order: Attempted; body: string }> {
  const order = await desk.place(skip);
  const before = shop.stripe.events().length;
  shop.stripe.trouble({ kind: 'webhooks-lost' });
  await shop.stripe.pay(order.providerId);
  shop.stripe.calm();
  const body = bodiesSince(before).find(text => text.includes('"checkout.session.completed"'))!;
  return { order, body };
}

describe('row 14: a webhook is forged or replayed', () => {
  it.each([
    ['without a signature', (body: string) => ({ body, headers: {} })],
    ['with an empty one', (body: string) => ({ body, headers: { 'stripe-signature': '' } })],
    ['with nonsense', (body: string) => ({ body, headers: { 'stripe-signature': 't=1,v1=zz' } })],
    ['with another secret', (body: string) => ({ body, headers: signed(body, { secret: 'whsec_other' }) })],
    [
      'with the other provider’s secret',
      (body: string) => ({ body, headers: signed(body, { secret: 'test_sk_simulated' }) }),
    ],
    ['with an empty secret', (body: string) => ({ body, headers: signed(body, { secret: ' ' }) })],
    ['five minutes and a second old', (body: string) => ({ body, headers: signed(body, { age: 301 }) })],
    [
      'with a body of its own',
      (body: string) => ({ body: body.replace('"complete"', '"complete" '), headers: signed(body) }),
    ],
    [
      'with the signature of an older scheme',
      (body: string) => ({
        body,
        headers: { 'stripe-signature': signed(body)['stripe-signature']!.replace('v1=', 'v0=') },
      }),
    ],
    [
      'with a signature that has lost its time',
      (body: string) => ({
        body,
        headers: { 'stripe-signature': signed(body)['stripe-signature']!.replace(/^t=\d+,/, '') },
      }),
    ],
  ])('%s it is refused with 400 and changes nothing', async (_words, forge) => {
    const { order, body } = await unheard(0);
    const sent = forge(body);
    const answer = await desk.deliver(sent.body, { 'content-type': 'application/json', ...sent.headers });
    expect([answer.status, await answer.text()]).toEqual([400, 'not understood']);
    expect(await desk.orderState(order)).toBe('pending');
    expect(await desk.count('gateway_events', { payment_id: order.paymentId })).toBe(0);
    await shop.db('rate_limits').delete();
    expect((await desk.deliver(body)).status).toBe(200);
    expect(await desk.orderState(order)).toBe('paid');
  });

  it('with any of its fields left out it pays nothing that Stripe does not confirm', async () => {
    const order = await desk.place(1);
    const whole = {
      id: 'evt_field',
      object: 'event',
      type: 'checkout.session.completed',
      livemode: false,
      created: 1,
      api_version: '2026-10-28.endive',
      data: { object: { ...desk.session(order), status: 'complete', payment_status: 'paid' } },
    };
    for (const field of Object.keys(whole)) {
      const body = JSON.stringify({ ...whole, id: `evt_without_${field}`, [field]: undefined });
      const { status } = await desk.deliver(body);
      if (['id', 'type', 'livemode', 'data'].includes(field)) expect([field, status]).toEqual([field, 400]);
      expect(await desk.orderState(order)).toBe('pending');
    }
    for (const field of Object.keys(whole.data.object)) {
      const object = { ...whole.data.object, [field]: undefined };
      await shop.db('rate_limits').delete();
      const body = JSON.stringify({ ...whole, id: `evt_object_${field}`, data: { object } });
      expect([200, 400]).toContain((await desk.deliver(body)).status);
    }
    expect(await desk.orderState(order)).toBe('pending');
    expect(desk.letters(order)).toEqual([]);
  });

  it('says the same of an order that exists and of one that does not', async () => {
    const { order } = await unheard(2);
    const forge = (reference: string) =>
      JSON.stringify({
        id: 'evt_probe',
        object: 'event',
        type: 'checkout.session.completed',
        livemode: false,
        data: { object: { id: 'cs_test_x', object: 'checkout.session', client_reference_id: reference } },
      });
    const answers = [];
    for (const reference of [order.reference, 'pay_of_nobody']) {
      const answer = await desk.deliver(forge(reference), { 'content-type': 'application/json' });
      answers.push([answer.status, await answer.text()]);
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  it('replayed within its five minutes it settles once', async () => {
    const { order, body } = await unheard(3);
    const headers = signed(body);
    for (let time = 0; time < 5; time += 1) expect((await desk.deliver(body, headers)).status).toBe(200);
    await Promise.all(Array.from({ length: 5 }, () => desk.deliver(body, headers)));
    await shop.settled();
    expect(await desk.moves(order, 'paid')).toBe(1);
    expect(await desk.count('gateway_events', { payment_id: order.paymentId })).toBe(1);
    expect(desk.letters(order)).toHaveLength(1);
  });

  it('that speaks of no payment of ours is kept and answered alike', async () => {
    const body = JSON.stringify({
      id: 'evt_stranger',
      object: 'event',
      type: 'refund.created',
      livemode: false,
      data: { object: { id: 're_x', object: 'refund', payment_intent: 'pi_stranger', metadata: {} } },
    });
    expect((await desk.deliver(body)).status).toBe(200);
    expect((await desk.deliver(body)).status).toBe(200);
    expect(await desk.count('gateway_events', { event_id: 'evt_stranger' })).toBe(1);
  });
});

/** All orders of a list. */
function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map(rest => [item, ...rest]),
  );
}

describe('row 15: events come out of order', () => {
  /** A buyer is declined, then pays; a part goes back and comes back; the bank asks. All of it unheard of. */
  async function story(): Promise<{ order: Attempted; bodies: string[] }> {
    const order = await desk.place(4);
    const before = shop.stripe.events().length;
    shop.stripe.trouble({ kind: 'webhooks-lost' });
    await shop.stripe.decline(order.providerId);
    await shop.stripe.pay(order.providerId);
    const { id } = shop.stripe.refundByHand(order.providerId, 100);
    shop.stripe.refundByHand(order.providerId, 50);
    await shop.stripe.failRefund(id);
    await shop.stripe.openDispute(order.providerId, { inquiry: true });
    shop.stripe.calm();
    const wanted =
      /"(payment_intent\.payment_failed|checkout\.session\.completed|refund\.failed|charge\.dispute\.created)"/;
    return { order, bodies: bodiesSince(before).filter(body => wanted.test(body)) };
  }
  const endOf = async (order: Attempted) => ({
    order: await shop.db('orders').where({ id: order.orderId }).first<object>('state', 'hold'),
    payment: await shop
      .db('payments')
      .where({ id: order.paymentId })
      .first<object>('state', 'captured_amount', 'refunded_amount'),
    refunds: (await desk.refunds(order)).map(({ state, amount, imported }) => ({ state, amount, imported })),
    disputes: await shop
      .db('disputes')
      .where({ payment_id: order.paymentId })
      .select('state', 'provider_state'),
    letters: desk.letters(order).length,
  });

  it('all twenty-four orders of four events end in the same state', async () => {
    const orders = permutations([0, 1, 2, 3]);
    expect(orders).toHaveLength(24);
    await desk.setStock((await desk.place(4)).variantId, 200);
    const ends = [];
    for (const order of orders) {
      shop.mail.clear();
      const told = await story();
      expect(told.bodies).toHaveLength(4);
      for (const index of order) {
        const body = told.bodies[index]!;
        expect((await desk.deliver(body)).status).toBe(200);
        // Jobs run between some deliveries and not between others.
        if (index % 2 === 0) await shop.settled();
      }
      await shop.settled();
      ends.push(await endOf(told.order));
    }
    expect(new Set(ends.map(end => JSON.stringify(end))).size).toBe(1);
    expect(ends[0]).toMatchObject({
      order: { state: 'paid', hold: 'dispute' },
      payment: { state: 'partially_refunded', refunded_amount: 50 },
      refunds: [
        { state: 'failed', amount: 100 },
        { state: 'succeeded', amount: 50 },
      ],
      disputes: [{ state: 'open', provider_state: 'warning_needs_response' }],
    });
  }, 120_000);

  it('a failed try and an ended page, heard of after the payment, do not unpay it', async () => {
    const { order, body } = await unheard(5);
    await desk.deliver(body);
    const late = (type: string, object: object) =>
      desk.deliver(
        JSON.stringify({ id: `evt_late_${type}`, object: 'event', type, livemode: false, data: { object } }),
      );
    const session = desk.session(order);
    await late('checkout.session.expired', { ...session, status: 'expired', payment_status: 'unpaid' });
    await late('checkout.session.async_payment_failed', { ...session, payment_status: 'unpaid' });
    await late('payment_intent.payment_failed', {
      id: session.payment_intent,
      object: 'payment_intent',
      status: 'requires_payment_method',
      metadata: { reference: order.reference },
    });
    expect(await desk.orderState(order)).toBe('paid');
    expect((await desk.payment(order)).state).toBe('captured');
  });

  it('two different events of one occurrence are harmless', async () => {
    const { order, body } = await unheard(6);
    const twin = body.replace(/evt_\w+/, 'evt_twin');
    expect(twin).not.toBe(body);
    await Promise.all([desk.deliver(body), desk.deliver(twin)]);
    await shop.settled();
    expect(await desk.moves(order, 'paid')).toBe(1);
    expect(desk.letters(order)).toHaveLength(1);
  });
});

describe('row 16: the webhook comes before the create call is answered', () => {
  it('finds its attempt by our own reference, and the buyer their paid order', async () => {
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'en', 7);
    const fields = await checkoutFields(visitor, EN);
    shop.stripe.trouble({ kind: 'paid-before-answer', times: 1 });
    const { location } = await visitor.post('/en/checkout', fields);
    await shop.settled();
    const id = /cs_test_\w+/.exec(location!)![0];
    const session = shop.stripe.sessions().find(found => found.id === id)!;
    const payment = await shop
      .db('payments')
      .where({ reference: session.client_reference_id })
      .first<{ state: string; provider_id: string }>('state', 'provider_id');
    expect(payment).toEqual({ state: 'captured', provider_id: id });
    expect(shop.mail.letters()).toHaveLength(1);
  });
});

describe('row 17: the raw body is destroyed on the way to the signature', () => {
  it('a signed body with odd spacing and Korean text is taken as it was sent', async () => {
    const { order, body } = await unheard(8);
    const odd = body
      .replace('{', '{ \t\r\n  "비고" :  "러닝머신 — 무료 배송 🏃",')
      .replaceAll('": ', '"  :\t');
    expect(JSON.stringify(JSON.parse(odd))).not.toBe(odd);
    expect(
      (await desk.deliver(odd, { ...signed(odd), 'content-type': 'application/json; charset=utf-8' })).status,
    ).toBe(200);
    expect(await desk.orderState(order)).toBe('paid');
  });
});

describe('row 18: the handler fails at first', () => {
  it('what could not be noted is answered with an error, and noted once when it is sent again', async () => {
    const { order, body } = await unheard(9);
    const repair = await desk.failInserts('payment_events', 2);
    expect((await desk.deliver(body)).status).toBe(500);
    expect((await desk.deliver(body)).status).toBe(500);
    expect(await desk.orderState(order)).toBe('pending');
    expect(await desk.count('gateway_events', { payment_id: order.paymentId })).toBe(0);
    expect((await desk.deliver(body)).status).toBe(200);
    expect((await desk.deliver(body)).status).toBe(200);
    await repair();
    await shop.settled();
    expect(await desk.orderState(order)).toBe('paid');
    expect(desk.letters(order)).toHaveLength(1);
  });

  it('when Stripe cannot be asked, it is asked to send again', async () => {
    const { order, body } = await unheard(10);
    shop.stripe.trouble({ kind: 'error', effect: 'before', on: 'retrieve' });
    expect((await desk.deliver(body)).status).toBe(503);
    shop.stripe.calm();
    expect((await desk.deliver(body)).status).toBe(200);
    expect(await desk.orderState(order)).toBe('paid');
  });

  it('what follows a payment is answered at once and worked on until it succeeds', async () => {
    const order = await desk.place(11);
    await desk.pay(order);
    shop.stripe.trouble({ kind: 'error', effect: 'before', on: 'list', times: 4 });
    shop.stripe.refundByHand(order.providerId, 100);
    await expect
      .poll(
        async () => {
          await desk.hurryJobs();
          return (await desk.refunds(order)).map(({ state }) => state);
        },
        { timeout: 15_000, interval: 100 },
      )
      .toEqual(['succeeded']);
    expect(shop.stripe.deliveries().at(-1)?.tries).toEqual([200]);
    shop.advance(MINUTE);
  });
});
