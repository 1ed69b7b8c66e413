import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { DAY } from '../../src/lib/time.js';
import { refundOrder } from '../../src/orders/index.js';
import { inTransaction, type Tx } from '../../src/platform/db.js';
import {
  acceptReturn,
  closeReturn,
  declareReturn,
  findReturn,
  listReturns,
  receiveReturn,
  refuseReturn,
  type Declaration,
} from '../../src/returns/index.js';
import { startShop, type Shop } from '../support/shop.js';
import { buy, EN, KO, type Bought } from '../orders/paid.js';
import { arrive, delivered, send, STAFF } from './make.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());
afterEach(async () => {
  await shop.settled();
  expect(await audit(shop.db)).toEqual([]);
});

const run = <Input, Result>(act: (tx: Tx, input: Input) => Promise<Result>, input: Input) =>
  inTransaction(shop.db, tx => act(tx, input));
const declare = (bought: Bought, quantity: number, more: Partial<Declaration> & { now?: Date } = {}) =>
  run(declareReturn, {
    orderId: bought.orderId,
    kind: 'withdrawal',
    reason: null,
    note: '',
    lines: [{ orderLineId: bought.lines[0]!.id, quantity }],
    photos: [],
    token: randomUUID(),
    now: shop.now(),
    ...more,
  });
const BROKEN = { kind: 'return', reason: 'damaged' } as const;
const idOf = async ({ orderId }: Bought, number = 1) => (await findReturn(shop.db, { orderId, number }))!.id;
const stateOf = async ({ orderId }: Bought, number = 1) =>
  (await findReturn(shop.db, { orderId, number }))?.state;
const by = async (bought: Bought, number = 1) => ({
  returnId: await idOf(bought, number),
  actor: STAFF,
  now: shop.now(),
});
const orderOf = ({ orderId }: Bought) =>
  shop.db('orders').where({ id: orderId }).first<{ state: string }>('state');
const onHand = async ({ lines }: Bought) =>
  (await shop.db('stock').where({ variant_id: lines[0]!.variantId }).first<{ on_hand: number }>('on_hand'))
    .on_hand;
const promised = async ({ paymentId }: Bought) =>
  (await shop.db('payments').where({ id: paymentId }).first<{ refunded_amount: number }>('refunded_amount'))
    .refunded_amount;

