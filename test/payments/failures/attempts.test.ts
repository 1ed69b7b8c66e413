import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../../src/audit/index.js';
import { settlePayment } from '../../../src/checkout/actions/settle.js';
import { MINUTE } from '../../../src/lib/time.js';
import { lockOrder } from '../../../src/orders/index.js';
import { lockPayment, movePayment } from '../../../src/payments/index.js';
import { inTransaction } from '../../../src/platform/db.js';
import { checkoutFields, fillCart } from '../../support/purchase.js';
import { startShop, type Shop } from '../../support/shop.js';
import { createVisitor } from '../../support/visitor.js';
import { EN, failureDesk, signed, type Attempted } from './store.js';

// Rows 1 to 9 of the known ways in which payment integrations go wrong, as far as Stripe and common code go.

let shop: Shop;
let desk: ReturnType<typeof failureDesk>;
beforeAll(async () => {
  shop = await startShop();
  desk = failureDesk(shop);
});
afterAll(() => shop.close());
beforeEach(() => shop.mail.clear());
afterEach(async () => {
  shop.stripe.calm();
  await shop.settled();
  expect(await audit(shop.db)).toEqual([]);
});

const completed = (order: Attempted, id: string, given: object = {}) =>
  JSON.stringify({
    id,
    object: 'event',
    type: 'checkout.session.completed',
    livemode: false,
    data: { object: { ...desk.session(order), ...given } },
  });

describe('row 1: the webhook and the browser’s return race', () => {
  it('twenty returns and twenty deliveries of one session settle once', async () => {
    const order = await desk.place();
    const before = await desk.stock(order);
    shop.stripe.trouble({ kind: 'webhooks-lost' });
    const { location } = await shop.stripe.pay(order.providerId);
    // Two different events for one occurrence come as well; here every delivery is an event of its own.
    const hooks = Array.from({ length: 20 }, (_, index) => desk.deliver(completed(order, `evt_r1_${index}`)));
    const returns = Array.from({ length: 20 }, () => order.visitor.get(location));
    for (const { status } of await Promise.all([...hooks, ...returns])) expect([200, 303]).toContain(status);
    await shop.settled();
    expect(await desk.moves(order, 'paid')).toBe(1);
    expect(desk.letters(order)).toHaveLength(1);
    expect(await desk.stock(order)).toEqual({
      on_hand: before.on_hand - 1,
      reserved: before.reserved - 1,
    });
    expect(await desk.count('gateway_events', { payment_id: order.paymentId })).toBe(20);
  });
});

describe('row 2: amount or order are tampered with', () => {
  it('a genuine notice of a cheap session that names a dear order pays nothing', async () => {
    const cheap = await desk.place(1);
    const dear = await desk.place(2);
    await desk.pay(cheap);
    const lies = [
      { ...desk.session(cheap), client_reference_id: dear.reference },
      { ...desk.session(dear), payment_status: 'paid', status: 'complete', amount_total: dear.total },
      { ...desk.session(cheap), id: dear.providerId, client_reference_id: null },
    ];
    for (const [index, lie] of lies.entries()) {
      const { status } = await desk.deliver(completed(dear, `evt_r2_${index}`, lie));
      expect(status).toBe(200);
    }
    expect(await desk.orderState(dear)).toBe('pending');
    expect(await desk.orderState(cheap)).toBe('paid');
  });

  it.each([
    ['another amount', { amount: 1 }],
    ['another currency', { currency: 'KRW' }],
    ['another reference', { reference: 'pay_of_somebody_else' }],
    ['the other mode', { live: true }],
  ])(
    'a session that Stripe itself says was paid with %s leaves the order unpaid and alarms',
    async (_words, lie) => {
      const order = await desk.place(3);
      const settled = await settlePayment(shop.db, {
        paymentId: order.paymentId,
        seen: 'opened',
        evidence: {
          state: 'captured',
          providerId: order.providerId,
          transactionId: `pi_${order.paymentId}`,
          amount: order.total,
          currency: 'USD',
          reference: order.reference,
          live: false,
          ...lie,
        },
        actor: 'webhook',
        now: shop.now(),
      });
      expect(settled).toBe('mismatch');
      await shop.settled();
      expect(await desk.orderState(order)).toBe('pending');
      expect(await desk.events('payment.mismatch', order)).toBe(1);
      expect(await desk.count('staff_notices', { kind: 'payment.mismatch' })).toBeGreaterThan(0);
      expect(desk.letters(order)).toEqual([]);
    },
  );

  it('the return address of an unpaid order, called with another’s session, pays nothing', async () => {
    const order = await desk.place(4);
    const other = await desk.place(5);
    await desk.pay(other);
    for (const id of [order.providerId, other.providerId, '', '%00', 'cs_test_'])
      await order.visitor.get(`/en/checkout/return/stripe/${order.reference}?session_id=${id}`);
    const post = await order.visitor.post(`/en/checkout/return/stripe/${order.reference}`, {});
    expect(post.status).toBe(404);
    expect(await desk.orderState(order)).toBe('pending');
  });
});

