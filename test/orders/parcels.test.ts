import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.js';
import {
  addNote,
  correctTracking,
  deliverShipment,
  listParcels,
  listTimeline,
  prepareShipment,
  refundOrder,
  shipShipment,
  startFulfilling,
  unpackShipment,
} from '../../src/orders/index.js';
import { NotFound } from '../../src/lib/errors.js';
import { inTransaction, type Tx } from '../../src/platform/db.js';
import { startShop, type Shop } from '../support/shop.js';
import { buy, newNumber, send, type BoughtOrder } from './make.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());
afterEach(async () => {
  await shop.settled();
  expect(await audit(shop.db)).toEqual([]);
});

const STAFF = 'staff:1';
const run = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(shop.db, work);
const stateOf = async ({ orderId }: BoughtOrder) =>
  (await shop.db('orders').where({ id: orderId }).first<{ state: string }>('state')).state;
const movesOf = async ({ orderId }: BoughtOrder) =>
  (await listTimeline(shop.db, { orderId }))
    .filter(({ kind }) => kind === 'move')
    .map(({ toState }) => toState);
const deliver = (order: BoughtOrder, shipmentId: number) =>
  run(tx => deliverShipment(tx, { orderId: order.orderId, shipmentId, actor: STAFF, now: shop.now() }));
const prepare = (
  order: BoughtOrder,
  lines: { lineId: number; quantity: number }[],
  token = newNumber('other'),
) => run(tx => prepareShipment(tx, { orderId: order.orderId, lines, token, actor: STAFF, now: shop.now() }));
const ship = (order: BoughtOrder, shipmentId: number) =>
  run(tx =>
    shipShipment(tx, {
      orderId: order.orderId,
      shipmentId,
      carrier: 'cj',
      trackingNumber: newNumber('cj'),
      actor: STAFF,
      now: shop.now(),
    }),
  );
const hold = (order: BoughtOrder, reason: string | null) =>
  shop.db('orders').where({ id: order.orderId }).update({ hold: reason });

