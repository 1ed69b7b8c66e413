import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../../src/audit/index.js';
import { newToken } from '../../../src/lib/ids.js';
import { listRefundLines, refundOrder, type RefundResult } from '../../../src/orders/index.js';
import { lockPayment, requestRefund, type RequestResult } from '../../../src/payments/index.js';
import { inTransaction } from '../../../src/platform/db.js';
import { startShop, type Shop } from '../../support/shop.js';
import { failureDesk, type Attempted } from './store.js';

// Rows 10, 11, 12 and 27 of the known ways in which payment integrations go wrong: money that goes back, at Stripe.

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

async function paid(skip: number): Promise<Attempted> {
  const order = await desk.place(skip);
  await desk.pay(order);
  expect(await desk.orderState(order)).toBe('paid');
  return order;
}
/** A refund of money alone, as the room of payments promises it. */
const ask = (order: Attempted, amount: number): Promise<RequestResult> =>
  inTransaction(shop.db, async tx =>
    requestRefund(tx, await lockPayment(tx, { paymentId: order.paymentId }), {
      amount,
      actor: 'test',
      cause: 'returned',
      now: shop.now(),
    }),
  );
/** A refund of the order's one piece, as staff give it. */
async function refundPiece(order: Attempted, token: string): Promise<RefundResult> {
  const [line] = await listRefundLines(shop.db, { orderId: order.orderId });
  return await inTransaction(shop.db, tx =>
    refundOrder(tx, {
      orderId: order.orderId,
      token,
      lines: [{ orderLineId: line!.orderLineId, quantity: 1, restock: false }],
      shippingAmount: 0,
      actor: 'staff:1',
      cause: 'broken',
      now: shop.now(),
    }),
  );
}
const atStripe = (order: Attempted) => {
  const intent = desk.session(order).payment_intent;
  return shop.stripe.refunds().filter(({ payment_intent }) => payment_intent === intent);
};
async function untilRefunds(order: Attempted, states: string[]): Promise<void> {
  await expect
    .poll(
      async () => {
        await desk.hurryJobs();
        return (await desk.refunds(order)).map(({ state }) => state);
      },
      { timeout: 15_000, interval: 100 },
    )
    .toEqual(states);
  await shop.settled();
}