describe('row 3: an order is marked paid although the payment was not', () => {
  it('a completed session of a slow method waits, and is paid when the money is there', async () => {
    const order = await desk.place(6);
    const { location } = await shop.stripe.payLater(order.providerId);
    const { text } = await order.visitor.open(location);
    expect(text).toContain('Your payment is on its way');
    expect([await desk.orderState(order), (await desk.payment(order)).state]).toEqual(['pending', 'pending']);
    expect(desk.letters(order)).toEqual([]);
    await shop.stripe.settleLater(order.providerId, 'succeed');
    await shop.settled();
    expect(await desk.orderState(order)).toBe('paid');
    expect(desk.letters(order)).toHaveLength(1);
  });

  it('is failed when it does not come: the buyer is told, and the stock returns with the order’s end', async () => {
    const order = await desk.place(7);
    const held = await desk.stock(order);
    await shop.stripe.payLater(order.providerId);
    await shop.settled();
    await shop.stripe.settleLater(order.providerId, 'fail');
    await shop.settled();
    expect([await desk.orderState(order), (await desk.payment(order)).state]).toEqual(['pending', 'failed']);
    expect(desk.letters(order)).toHaveLength(1);
    shop.advance(31 * MINUTE);
    await desk.sweep();
    expect(await desk.orderState(order)).toBe('canceled');
    expect(await desk.stock(order)).toEqual({ ...held, reserved: held.reserved - 1 });
  });

  it('keeps its stock as long as the money may still come', async () => {
    const order = await desk.place(8);
    const held = await desk.stock(order);
    await shop.stripe.payLater(order.providerId);
    await shop.settled();
    shop.advance(3 * 60 * MINUTE);
    await desk.sweep();
    expect(await desk.orderState(order)).toBe('pending');
    expect(await desk.stock(order)).toEqual(held);
    await shop.stripe.settleLater(order.providerId, 'succeed');
    await shop.settled();
    expect(await desk.orderState(order)).toBe('paid');
  });
});

describe('row 4: the answer is lost after the buyer paid', () => {
  it.each([
    ['breaks off', { kind: 'cut' }],
    ['is an error', { kind: 'error', effect: 'before' }],
  ] as const)(
    'when it %s, the page says that we are checking, and the sweep finds it paid once',
    async (_words, trouble) => {
      const order = await desk.place(9);
      shop.stripe.trouble([{ kind: 'webhooks-lost' }, { ...trouble, on: 'retrieve' }]);
      const { location } = await shop.stripe.pay(order.providerId);
      const { text } = await order.visitor.open(location);
      expect(text).toContain('We are checking your payment');
      expect(text).not.toContain(`/payment?key=`);
      expect(await desk.orderState(order)).toBe('pending');
      shop.stripe.calm();
      shop.advance(2 * MINUTE);
      await Promise.all([desk.sweep(), desk.sweep()]);
      await shop.settled();
      expect(await desk.orderState(order)).toBe('paid');
      expect(await desk.moves(order, 'paid')).toBe(1);
      expect(desk.letters(order)).toHaveLength(1);
      expect((await order.visitor.get(`/en/orders/${order.number}`)).text).not.toContain('We are checking');
    },
  );

  it('and the buyer had not paid after all, the page offers to pay again', async () => {
    const order = await desk.place(9);
    shop.stripe.trouble({ kind: 'error', effect: 'before', on: 'retrieve' });
    const back = `/en/checkout/return/stripe/${order.reference}`;
    expect((await order.visitor.open(back)).text).toContain('We are checking your payment');
    shop.stripe.calm();
    shop.advance(2 * MINUTE);
    await desk.sweep();
    expect((await order.visitor.get(`/en/orders/${order.number}`)).text).toContain(
      'Waiting for your payment',
    );
  });

  it('a process that dies between the provider’s answer and the commit leaves nothing half done', async () => {
    const order = await desk.place(10);
    const repair = await desk.failInserts('payment_events', 3);
    shop.stripe.trouble({ kind: 'webhooks-lost' });
    const { location } = await shop.stripe.pay(order.providerId);
    for (let tries = 0; tries < 3; tries += 1) expect((await order.visitor.get(location)).status).toBe(500);
    expect([await desk.orderState(order), (await desk.payment(order)).state]).toEqual(['pending', 'opened']);
    expect(await desk.count('stock_movements', { order_id: order.orderId })).toBeLessThan(2);
    shop.advance(3 * MINUTE);
    await desk.sweep();
    await repair();
    await shop.settled();
    expect(await desk.orderState(order)).toBe('paid');
    expect(desk.letters(order)).toHaveLength(1);
  });
});