describe('sending', () => {
  it('everything at once goes paid → fulfilling → shipped, and arriving makes it delivered', async () => {
    const order = await buy(shop, { pieces: [2, 1] });
    const sent = await send(shop, order);
    if (!sent.ok) throw new Error(sent.reason);
    expect(await stateOf(order)).toBe('shipped');
    expect(await deliver(order, sent.shipmentId)).toEqual({ ok: true, repeated: false });
    expect(await deliver(order, sent.shipmentId)).toEqual({ ok: true, repeated: true });
    expect(await movesOf(order)).toEqual(['pending', 'paid', 'fulfilling', 'shipped', 'delivered']);
    const times = await shop
      .db('orders')
      .where({ id: order.orderId })
      .first<{ shipped_at: Date | null; delivered_at: Date | null }>('shipped_at', 'delivered_at');
    expect([times.shipped_at, times.delivered_at].every(at => at instanceof Date)).toBe(true);
  });

  it('in two parcels is shipped with the second, delivered with the last to arrive', async () => {
    const order = await buy(shop, { pieces: [3, 2] });
    const [a, b] = order.lines as [BoughtOrder['lines'][number], BoughtOrder['lines'][number]];
    const first = await send(shop, order, { lines: [{ lineId: a.id, quantity: 2 }] });
    expect(await stateOf(order)).toBe('fulfilling');
    const second = await send(shop, order, {
      lines: [
        { lineId: a.id, quantity: 1 },
        { lineId: b.id, quantity: 2 },
      ],
    });
    expect(await stateOf(order)).toBe('shipped');
    if (!first.ok || !second.ok) throw new Error('not sent');
    await deliver(order, second.shipmentId);
    expect(await stateOf(order)).toBe('shipped');
    await deliver(order, first.shipmentId);
    expect(await stateOf(order)).toBe('delivered');
  });

  it('a piece more than was bought is refused and leaves nothing behind', async () => {
    const order = await buy(shop, { pieces: [2] });
    const lineId = order.lines[0]!.id;
    expect(await send(shop, order, { lines: [{ lineId, quantity: 3 }] })).toEqual({
      ok: false,
      reason: 'too-many',
      lineId,
    });
    expect(await listParcels(shop.db, { orderId: order.orderId })).toEqual([]);
    expect(await stateOf(order)).toBe('paid');
  });

  it('a line of another order is refused', async () => {
    const other = await buy(shop);
    const order = await buy(shop);
    const sent = await send(shop, order, { lines: [{ lineId: other.lines[0]!.id, quantity: 1 }] });
    expect(sent).toMatchObject({ ok: false, reason: 'unknown-line' });
  });

  it('twenty times at once with the same form makes one parcel', async () => {
    const order = await buy(shop, { pieces: [2] });
    const token = newNumber('other');
    const results = await Promise.all(Array.from({ length: 20 }, () => send(shop, order, { token })));
    expect(results.filter(result => result.ok && !result.repeated)).toHaveLength(1);
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(await listParcels(shop.db, { orderId: order.orderId })).toHaveLength(1);
  });

  it('by two people at once ships no piece twice', async () => {
    const order = await buy(shop, { pieces: [3] });
    const lines = [{ lineId: order.lines[0]!.id, quantity: 2 }];
    const results = await Promise.all([send(shop, order, { lines }), send(shop, order, { lines })]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await shop.db('order_lines').where({ order_id: order.orderId, shipped_quantity: 2 })).toHaveLength(
      1,
    );
  });

  it('of an order that nobody has paid, or that was canceled, is refused', async () => {
    const unpaid = await buy(shop, { pay: false });
    expect(await send(shop, unpaid)).toEqual({ ok: false, reason: 'not-shippable' });
    await unpaid.visitor.post(`/en/orders/${unpaid.number}/cancellation?key=${unpaid.key}`, {});
    expect(await send(shop, unpaid)).toEqual({ ok: false, reason: 'not-shippable' });
    expect(
      await run(tx => startFulfilling(tx, { orderId: unpaid.orderId, actor: STAFF, now: shop.now() })),
    ).toEqual({ ok: false, reason: 'not-shippable' });
  });

  it.each(['dispute', 'deposit_reversed'])('waits while the order is held: %s', async reason => {
    const order = await buy(shop, { pieces: [2] });
    const packed = await prepare(order, [{ lineId: order.lines[0]!.id, quantity: 1 }]);
    if (!packed.ok) throw new Error(packed.reason);
    await hold(order, reason);
    expect(await send(shop, order, { lines: [{ lineId: order.lines[0]!.id, quantity: 1 }] })).toEqual({
      ok: false,
      reason: 'held',
    });
    expect(await ship(order, packed.shipmentId)).toEqual({ ok: false, reason: 'held' });
    await hold(order, null);
    expect(await ship(order, packed.shipmentId)).toMatchObject({ ok: true });
  });
});

describe('a packed parcel', () => {
  it('keeps its pieces from other parcels, leaves once, and can be unpacked before', async () => {
    const order = await buy(shop, { pieces: [3] });
    const lineId = order.lines[0]!.id;
    const packed = await prepare(order, [{ lineId, quantity: 2 }]);
    if (!packed.ok) throw new Error(packed.reason);
    expect(await stateOf(order)).toBe('fulfilling');
    expect(await prepare(order, [{ lineId, quantity: 2 }])).toMatchObject({ ok: false, reason: 'too-many' });
    expect(
      await run(tx =>
        unpackShipment(tx, {
          orderId: order.orderId,
          shipmentId: packed.shipmentId,
          actor: STAFF,
          now: shop.now(),
        }),
      ),
    ).toEqual({ ok: true });
    const whole = await prepare(order, [{ lineId, quantity: 3 }]);
    if (!whole.ok) throw new Error(whole.reason);
    const shipped = await Promise.all([ship(order, whole.shipmentId), ship(order, whole.shipmentId)]);
    expect(shipped.filter(result => result.ok && !result.repeated)).toHaveLength(1);
    expect(shipped.every(({ ok }) => ok)).toBe(true);
    expect(await stateOf(order)).toBe('shipped');
  });

  it('whose pieces were refunded since does not leave', async () => {
    const order = await buy(shop, { pieces: [2] });
    const packed = await prepare(order, [{ lineId: order.lines[0]!.id, quantity: 2 }]);
    if (!packed.ok) throw new Error(packed.reason);
    const refunded = await run(tx =>
      refundOrder(tx, {
        orderId: order.orderId,
        token: 'one of two',
        lines: [{ orderLineId: order.lines[0]!.id, quantity: 1, restock: true }],
        shippingAmount: 0,
        actor: 'staff:1',
        cause: 'changed their mind',
        now: shop.now(),
      }),
    );
    expect(refunded).toMatchObject({ ok: true });
    expect(await ship(order, packed.shipmentId)).toMatchObject({ ok: false, reason: 'too-many' });
  });

  it('is not found under another order', async () => {
    const order = await buy(shop);
    const other = await buy(shop);
    const packed = await prepare(order, [{ lineId: order.lines[0]!.id, quantity: 1 }]);
    if (!packed.ok) throw new Error(packed.reason);
    await expect(ship(other, packed.shipmentId)).rejects.toThrow(NotFound);
    await expect(deliver(other, packed.shipmentId)).rejects.toThrow(NotFound);
    expect(await deliver(order, packed.shipmentId)).toEqual({ ok: false, reason: 'not-shipped' });
  });
});

