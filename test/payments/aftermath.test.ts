import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { lockPayment, requestRefund } from '../../src/payments/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { payOrder, placeOrder, type Placed } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());
afterEach(async () => {
  shop.stripe.calm();
  await shop.settled();
  expect(await audit(shop.db)).toEqual([]);
});

const EN = { locale: 'en', country: 'US', provider: 'stripe' } as const;
interface Paid extends Placed {
  paymentId: number;
  orderId: number;
  amount: number;
}
async function paid(skip: number): Promise<Paid> {
  const placed = await placeOrder(shop, { ...EN, skip });
  await payOrder(shop, placed, 'stripe');
  const payment = await shop
    .db('payments')
    .where({ provider_id: placed.providerId })
    .first<{ id: number; order_id: number; amount: number }>('id', 'order_id', 'amount');
  return { ...placed, paymentId: payment.id, orderId: payment.order_id, amount: payment.amount };
}
const ask = (paymentId: number, amount: number) =>
  inTransaction(shop.db, async tx =>
    requestRefund(tx, await lockPayment(tx, { paymentId }), {
      amount,
      actor: 'test',
      cause: 'returned',
      now: shop.now(),
    }),
  );
const paymentOf = ({ paymentId }: Paid) =>
  shop
    .db('payments')
    .where({ id: paymentId })
    .first<{ state: string; refunded_amount: number }>('state', 'refunded_amount');
const refundsOf = ({ paymentId }: Paid) =>
  shop
    .db('refunds')
    .where({ payment_id: paymentId })
    .orderBy('id')
    .select<{ state: string; amount: number; actor: string; imported: boolean }[]>('*');
const disputesOf = ({ paymentId }: Paid) =>
  shop
    .db('disputes')
    .where({ payment_id: paymentId })
    .orderBy('id')
    .select<{ state: string; provider_state: string; amount: number; closed_at: Date | null }[]>('*');
const holdOf = async ({ orderId }: Paid) =>
  (await shop.db('orders').where({ id: orderId }).first<{ hold: string | null }>('hold')).hold;
const events = async (type: string, { paymentId }: Paid) =>
  (await shop.db('events').where({ type }).select<{ payload: { paymentId: number } }[]>('payload')).filter(
    ({ payload }) => payload.paymentId === paymentId,
  ).length;

describe('a refund made in Stripe’s dashboard', () => {
  it('is taken into the books, with Stripe as its actor', async () => {
    const order = await paid(0);
    shop.stripe.refundByHand(order.providerId, 100);
    await shop.settled();
    expect(await refundsOf(order)).toMatchObject([
      { state: 'succeeded', amount: 100, actor: 'stripe', imported: true },
    ]);
    expect(await paymentOf(order)).toEqual({ state: 'partially_refunded', refunded_amount: 100 });
    expect(await ask(order.paymentId, order.amount)).toEqual({ ok: false, reason: 'too-much' });
    shop.stripe.refundByHand(order.providerId);
    await shop.settled();
    expect(await paymentOf(order)).toEqual({ state: 'refunded', refunded_amount: order.amount });
    expect(await events('refund.succeeded', order)).toBe(2);
  });

  it('of money that was promised by us just now makes Stripe refuse ours, and stays within what came in', async () => {
    const order = await paid(1);
    shop.stripe.trouble({ kind: 'error', effect: 'before', on: 'refund', times: 3 });
    await ask(order.paymentId, order.amount);
    shop.stripe.refundByHand(order.providerId, order.amount);
    await expect
      .poll(
        async () => {
          await shop.db.raw(`update graphile_worker._private_jobs set run_at = now() where attempts > 0`);
          return (await refundsOf(order)).map(({ state, imported }) => [state, imported]);
        },
        { timeout: 15_000, interval: 100 },
      )
      .toEqual([
        ['failed', false],
        ['succeeded', true],
      ]);
    expect(await paymentOf(order)).toEqual({ state: 'refunded', refunded_amount: order.amount });
  });
});

describe('a dispute', () => {
  it('holds the order and refuses refunds until it is won', async () => {
    const order = await paid(2);
    const dispute = await shop.stripe.openDispute(order.providerId);
    await shop.settled();
    expect(await disputesOf(order)).toMatchObject([{ state: 'open', amount: order.amount, closed_at: null }]);
    expect(await holdOf(order)).toBe('dispute');
    expect(await ask(order.paymentId, 100)).toEqual({ ok: false, reason: 'disputed' });
    expect(await events('dispute.opened', order)).toBe(1);

    await shop.stripe.answerDispute(dispute.id);
    await shop.settled();
    expect(await disputesOf(order)).toMatchObject([{ state: 'open', provider_state: 'under_review' }]);

    await shop.stripe.closeDispute(dispute.id, 'won');
    await shop.settled();
    expect(await disputesOf(order)).toMatchObject([{ state: 'won' }]);
    expect(await holdOf(order)).toBeNull();
    expect(await events('dispute.closed', order)).toBe(1);
    expect(await ask(order.paymentId, 100)).toMatchObject({ ok: true });
    const history = await shop
      .db('order_events')
      .where({ order_id: order.orderId, kind: 'hold' })
      .orderBy('id')
      .select<{ actor: string; data: object }[]>('actor', 'data');
    expect(history).toEqual([
      { actor: 'stripe', data: { hold: 'dispute', held: true } },
      { actor: 'stripe', data: { hold: 'dispute', held: false } },
    ]);
  });

  it('that was lost keeps the order on hold and its money from going back twice', async () => {
    const order = await paid(3);
    const dispute = await shop.stripe.openDispute(order.providerId);
    await shop.stripe.closeDispute(dispute.id, 'lost');
    await shop.settled();
    expect(await disputesOf(order)).toMatchObject([{ state: 'lost' }]);
    expect(await holdOf(order)).toBe('dispute');
    expect(await ask(order.paymentId, order.amount)).toEqual({ ok: false, reason: 'disputed' });
  });

  it('that comes between a refund’s promise and its job takes the promise back', async () => {
    const order = await paid(4);
    shop.stripe.trouble({ kind: 'error', effect: 'before', on: 'refund', times: 3 });
    await ask(order.paymentId, order.amount);
    await expect
      .poll(
        () =>
          shop.stripe.requests().filter(({ path, method }) => method === 'POST' && path === '/v1/refunds')
            .length,
      )
      .toBeGreaterThan(2);
    await shop.stripe.openDispute(order.providerId);
    await expect
      .poll(
        async () => {
          await shop.db.raw(`update graphile_worker._private_jobs set run_at = now() where attempts > 0`);
          return (await refundsOf(order)).map(({ state }) => state);
        },
        { timeout: 15_000, interval: 100 },
      )
      .toEqual(['failed']);
    expect(await paymentOf(order)).toEqual({ state: 'captured', refunded_amount: 0 });
  });

  it('as an inquiry holds the order too, and its end lifts the hold', async () => {
    const order = await paid(5);
    const dispute = await shop.stripe.openDispute(order.providerId, { inquiry: true });
    await shop.settled();
    expect(await holdOf(order)).toBe('dispute');
    await shop.stripe.closeDispute(dispute.id, 'won');
    await shop.settled();
    expect(await disputesOf(order)).toMatchObject([{ state: 'won', provider_state: 'warning_closed' }]);
    expect(await holdOf(order)).toBeNull();
  });
});