describe('row 5: the cart or a price changes between session and payment', () => {
  it('the order keeps the lines and the total of its page', async () => {
    const order = await desk.place(11);
    await fillCart(shop, order.visitor, 'en', 1);
    await shop.db('prices').where({ variant_id: order.variantId, currency: 'USD' }).increment('amount', 500);
    await desk.pay(order);
    expect(await desk.orderState(order)).toBe('paid');
    expect(await desk.payment(order)).toMatchObject({ capturedAmount: order.total, amount: order.total });
    expect(await desk.count('order_lines', { order_id: order.orderId })).toBe(1);
  });

  it('the same agreement again is the same page; another one ends the old page before its own opens', async () => {
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'en', 13);
    const fields = await checkoutFields(visitor, EN);
    const first = await visitor.post('/en/checkout', fields);
    const again = await visitor.post('/en/checkout', fields);
    expect(again.location).toBe(first.location);
    const open = () => shop.stripe.sessions().filter(({ status }) => status === 'open').length;
    const before = open();
    const otherwise = await visitor.post('/en/checkout', { ...fields, city: 'Albany' });
    expect(otherwise.location).toContain(shop.stripe.origin);
    expect(otherwise.location).not.toBe(first.location);
    expect(open()).toBe(before);
    const id = /cs_test_\w+/.exec(first.location!)![0];
    expect(shop.stripe.sessions().find(session => session.id === id)?.status).toBe('expired');
  });

  it('no second page opens while Stripe does not say that the first is closed', async () => {
    const order = await desk.place(14);
    await fillCart(shop, order.visitor, 'en', 3);
    const fields = await checkoutFields(order.visitor, EN);
    shop.stripe.trouble({ kind: 'error', effect: 'before', on: 'expire' });
    const { location } = await order.visitor.post('/en/checkout', fields);
    expect(location).toBe(`/en/orders/${order.number}`);
    expect(desk.session(order).status).toBe('open');
    expect(await desk.orderState(order)).toBe('pending');
  });
});

describe('row 6: two pages of one order are both paid', () => {
  it('keeps the first that is settled and gives the other back by itself', async () => {
    const order = await desk.place(16);
    // A second page can only open when the first is believed to be over.
    await inTransaction(shop.db, async tx => {
      await lockOrder(tx, { orderId: order.orderId });
      const because = { actor: 'test', cause: 'wrongly believed over', now: shop.now() };
      await movePayment(tx, await lockPayment(tx, { paymentId: order.paymentId }), 'expired', because);
    });
    const { location } = await order.visitor.post(order.link.replace('?', '/payment?'), {});
    const second = /cs_test_\w+/.exec(location!)![0];
    expect(second).not.toBe(order.providerId);
    await Promise.all([shop.stripe.pay(order.providerId), shop.stripe.pay(second)]);
    await shop.settled();
    expect(await desk.orderState(order)).toBe('paid');
    expect((await desk.paymentStates(order)).toSorted()).toEqual(['captured', 'refunded']);
    expect(shop.stripe.refunds().filter(({ amount }) => amount === order.total)).toHaveLength(1);
    expect(await desk.moves(order, 'paid')).toBe(1);
  });
});

