import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { lockPayment, requestRefund } from '../../src/payments/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { payOrder, placeOrder } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());
afterEach(async () => {
  shop.stripe.calm();
  shop.toss.calm();
  await shop.settled();
  expect(await audit(shop.db)).toEqual([]);
});

const EN = { locale: 'en', country: 'US', provider: 'stripe' } as const;
const KO = { locale: 'ko', country: 'KR', provider: 'toss' } as const;

/** A paid order and its payment. */
async function paid(
  buyer: typeof EN | typeof KO,
  skip: number,
): Promise<{ paymentId: number; amount: number; providerId: string }> {
  const placed = await placeOrder(shop, { ...buyer, skip });
  await payOrder(shop, placed, buyer.provider);
  const payment = await shop
    .db('payments')
    .where({ provider_id: placed.providerId })
    .first<{ id: number; amount: number }>('id', 'amount');
  return { paymentId: payment.id, amount: payment.amount, providerId: placed.providerId };
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
const paymentOf = (id: number) =>
  shop
    .db('payments')
    .where({ id })
    .first<{ state: string; refunded_amount: number }>('state', 'refunded_amount');
const refundsOf = (paymentId: number) =>
  shop
    .db('refunds')
    .where({ payment_id: paymentId })
    .orderBy('id')
    .select<{ state: string; amount: number }[]>('state', 'amount');
/** The queue waits longer each time; the test does not. */
async function untilRefunded(paymentId: number, states: string[]): Promise<void> {
  await expect
    .poll(
      async () => {
        await shop.db.raw(
          `update graphile_worker._private_jobs set run_at = now() where attempts > 0 and locked_at is null`,
        );
        return (await refundsOf(paymentId)).map(({ state }) => state);
      },
      { timeout: 15_000, interval: 100 },
    )
    .toEqual(states);
}
/** What the provider itself says has gone back. */
const returned = (providerId: string) =>
  shop.toss
    .payments()
    .find(({ paymentKey }) => paymentKey === providerId)
    ?.cancels?.reduce((sum, { cancelAmount }) => sum + cancelAmount, 0) ?? 0;

describe.each([EN, KO])('a refund at $provider', buyer => {
  const base = buyer.provider === 'toss' ? 6 : 0;

  it('of everything makes the payment refunded', async () => {
    const { paymentId, amount } = await paid(buyer, base);
    expect(await ask(paymentId, amount)).toMatchObject({ ok: true });
    await shop.settled();
    expect(await paymentOf(paymentId)).toEqual({ state: 'refunded', refunded_amount: amount });
    expect(await ask(paymentId, 1)).toEqual({ ok: false, reason: 'not-refundable' });
  });

  it('in two equal parts gives both, and never a third', async () => {
    const { paymentId, amount } = await paid(buyer, base + 1);
    const half = Math.floor(amount / 2);
    await Promise.all([ask(paymentId, half), ask(paymentId, half)]);
    expect(await ask(paymentId, half)).toEqual({ ok: false, reason: 'too-much' });
    await untilRefunded(paymentId, ['succeeded', 'succeeded']);
    expect(await paymentOf(paymentId)).toMatchObject({ refunded_amount: half * 2 });
  });

  it('asked for by ten people at once is promised as often as there is money', async () => {
    const { paymentId, amount } = await paid(buyer, base + 2);
    const third = Math.floor(amount / 3);
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(paymentId, third)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
    await untilRefunded(paymentId, ['succeeded', 'succeeded', 'succeeded']);
  });

  it.each([
    ['answers with an error before it acts', { kind: 'error', effect: 'before', times: 1 }],
    ['acts and answers with an error', { kind: 'error', effect: 'after', times: 1 }],
    ['acts and breaks off', { kind: 'cut', times: 1 }],
  ] as const)('is given once when the provider %s', async (_words, trouble) => {
    const { paymentId, amount, providerId } = await paid(buyer, base + 3);
    if (buyer.provider === 'stripe') shop.stripe.trouble({ ...trouble, on: 'refund' });
    else shop.toss.trouble({ ...trouble, on: 'cancel' });
    await ask(paymentId, amount);
    await untilRefunded(paymentId, ['succeeded']);
    expect(await paymentOf(paymentId)).toEqual({ state: 'refunded', refunded_amount: amount });
    if (buyer.provider === 'toss') expect(returned(providerId)).toBe(amount);
  });
});

describe('a refused refund', () => {
  it('is kept with its reason, and its money can be promised again', async () => {
    const { paymentId, amount } = await paid(KO, 10);
    shop.toss.trouble({ kind: 'answer-code', code: 'NOT_CANCELABLE_PAYMENT', on: 'cancel', times: 1 });
    await ask(paymentId, amount);
    await untilRefunded(paymentId, ['failed']);
    expect(await paymentOf(paymentId)).toEqual({ state: 'captured', refunded_amount: 0 });
    expect(await shop.db('events').where({ type: 'refund.failed' })).toHaveLength(1);
    await ask(paymentId, amount);
    await untilRefunded(paymentId, ['failed', 'succeeded']);
  });
});