describe('row 10: a refund is submitted twice, or gives more than came in', () => {
  it('a double click and a second tab with the same form give one refund', async () => {
    const order = await paid(0);
    const token = newToken();
    const answers = await Promise.all(Array.from({ length: 5 }, () => refundPiece(order, token)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    await untilRefunds(order, ['succeeded']);
    expect(atStripe(order)).toHaveLength(1);
  });

  it('two people with a form each refund the one piece once', async () => {
    const order = await paid(1);
    const answers = await Promise.all([refundPiece(order, newToken()), refundPiece(order, newToken())]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    await untilRefunds(order, ['succeeded']);
  });

  it('two equal parts are two refunds, each under a name of its own', async () => {
    const order = await paid(2);
    const part = Math.floor(order.total / 2);
    await Promise.all([ask(order, part), ask(order, part)]);
    expect(await ask(order, part)).toEqual({ ok: false, reason: 'too-much' });
    await untilRefunds(order, ['succeeded', 'succeeded']);
    expect(atStripe(order).map(({ amount }) => amount)).toEqual([part, part]);
  });

  it.each([
    ['without effect', { kind: 'error', effect: 'before', times: 4 }],
    ['after its effect', { kind: 'error', effect: 'after', times: 1 }],
    ['in the middle of its answer', { kind: 'cut', times: 1 }],
  ] as const)('a call that failed %s and is repeated gives the money once', async (_words, trouble) => {
    const order = await paid(3);
    shop.stripe.trouble({ ...trouble, on: 'refund' });
    await ask(order, 100);
    await untilRefunds(order, ['succeeded']);
    expect(atStripe(order)).toHaveLength(1);
    expect((await desk.payment(order)).state).toBe('partially_refunded');
  });
});

describe('row 11: the webhook of a refund comes before our row knows of it, or speaks of an unknown one', () => {
  it('one that arrives before the call is answered is the same refund', async () => {
    const order = await paid(4);
    shop.stripe.trouble({ kind: 'slow', ms: 400, effect: 'after', on: 'refund', times: 1 });
    await ask(order, 100);
    await untilRefunds(order, ['succeeded']);
    await desk.review(order.paymentId);
    expect(await desk.refunds(order)).toMatchObject([{ state: 'succeeded', amount: 100, imported: false }]);
    expect(await desk.events('refund.succeeded', order)).toBe(1);
  });

  it('one made in the dashboard enters the books, its buyer is told once, however often Stripe tells', async () => {
    const order = await paid(5);
    shop.stripe.trouble({ kind: 'webhooks-duplicated' });
    shop.stripe.refundByHand(order.providerId, 100);
    await shop.settled();
    await Promise.all([desk.review(order.paymentId), desk.review(order.paymentId)]);
    expect(await desk.refunds(order)).toMatchObject([
      { state: 'succeeded', amount: 100, imported: true, actor: 'stripe' },
    ]);
    expect(await desk.events('refund.succeeded', order)).toBe(1);
    await shop.settled();
    expect(desk.letters(order)).toHaveLength(2); // placed, refunded
  });

  it('one of a payment whose own news were lost settles that payment first', async () => {
    const order = await desk.place(6);
    shop.stripe.trouble({ kind: 'webhooks-lost' });
    await shop.stripe.pay(order.providerId);
    shop.stripe.calm();
    // Nothing in the store knows the intent yet: Stripe is asked whose it is.
    shop.stripe.refundByHand(order.providerId, 100);
    await shop.settled();
    expect(await desk.orderState(order)).toBe('paid');
    expect(await desk.refunds(order)).toMatchObject([{ state: 'succeeded', imported: true }]);
  });

  it('all of an order given back in the dashboard makes the order refunded', async () => {
    const order = await paid(7);
    shop.stripe.refundByHand(order.providerId);
    await shop.settled();
    expect((await desk.payment(order)).state).toBe('refunded');
    expect(await desk.orderState(order)).toBe('refunded');
  });
});

describe('row 12: a refund fails later', () => {
  it('that had succeeded: the money is ours to give again, staff are told, the payment says so', async () => {
    const order = await paid(8);
    await ask(order, 100);
    await untilRefunds(order, ['succeeded']);
    expect((await desk.payment(order)).state).toBe('partially_refunded');
    await shop.stripe.failRefund(atStripe(order)[0]!.id);
    await shop.settled();
    expect(await desk.refunds(order)).toMatchObject([{ state: 'failed', amount: 100 }]);
    expect(await desk.payment(order)).toMatchObject({ state: 'captured' });
    expect(await desk.events('refund.failed', order)).toBe(1);
    expect(await desk.count('staff_notices', { kind: 'refund.failed' })).toBeGreaterThan(0);
    expect(await ask(order, order.total)).toMatchObject({ ok: true });
    await untilRefunds(order, ['failed', 'succeeded']);
    expect((await desk.payment(order)).state).toBe('refunded');
  });

  it('that gave back late money: it is due again, and staff are told', async () => {
    const order = await desk.place(9);
    await desk.wronglyEnd(order);
    await desk.setStock(order.variantId, (await desk.stock(order)).reserved);
    await desk.pay(order);
    expect((await desk.payment(order)).state).toBe('refunded');
    await shop.stripe.failRefund(atStripe(order)[0]!.id);
    await shop.settled();
    expect((await desk.payment(order)).state).toBe('refund_due');
    expect(await desk.events('refund.failed', order)).toBe(1);
    expect(await ask(order, order.total)).toMatchObject({ ok: true });
    await untilRefunds(order, ['failed', 'succeeded']);
    expect((await desk.payment(order)).state).toBe('refunded');
    await desk.setStock(order.variantId, 50);
  });

  it('that waited for the bank: failed when the bank says so, done when it says that', async () => {
    const order = await paid(9);
    shop.stripe.trouble({ kind: 'refunds-pending', times: 2 });
    await ask(order, 100);
    await untilRefunds(order, ['pending']);
    await ask(order, 200);
    await untilRefunds(order, ['pending', 'pending']);
    expect(await desk.events('refund.succeeded', order)).toBe(0);
    const [one, two] = atStripe(order);
    await shop.stripe.failRefund(one!.id);
    await shop.stripe.finishRefund(two!.id);
    await shop.settled();
    expect((await desk.refunds(order)).map(({ state }) => state)).toEqual(['failed', 'succeeded']);
    expect((await desk.payment(order)).state).toBe('partially_refunded');
    expect(await desk.count('payments', { id: order.paymentId, refunded_amount: 200 })).toBe(1);
  });

  it('that was made by hand', async () => {
    const order = await paid(10);
    const { id } = shop.stripe.refundByHand(order.providerId);
    await shop.settled();
    await shop.stripe.failRefund(id);
    await shop.settled();
    expect(await desk.refunds(order)).toMatchObject([{ state: 'failed', imported: true }]);
    expect((await desk.payment(order)).state).toBe('captured');
    expect(await desk.events('refund.failed', order)).toBe(1);
  });
});

describe('row 27: a dispute is ignored, then refunded as well', () => {
  it('while it is open, and when it was lost, nothing is given back and nothing may be sent', async () => {
    const order = await paid(11);
    const { id } = await shop.stripe.openDispute(order.providerId);
    await shop.settled();
    expect(await ask(order, 100)).toEqual({ ok: false, reason: 'disputed' });
    expect(await refundPiece(order, newToken())).toEqual({ ok: false, reason: 'disputed' });
    expect(await desk.count('orders', { id: order.orderId, hold: 'dispute' })).toBe(1);
    expect(await desk.count('staff_notices', { kind: 'dispute.opened' })).toBeGreaterThan(0);
    await shop.stripe.closeDispute(id, 'lost');
    await shop.settled();
    expect(await ask(order, 100)).toEqual({ ok: false, reason: 'disputed' });
    expect(await desk.count('orders', { id: order.orderId, hold: 'dispute' })).toBe(1);
    expect(atStripe(order)).toEqual([]);
  });

  it('a refund and a dispute at the same moment never both take the money', async () => {
    const order = await paid(0);
    const asked = await ask(order, order.total);
    expect(asked.ok).toBe(true);
    await Promise.all([shop.stripe.openDispute(order.providerId), desk.review(order.paymentId)]);
    await expect
      .poll(
        async () => {
          await desk.hurryJobs();
          return (await desk.refunds(order))[0]?.state;
        },
        { timeout: 15_000, interval: 100 },
      )
      .toMatch(/succeeded|failed/);
    const [ours] = await desk.refunds(order);
    expect(atStripe(order)).toHaveLength(ours!.state === 'succeeded' ? 1 : 0);
  });
});
