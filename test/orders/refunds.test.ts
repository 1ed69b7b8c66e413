import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.js';
import {
  cancelPaidOrder,
  listOrderRefunds,
  payRefundElsewhere,
  refundOrder,
  refundPreview,
  retryRefund,
  shipLines,
  takeBackRefund,
  type RefundChoice,
  type RefundResult,
} from '../../src/orders/index.js';
import { inTransaction, type Tx } from '../../src/platform/db.js';
import { startShop, type Shop } from '../support/shop.js';
import { buy, EN, KO, type Bought } from './paid.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());
afterEach(async () => {
  shop.stripe.calm();
  shop.toss.calm();
  await untilQuiet();
  expect(await audit(shop.db)).toEqual([]);
});

/** Everything that waits for a later try runs now. */
async function untilQuiet(): Promise<void> {
  await expect
    .poll(
      async () => {
        await shop.db.raw(
          `update graphile_worker._private_jobs set run_at = now() where attempts > 0 and locked_at is null`,
        );
        await shop.settled();
        const { rows } = await shop.db.raw<{ rows: { left: number }[] }>(
          `select count(*)::int as left from graphile_worker.jobs where task_identifier in ('payments.refund', 'event', 'hear')`,
        );
        return rows[0]!.left;
      },
      { timeout: 15_000, interval: 50 },
    )
    .toBe(0);
}

const run = <Input, Result>(act: (tx: Tx, input: Input) => Promise<Result>, input: Input) =>
  inTransaction(shop.db, tx => act(tx, input));
const STAFF = 'staff:7';
let forms = 0;
/** A refund as a form of the desk asks for it. */
const refund = (
  bought: Bought,
  choice: Partial<RefundChoice> & { token?: string; expected?: number },
): Promise<RefundResult> =>
  run(refundOrder, {
    orderId: bought.orderId,
    token: `form-${(forms += 1)}`,
    lines: [],
    shippingAmount: 0,
    actor: STAFF,
    cause: 'broken in transit',
    now: shop.now(),
    ...choice,
  });
const pieces = ({ lines }: Bought, quantity: number, restock = false) => [
  { orderLineId: lines[0]!.id, quantity, restock },
];
const cancel = (bought: Bought) =>
  run(cancelPaidOrder, {
    orderId: bought.orderId,
    actor: 'buyer',
    cause: 'canceled by the buyer',
    now: shop.now(),
  });

const ship = ({ orderId, lines }: Bought, quantity: number) =>
  inTransaction(shop.db, tx =>
    shipLines(tx, {
      orderId,
      lines: [{ lineId: lines[0]!.id, quantity }],
      carrier: 'other',
      trackingNumber: null,
      token: `parcel-${(forms += 1)}`,
      actor: STAFF,
      now: shop.now(),
    }),
  );

const stateOf = async ({ orderId, paymentId }: Bought) => {
  const order = await shop.db('orders').where({ id: orderId }).first<{ state: string }>('state');
  const payment = await shop
    .db('payments')
    .where({ id: paymentId })
    .first<{ state: string; refunded_amount: number }>('state', 'refunded_amount');
  return { order: order.state, payment: payment.state, promised: payment.refunded_amount };
};
const onHand = async ({ lines }: Bought) =>
  (await shop.db('stock').where({ variant_id: lines[0]!.variantId }).first<{ on_hand: number }>('on_hand'))
    .on_hand;
const statesOf = async ({ orderId }: Bought) =>
  (await listOrderRefunds(shop.db, { orderId })).map(({ state }) => state);
const preview = ({ orderId, total }: Bought, choice: RefundChoice = { lines: [], shippingAmount: 0 }) =>
  refundPreview(shop.db, { order: { id: orderId, total }, choice });

/** An order that is too small for free delivery. */
async function buyWithDelivery(): Promise<Bought> {
  for (let skip = 11; skip < 25; skip += 1) {
    const bought = await buy(shop, { ...EN, skip });
    if ((await preview(bought)).shippingLeft > 0) return bought;
  }
  throw new Error('the demo delivers everything free');
}