describe('a withdrawal', () => {
  it('is accepted by itself; what comes back is refunded, and on the shelf if staff say so', async () => {
    const bought = await delivered(shop, { ...EN, quantity: 3 });
    const before = await onHand(bought);
    expect(await declare(bought, 2)).toEqual({ ok: true, number: 1, repeated: false });
    expect(await stateOf(bought)).toBe('accepted');
    const line = bought.lines[0]!;
    const received = await run(receiveReturn, {
      ...(await by(bought)),
      restock: [{ orderLineId: line.id }],
      shippingAmount: 0,
    });
    expect(received).toMatchObject({ ok: true, repeated: false });
    await shop.settled();
    expect(await promised(bought)).toBe(received.ok ? received.refund : -1);
    expect(await onHand(bought)).toBe(before + 2);
    expect((await orderOf(bought)).state).toBe('delivered');
  });

  it('of everything ends the order as refunded', async () => {
    const bought = await delivered(shop, { ...KO, quantity: 2 });
    await declare(bought, 2);
    const left = bought.total - bought.lines.reduce((sum, { total }) => sum + total, 0);
    await run(receiveReturn, { ...(await by(bought)), restock: [], shippingAmount: left });
    await shop.settled();
    expect((await orderOf(bought)).state).toBe('refunded');
    expect(await promised(bought)).toBe(bought.total);
  });

  it('can be declared while the parcel is on its way, but of what has left only', async () => {
    const bought = await buy(shop, { ...EN, skip: 1, quantity: 3 });
    expect(await declare(bought, 1)).toEqual({ ok: false, reason: 'not-open' });
    await send(shop, bought, 2);
    expect(await declare(bought, 3)).toEqual({ ok: false, reason: 'too-many' });
    expect(await declare(bought, 2)).toMatchObject({ ok: true });
  });

  it('counts its days from the last parcel', async () => {
    const bought = await buy(shop, { ...KO, skip: 1, quantity: 2 });
    const first = await send(shop, bought, 1);
    const second = await send(shop, bought, 1);
    await arrive(shop, bought, first);
    const late = new Date(shop.now().getTime() + 20 * DAY);
    await arrive(shop, bought, second, late);
    expect(await declare(bought, 1, { now: new Date(late.getTime() + 6 * DAY) })).toMatchObject({ ok: true });
    expect(await declare(bought, 1, { now: new Date(late.getTime() + 12 * DAY) })).toEqual({
      ok: false,
      reason: 'not-open',
    });
  });

  it('by one form sent five times at once is one return', async () => {
    const bought = await delivered(shop, { ...EN, skip: 2, quantity: 5 });
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => declare(bought, 1, { token: 'one form only' })),
    );
    expect(new Set(answers.map(answer => (answer.ok ? answer.number : 0)))).toEqual(new Set([1]));
    expect(await shop.db('returns').where({ order_id: bought.orderId })).toHaveLength(1);
  });

  it('of more pieces than there are is never possible, whoever asks at once', async () => {
    const bought = await delivered(shop, { ...EN, skip: 2, quantity: 3 });
    const answers = await Promise.all([
      declare(bought, 2),
      declare(bought, 2),
      declare(bought, 2, BROKEN),
      run(refundOrder, {
        orderId: bought.orderId,
        token: 'goodwill',
        lines: [{ orderLineId: bought.lines[0]!.id, quantity: 1, restock: false }],
        shippingAmount: 0,
        actor: STAFF,
        cause: 'goodwill',
        now: shop.now(),
      }),
    ]);
    expect(answers.slice(0, 3).filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('gives its pieces free when the goods never come', async () => {
    const bought = await delivered(shop, { ...EN, skip: 3 });
    await declare(bought, 1);
    expect(await declare(bought, 1)).toEqual({ ok: false, reason: 'too-many' });
    expect(await run(closeReturn, await by(bought))).toEqual({ ok: true, repeated: false });
    expect(await run(closeReturn, await by(bought))).toEqual({ ok: true, repeated: true });
    expect(await declare(bought, 1)).toEqual({ ok: true, number: 2, repeated: false });
  });
});

describe('a return that staff decide about', () => {
  it('waits, and is listed for them', async () => {
    const bought = await delivered(shop, { ...EN, skip: 4 });
    await declare(bought, 1, BROKEN);
    const waiting = await listReturns(shop.db, { states: ['requested'], limit: 50 });
    expect(waiting.map(({ orderNumber }) => orderNumber)).toContain(bought.number);
    expect(await run(receiveReturn, { ...(await by(bought)), restock: [], shippingAmount: 0 })).toEqual({
      ok: false,
      reason: 'state',
    });
  });

  it('is refused with words, or not at all, and stays refused', async () => {
    const bought = await delivered(shop, { ...EN, skip: 4 });
    await declare(bought, 1, BROKEN);
    expect(await run(refuseReturn, { ...(await by(bought)), words: '  ' })).toEqual({
      ok: false,
      reason: 'words',
    });
    expect(await run(refuseReturn, { ...(await by(bought)), words: 'Worn for a year.' })).toMatchObject({
      ok: true,
    });
    expect(await run(acceptReturn, await by(bought))).toEqual({ ok: false, reason: 'state' });
    expect(await promised(bought)).toBe(0);
  });

  it('accepted and refused at once is one of both', async () => {
    for (let round = 0; round < 4; round += 1) {
      const bought = await delivered(shop, { ...EN, skip: 5 });
      await declare(bought, 1, BROKEN);
      const staff = await by(bought);
      const both = [
        () => run(acceptReturn, staff),
        () => run(refuseReturn, { ...staff, words: 'Not ours.' }),
      ];
      const answers = await Promise.all((round % 2 === 0 ? both : both.toReversed()).map(act => act()));
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect(await stateOf(bought)).toMatch(/accepted|refused/);
    }
  });

  it('received four times at once is refunded once and put back once', async () => {
    const bought = await delivered(shop, { ...EN, skip: 6, quantity: 2 });
    const before = await onHand(bought);
    await declare(bought, 1, BROKEN);
    const staff = await by(bought);
    await run(acceptReturn, staff);
    const restock = [{ orderLineId: bought.lines[0]!.id }];
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => run(receiveReturn, { ...staff, restock, shippingAmount: 0 })),
    );
    expect(answers.filter(answer => answer.ok && !answer.repeated)).toHaveLength(1);
    await shop.settled();
    expect(await onHand(bought)).toBe(before + 1);
    expect(await shop.db('order_refunds').where({ order_id: bought.orderId })).toHaveLength(1);
  });

  it('of goods whose money went back before they came gives nothing twice', async () => {
    const bought = await delivered(shop, { ...EN, skip: 7 });
    await declare(bought, 1, BROKEN);
    const staff = await by(bought);
    await run(acceptReturn, staff);
    await run(refundOrder, {
      orderId: bought.orderId,
      token: 'at once',
      lines: [{ orderLineId: bought.lines[0]!.id, quantity: 1, restock: false }],
      shippingAmount: 0,
      actor: STAFF,
      cause: 'we believe it',
      now: shop.now(),
    });
    await shop.settled();
    const paid = await promised(bought);
    expect(await run(receiveReturn, { ...staff, restock: [], shippingAmount: 0 })).toEqual({
      ok: true,
      repeated: false,
      refund: null,
    });
    expect(await promised(bought)).toBe(paid);
  });

  it('asking for more of the delivery than was paid is received by nobody', async () => {
    const bought = await delivered(shop, { ...EN, skip: 8 });
    await declare(bought, 1, BROKEN);
    const staff = await by(bought);
    await run(acceptReturn, staff);
    expect(await run(receiveReturn, { ...staff, restock: [], shippingAmount: 10_000_000 })).toEqual({
      ok: false,
      reason: 'delivery',
    });
    expect(await stateOf(bought)).toBe('accepted');
  });

  it('writes each step into the order’s timeline', async () => {
    const bought = await delivered(shop, { ...EN, skip: 9 });
    await declare(bought, 1, BROKEN);
    await run(acceptReturn, await by(bought));
    await run(receiveReturn, { ...(await by(bought)), restock: [], shippingAmount: 0 });
    const events = await shop
      .db('order_events')
      .where({ order_id: bought.orderId, kind: 'return' })
      .orderBy('id')
      .select<{ actor: string; data: { step: string } }[]>('actor', 'data');
    expect(events.map(({ actor, data }) => [actor, data.step])).toEqual([
      ['buyer', 'requested'],
      [STAFF, 'accepted'],
      [STAFF, 'received'],
    ]);
  });
});