describe('the history', () => {
  it('keeps the tracking number that was wrong', async () => {
    const order = await buy(shop);
    const sent = await send(shop, order, { number: '111122223333' });
    if (!sent.ok) throw new Error(sent.reason);
    const correct = () =>
      run(tx =>
        correctTracking(tx, {
          orderId: order.orderId,
          shipmentId: sent.shipmentId,
          carrier: 'hanjin',
          trackingNumber: '444455556666',
          actor: STAFF,
          now: shop.now(),
        }),
      );
    expect(await correct()).toEqual({ ok: true, repeated: false });
    expect(await correct()).toEqual({ ok: true, repeated: true });
    const corrections = (await listTimeline(shop.db, { orderId: order.orderId })).filter(
      ({ cause }) => cause === 'parcel tracking corrected',
    );
    expect(corrections).toHaveLength(1);
    expect(corrections[0]!.data).toMatchObject({
      trackingNumber: '444455556666',
      before: { carrier: 'cj', trackingNumber: '111122223333' },
    });
  });

  it('takes a note once, however often its form comes', async () => {
    const order = await buy(shop);
    const note = (text: string, actor = STAFF) =>
      run(tx => addNote(tx, { orderId: order.orderId, text, actor, now: shop.now() }));
    await Promise.all(Array.from({ length: 5 }, () => note(' Call before delivery ')));
    await note('Call before delivery', 'staff:2');
    expect(await note('  ')).toEqual({ ok: false, reason: 'empty' });
    expect(await note('x'.repeat(2_001))).toEqual({ ok: false, reason: 'too-long' });
    const notes = (await listTimeline(shop.db, { orderId: order.orderId })).filter(
      ({ kind }) => kind === 'note',
    );
    expect(notes.map(({ actor, data }) => [actor, data])).toEqual([
      [STAFF, { text: 'Call before delivery' }],
      ['staff:2', { text: 'Call before delivery' }],
    ]);
  });

  it.each([
    ['order_events', `update order_events set cause = 'x'`],
    ['order_events', `delete from order_events`],
    ['order_events', `truncate order_events`],
    ['payment_events', `update payment_events set actor = 'x'`],
    ['payment_events', `delete from payment_events`],
    ['stock_movements', `update stock_movements set delta = 1`],
    ['stock_movements', `delete from stock_movements`],
    ['receipts', `update receipts set number = number + 1`],
    ['receipts', `delete from receipts`],
    ['orders', `delete from orders`],
    ['orders', `truncate orders cascade`],
    ['order_lines', `delete from order_lines`],
  ])('of %s is not touched by: %s', async (table, sql) => {
    const before = await shop.db(table).count();
    await expect(shop.db.raw(sql)).rejects.toMatchObject({ code: '23001' });
    expect(await shop.db(table).count()).toEqual(before);
  });
});