describe('one piece after another, then the delivery', () => {
  it.each([EN, KO])('gives all of the order back at $provider and ends it as refunded', async buyer => {
    const bought = await buy(shop, { ...buyer, quantity: 3 });
    const before = await onHand(bought);
    for (const restock of [true, false, true]) {
      expect(await refund(bought, { lines: pieces(bought, 1, restock) })).toMatchObject({ ok: true });
      await untilQuiet();
    }
    expect(await onHand(bought)).toBe(before + 2);
    const { shippingLeft, leftAmount } = await preview(bought);
    expect(leftAmount).toBe(shippingLeft);
    if (shippingLeft > 0) {
      expect((await stateOf(bought)).order).toBe('paid');
      await refund(bought, { shippingAmount: shippingLeft });
      await untilQuiet();
    }
    expect(await stateOf(bought)).toEqual({ order: 'refunded', payment: 'refunded', promised: bought.total });
    expect(await refund(bought, { lines: pieces(bought, 1) })).toEqual({ ok: false, reason: 'state' });
    const moves = await shop
      .db('order_events')
      .where({ order_id: bought.orderId, to_state: 'refunded' })
      .select<{ actor: string }[]>('actor');
    expect(moves).toEqual([{ actor: buyer.provider }]);
  });
});

describe('a form', () => {
  it('sent six times at once is one refund, and one piece on the shelf', async () => {
    const bought = await buy(shop, { ...EN, skip: 1, quantity: 4 });
    const before = await onHand(bought);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => refund(bought, { token: 'one form', lines: pieces(bought, 1, true) })),
    );
    expect(answers.filter(answer => answer.ok && !answer.repeated)).toHaveLength(1);
    expect(new Set(answers.map(answer => (answer.ok ? answer.orderRefundId : 0))).size).toBe(1);
    await untilQuiet();
    expect(await onHand(bought)).toBe(before + 1);
    expect(await statesOf(bought)).toEqual(['succeeded']);
  });

  it('whose amount was shown before somebody else refunded is refused', async () => {
    const bought = await buy(shop, { ...EN, skip: 1, quantity: 1 });
    const lines = pieces(bought, 1);
    const { chosen } = await preview(bought, { lines, shippingAmount: 0 });
    const amount = chosen.ok ? chosen.amount : -1;
    expect(await refund(bought, { lines, expected: amount + 1 })).toEqual({ ok: false, reason: 'changed' });
    expect(await refund(bought, { lines, expected: amount })).toMatchObject({ ok: true });
  });
});

describe('pieces that were refunded before they left', () => {
  it('never leave, and are waited for no longer', async () => {
    const bought = await buy(shop, { ...EN, skip: 2, quantity: 3 });
    await ship(bought, 2);
    await refund(bought, { lines: pieces(bought, 1, true) });
    expect((await stateOf(bought)).order).toBe('shipped');
    expect(await ship(bought, 1)).toEqual({ ok: false, reason: 'not-shippable' });
  });

  it('beside a parcel with all of them: what leaves and what is refunded is never more than was bought', async () => {
    for (let round = 0; round < 4; round += 1) {
      const bought = await buy(shop, { ...EN, skip: 2, quantity: 2 });
      await Promise.all([ship(bought, 2), refund(bought, { lines: pieces(bought, 1) })]);
      const [line] = await shop
        .db('order_lines')
        .where({ order_id: bought.orderId })
        .select<{ shipped_quantity: number; canceled_quantity: number }[]>(
          'shipped_quantity',
          'canceled_quantity',
        );
      expect([
        [2, 0],
        [0, 1],
      ]).toContainEqual([line!.shipped_quantity, line!.canceled_quantity]);
    }
  });
});

