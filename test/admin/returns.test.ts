import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { declareReturn } from '../../src/returns/index.js';
import { placeOrder, payOrder } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';
import { atTheDesk } from '../support/staff.js';
import type { Visitor } from '../support/visitor.js';

let shop: Shop;
let admin: Visitor;
let staff: Visitor;
beforeAll(async () => {
  shop = await startShop();
  admin = (await atTheDesk(shop)).visitor;
  staff = (await atTheDesk(shop, { role: 'staff' })).visitor;
});
afterAll(async () => {
  expect(await audit(shop.db)).toEqual([]);
  await shop.close();
});

/** An order that has left, and a return of its one piece that waits for staff. */
async function sendBack(note = 'It rattles.') {
  const placed = await placeOrder(shop, { locale: 'en', country: 'US', provider: 'stripe' });
  await payOrder(shop, placed, 'stripe');
  const order = await shop.db('orders').where({ number: placed.number }).first<{ id: number }>('id');
  const line = await shop
    .db('order_lines')
    .where({ order_id: order.id })
    .first<{ id: number; total: number }>('id', 'total');
  const path = `/admin/orders/${placed.number}`;
  const token = /name="token" value="([^"]+)"/.exec((await admin.get(`${path}/parcels`)).text)![1]!;
  await admin.post(`${path}/parcels`, {
    token,
    send: 'now',
    [`quantity_${line.id}`]: '1',
    carrier: 'cj',
    tracking_number: '123456789012',
  });
  const declared = await inTransaction(shop.db, tx =>
    declareReturn(tx, {
      orderId: order.id,
      kind: 'return',
      reason: 'damaged',
      note,
      lines: [{ orderLineId: line.id, quantity: 1 }],
      photos: [],
      token: randomUUID(),
      now: shop.now(),
    }),
  );
  if (!declared.ok) throw new Error(declared.reason);
  await shop.settled();
  return { ...placed, orderId: order.id, lineId: line.id, path, at: `${path}/returns/1` };
}
const stateOf = async (orderId: number) =>
  (await shop.db('returns').where({ order_id: orderId }).first<{ state: string }>('state')).state;
const actions = async (number: string) =>
  (
    await shop
      .db('audit_log')
      .where({ subject: `order:${number}` })
      .orderBy('id')
      .select<{ action: string }[]>('action')
  ).map(({ action }) => action);

test('a return is listed, accepted, received, and its money goes back once', async () => {
  const { number, orderId, lineId, path, at } = await sendBack('<script>alert(1)</script>');
  expect((await staff.get('/admin/returns?state=requested')).text).toContain(`${number}-1`);
  expect((await staff.get('/admin')).text).toContain('/admin/returns?state=requested');
  const shown = await staff.get(at);
  expect(shown.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(shown.text).toContain(`${at}/acceptance"`);
  expect(shown.text).not.toContain(`${at}/receipt"`);
  await staff.post(`${at}/acceptance`, {});
  await staff.post(`${at}/acceptance`, {});
  expect(await stateOf(orderId)).toBe('accepted');
  // Money is not in the hands of staff.
  expect((await staff.get(at)).text).not.toContain(`${at}/receipt"`);
  expect((await staff.post(`${at}/receipt`, {})).status).toBe(403);
  expect((await admin.post(`${at}/receipt`, { delivery: 'all of it' })).status).toBe(422);
  const received = { delivery: '', [`restock_${lineId}`]: 'yes' };
  await Promise.all([admin.post(`${at}/receipt`, received), admin.post(`${at}/receipt`, received)]);
  await shop.settled();
  expect(await stateOf(orderId)).toBe('received');
  expect(await shop.db('order_refunds').where({ order_id: orderId })).toHaveLength(1);
  expect(await actions(number)).toEqual(['order.ship', 'return.accept', 'return.receive']);
  expect((await admin.get(path)).text).toContain(`${at}"`);
});

test('a refusal needs words, which come back as typed', async () => {
  const { orderId, number, at } = await sendBack();
  const empty = await staff.post(`${at}/refusal`, { words: '  ' });
  expect(empty.status).toBe(422);
  expect(empty.text).toContain('<title>Error: ');
  const long = 'x'.repeat(2_001);
  expect((await staff.post(`${at}/refusal`, { words: long })).text).toContain(long);
  await staff.post(`${at}/refusal`, { words: 'It was used for a year.' });
  expect(await stateOf(orderId)).toBe('refused');
  expect((await staff.get(at)).text).toContain('It was used for a year.');
  await staff.post(`${at}/acceptance`, {});
  expect((await staff.get(at)).text).toContain('Not done');
  expect(await actions(number)).toEqual(['order.ship', 'return.refuse']);
});

test('a return of another order is not found', async () => {
  const { at } = await sendBack();
  const other = await placeOrder(shop, { locale: 'en', country: 'US', provider: 'stripe' });
  expect((await admin.get(`/admin/orders/${other.number}/returns/1`)).status).toBe(404);
  expect((await admin.post(`/admin/orders/${other.number}/returns/1/acceptance`, {})).status).toBe(404);
  expect((await admin.get(`${at}/photos/1`)).status).toBe(404);
});

test('a notice stands on the first page until somebody is done with it', async () => {
  const event = await shop
    .db('events')
    .insert({ type: 'payment.mismatch', payload: JSON.stringify({}) })
    .returning<{ id: number }[]>('id');
  const [notice] = await shop
    .db('staff_notices')
    .insert({ kind: 'payment.mismatch', event_id: event[0]!.id, subject: '{}', created_at: shop.now() })
    .returning<{ id: number }[]>('id');
  expect((await staff.get('/admin')).text).toContain(`/admin/notices/${notice!.id}"`);
  await Promise.all([
    staff.post(`/admin/notices/${notice!.id}`, {}),
    staff.post(`/admin/notices/${notice!.id}`, {}),
  ]);
  expect((await staff.get('/admin')).text).not.toContain(`/admin/notices/${notice!.id}"`);
  expect(await shop.db('audit_log').where({ action: 'notice.handle' })).toHaveLength(1);
  expect((await staff.post('/admin/notices/999999', {})).status).toBe(404);
});