describe('row 7: sold out after the payment', () => {
  it('of two buyers of the last piece one gets a page', async () => {
    const probe = await desk.place(17);
    await desk.setStock(probe.variantId, (await desk.stock(probe)).reserved + 1);
    const buyers = await Promise.all(
      [1, 2].map(async () => {
        const visitor = createVisitor(shop.origin);
        await visitor.post('/en/cart/lines', { variant: String(probe.variantId), quantity: '1' });
        return { visitor, fields: await checkoutFields(visitor, EN) };
      }),
    );
    const answers = await Promise.all(
      buyers.map(({ visitor, fields }) => visitor.post('/en/checkout', fields)),
    );
    expect(answers.filter(({ location }) => location?.startsWith(shop.stripe.origin))).toHaveLength(1);
    expect(await desk.stock(probe)).toMatchObject({ reserved: 2, on_hand: 2 });
    await desk.setStock(probe.variantId, 50);
  });

  it('money that comes after the release revives the order while its goods are there', async () => {
    const order = await desk.place(18);
    await desk.wronglyEnd(order);
    await desk.pay(order);
    expect(await desk.orderState(order)).toBe('paid');
  });

  it('and goes back by itself when they are gone, and the buyer is told', async () => {
    const order = await desk.place(18);
    await desk.wronglyEnd(order);
    await desk.setStock(order.variantId, (await desk.stock(order)).reserved);
    await desk.pay(order);
    expect(await desk.orderState(order)).toBe('canceled');
    expect(await desk.payment(order)).toMatchObject({ state: 'refunded' });
    expect(shop.stripe.refunds().at(-1)).toMatchObject({ amount: order.total, status: 'succeeded' });
    expect(desk.letters(order).length).toBeGreaterThan(0);
    expect(await desk.count('staff_notices', { kind: 'payment.refund_due' })).toBeGreaterThan(0);
    await desk.setStock(order.variantId, 50);
  });
});

describe('row 8: abandoned pages hold stock', () => {
  it('stock returns once, although no webhook tells of the end and many sweep at once', async () => {
    const order = await desk.place(19);
    const held = await desk.stock(order);
    shop.stripe.trouble({ kind: 'webhooks-lost' });
    shop.advance(31 * MINUTE);
    await Promise.all(Array.from({ length: 5 }, () => desk.sweep()));
    await desk.sweep();
    expect(await desk.stock(order)).toEqual({ ...held, reserved: held.reserved - 1 });
    expect(desk.session(order).status).toBe('expired');
    expect(await desk.moves(order, 'canceled')).toBe(1);
  });

  it('a buyer is not kept out by their own hold of the last piece', async () => {
    const order = await desk.place(20);
    await desk.setStock(order.variantId, (await desk.stock(order)).reserved);
    const fields = await checkoutFields(order.visitor, EN);
    const { location } = await order.visitor.post('/en/checkout', { ...fields, city: 'Albany' });
    expect(location).toContain(shop.stripe.origin);
    expect(await desk.orderState(order)).toBe('canceled');
    await desk.setStock(order.variantId, 50);
  });
});

describe('row 9: a sweep cancels a paid order because its webhook was lost', () => {
  it('asks first: with every webhook lost and no return, the order is paid after its time', async () => {
    const order = await desk.place(21);
    shop.stripe.trouble({ kind: 'webhooks-lost' });
    await shop.stripe.pay(order.providerId);
    shop.advance(45 * MINUTE);
    await Promise.all([desk.sweep(), desk.sweep(), desk.sweep()]);
    expect(await desk.orderState(order)).toBe('paid');
    expect(await desk.moves(order, 'canceled')).toBe(0);
  });

  it('and does not cancel what nobody answers for', async () => {
    const order = await desk.place(21);
    shop.stripe.trouble([{ kind: 'webhooks-lost' }, { kind: 'error', effect: 'before' }]);
    await shop.stripe.pay(order.providerId);
    shop.advance(45 * MINUTE);
    await desk.sweep();
    expect(await desk.orderState(order)).toBe('pending');
    shop.stripe.calm();
    await desk.sweep();
    expect(await desk.orderState(order)).toBe('paid');
  });
});

it('signed deliveries of these tests are what Stripe sends', () => {
  expect(signed('{}')['stripe-signature']).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/);
});