describe('two of the staff at once', () => {
  it('refund together no more pieces than were bought', async () => {
    const bought = await buy(shop, { ...EN, skip: 2, quantity: 5 });
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => refund(bought, { lines: pieces(bought, 2, true) })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(2);
    expect(answers.filter(({ ok }) => !ok)).toEqual(Array(2).fill({ ok: false, reason: 'too-many' }));
  });

  it('give the delivery back once', async () => {
    const bought = await buyWithDelivery();
    const { shippingLeft } = await preview(bought);
    const answers = await Promise.all(
      Array.from({ length: 3 }, () => refund(bought, { shippingAmount: shippingLeft })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('cannot refund a line of another order', async () => {
    const mine = await buy(shop, { ...EN, skip: 3 });
    const other = await buy(shop, { ...EN, skip: 3 });
    expect(await refund(mine, { lines: pieces(other, 1) })).toEqual({ ok: false, reason: 'too-many' });
  });
});

describe('a refund that the provider refuses', () => {
  const refuseOnce = () =>
    shop.toss.trouble({ kind: 'answer-code', code: 'NOT_CANCELABLE_PAYMENT', on: 'cancel', times: 1 });

  it('stays visible, and is given when it is asked for again, once', async () => {
    const bought = await buy(shop, { ...KO, skip: 4, quantity: 2 });
    refuseOnce();
    const asked = await refund(bought, { lines: pieces(bought, 1) });
    await untilQuiet();
    expect(await statesOf(bought)).toEqual(['failed']);
    const orderRefundId = asked.ok ? asked.orderRefundId : 0;
    const again = () =>
      run(retryRefund, {
        orderId: bought.orderId,
        orderRefundId,
        actor: STAFF,
        cause: 'again',
        now: shop.now(),
      });
    const answers = await Promise.all([again(), again(), again()]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    await untilQuiet();
    expect(await statesOf(bought)).toEqual(['succeeded']);
    expect(await again()).toEqual({ ok: false, reason: 'not-failed' });
    const steps = await shop
      .db('order_events')
      .where({ order_id: bought.orderId, kind: 'refund' })
      .orderBy('id')
      .select<{ data: { step: string } }[]>('data');
    expect(steps.map(({ data }) => data.step)).toEqual(['requested', 'failed', 'retried', 'succeeded']);
  });

  it('can be taken back, and its pieces are refunded anew to the unit', async () => {
    const bought = await buy(shop, { ...KO, skip: 5, quantity: 3 });
    refuseOnce();
    const asked = await refund(bought, { lines: pieces(bought, 2) });
    await untilQuiet();
    const orderRefundId = asked.ok ? asked.orderRefundId : 0;
    const by = { orderId: bought.orderId, orderRefundId, actor: STAFF, cause: 'kept', now: shop.now() };
    expect(await run(takeBackRefund, by)).toEqual({ ok: true });
    expect(await run(takeBackRefund, by)).toEqual({ ok: false, reason: 'not-failed' });
    expect(await run(retryRefund, by)).toEqual({ ok: false, reason: 'not-failed' });
    expect((await preview(bought)).leftAmount).toBe(bought.total);
    expect(await refund(bought, { lines: pieces(bought, 3) })).toMatchObject({
      ok: true,
      amount: { amount: bought.lines[0]!.total },
    });
  });

  it('of pieces that the rest of the order left without cannot be taken back: nothing of it is still to be packed', async () => {
    const bought = await buy(shop, { ...KO, skip: 5, quantity: 3 });
    refuseOnce();
    const asked = await refund(bought, { lines: pieces(bought, 1) });
    await untilQuiet();
    await ship(bought, 2);
    expect(await stateOf(bought)).toMatchObject({ order: 'shipped' });
    const orderRefundId = asked.ok ? asked.orderRefundId : 0;
    const by = { orderId: bought.orderId, orderRefundId, actor: STAFF, cause: 'kept', now: shop.now() };
    expect(await run(takeBackRefund, by)).toEqual({ ok: false, reason: 'state' });
    expect(await run(retryRefund, by)).toEqual({ ok: true });
    await untilQuiet();
    expect(await audit(shop.db)).toEqual([]);
  });

  it('of goods that lie on the shelf again cannot be taken back, but paid by other means', async () => {
    const bought = await buy(shop, { ...KO, skip: 6 });
    refuseOnce();
    const asked = await refund(bought, { lines: pieces(bought, 1, true) });
    await untilQuiet();
    const orderRefundId = asked.ok ? asked.orderRefundId : 0;
    const by = {
      orderId: bought.orderId,
      orderRefundId,
      actor: STAFF,
      cause: 'bank transfer',
      now: shop.now(),
    };
    expect(await run(takeBackRefund, by)).toEqual({ ok: false, reason: 'restocked' });
    expect(await run(payRefundElsewhere, by)).toEqual({ ok: true });
    expect(await run(retryRefund, by)).toEqual({ ok: false, reason: 'not-failed' });
    expect(await refund(bought, { lines: pieces(bought, 1) })).toEqual({ ok: false, reason: 'too-many' });
  });

  it('is unknown to another order', async () => {
    const bought = await buy(shop, { ...KO, skip: 6 });
    const other = await buy(shop, { ...KO, skip: 6 });
    refuseOnce();
    const asked = await refund(bought, { lines: pieces(bought, 1) });
    await untilQuiet();
    const by = {
      orderRefundId: asked.ok ? asked.orderRefundId : 0,
      actor: STAFF,
      cause: 'x',
      now: shop.now(),
    };
    expect(await run(retryRefund, { ...by, orderId: other.orderId })).toEqual({
      ok: false,
      reason: 'unknown',
    });
  });
});

describe('canceling after paying', () => {
  it('gives all money and goods back, whatever was refunded before', async () => {
    const bought = await buy(shop, { ...EN, skip: 7, quantity: 3 });
    const before = await onHand(bought);
    const one = await refund(bought, { lines: pieces(bought, 1, true) });
    const back = bought.total - (one.ok ? one.amount.amount : 0);
    expect(await cancel(bought)).toEqual({ ok: true, repeated: false, back });
    expect(await cancel(bought)).toEqual({ ok: true, repeated: true, back });
    await untilQuiet();
    expect(await stateOf(bought)).toEqual({ order: 'canceled', payment: 'refunded', promised: bought.total });
    expect(await onHand(bought)).toBe(before + 3);
  });

  it('five times at once is one cancellation', async () => {
    const bought = await buy(shop, { ...EN, skip: 8, quantity: 2 });
    const before = await onHand(bought);
    const answers = await Promise.all(Array.from({ length: 5 }, () => cancel(bought)));
    expect(answers.filter(answer => answer.ok && !answer.repeated)).toHaveLength(1);
    await untilQuiet();
    expect(await onHand(bought)).toBe(before + 2);
    expect(
      await shop
        .db('events')
        .whereRaw(`type = 'order.canceled' and payload ->> 'orderId' = ?`, [String(bought.orderId)]),
    ).toHaveLength(1);
  });

  it('beside a refund of the same pieces gives each piece back once', async () => {
    for (let round = 0; round < 4; round += 1) {
      const bought = await buy(shop, { ...EN, skip: 9, quantity: 2 });
      const before = await onHand(bought);
      const [canceled, refunded] = await Promise.all([
        cancel(bought),
        refund(bought, { lines: pieces(bought, 1, true) }),
      ]);
      expect(canceled).toMatchObject({ ok: true, repeated: false });
      if (!refunded.ok) expect(refunded.reason).toBe('state');
      await untilQuiet();
      expect(await onHand(bought)).toBe(before + 2);
      expect(await stateOf(bought)).toMatchObject({ order: 'canceled', promised: bought.total });
    }
  });

  it('is refused once a piece has left', async () => {
    const bought = await buy(shop, { ...EN, skip: 10, quantity: 2 });
    expect(await ship(bought, 1)).toMatchObject({ ok: true });
    expect(await cancel(bought)).toEqual({ ok: false, reason: 'shipped' });
    expect(await stateOf(bought)).toMatchObject({ order: 'fulfilling', promised: 0 });
  });

  it('beside a parcel that is being sent: one of the two finds the other done', async () => {
    for (let round = 0; round < 6; round += 1) {
      const bought = await buy(shop, { ...EN, skip: 10 });
      const both = [() => cancel(bought), () => ship(bought, 1)];
      const [first, second] = round % 2 === 0 ? both : both.toReversed();
      const answers = await Promise.all([first!(), second!()]);
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      await untilQuiet();
      const { order, promised } = await stateOf(bought);
      expect([order, promised]).toEqual(promised > 0 ? ['canceled', bought.total] : ['shipped', 0]);
    }
  });

  it('is refused before paying: that is another way to end an order', async () => {
    const bought = await buy(shop, { ...EN, skip: 10 });
    await cancel(bought);
    await untilQuiet();
    expect(await refund(bought, { lines: pieces(bought, 1) })).toEqual({ ok: false, reason: 'state' });
  });
});
