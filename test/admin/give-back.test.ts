import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { atTheDesk } from '../support/staff.js';
import { failureDesk, type Attempted } from '../payments/failures/store.js';
import { startShop, type Shop } from '../support/shop.js';
import type { Visitor } from '../support/visitor.js';

let shop: Shop;
let staff: Visitor;
let desk: ReturnType<typeof failureDesk>;
beforeAll(async () => {
  shop = await startShop();
  desk = failureDesk(shop);
  staff = (await atTheDesk(shop)).visitor;
});
afterAll(() => shop.close());
afterEach(async () => {
  shop.stripe.calm();
  await shop.settled();
  expect(await audit(shop.db)).toEqual([]);
});

const pathOf = ({ number, paymentId }: Attempted) =>
  `/admin/orders/${number}/payments/${paymentId}/giving-back`;
const givenAtStripe = (order: Attempted) =>
  shop.stripe.refunds().filter(({ payment_intent }) => payment_intent === desk.session(order).payment_intent);

/** Another sum than was asked for came in. */
async function mismatched(skip: number): Promise<Attempted> {
  const order = await desk.place(skip);
  shop.stripe.trouble({ kind: 'pay-another-amount', amount: 100, times: 1 });
  await desk.pay(order);
  expect((await desk.payment(order)).state).toBe('mismatch');
  return order;
}

test('money of another sum goes back whole, once for two clicks, with a line in history and log', async () => {
  const order = await mismatched(0);
  expect((await staff.get(`/admin/orders/${order.number}`)).text).toContain(pathOf(order));
  const answers = await Promise.all([staff.post(pathOf(order), {}), staff.post(pathOf(order), {})]);
  for (const { status, location } of answers)
    expect([status, location]).toEqual([303, `/admin/orders/${order.number}#payments`]);
  await shop.settled();
  expect(givenAtStripe(order).map(({ amount }) => amount)).toEqual([100]);
  expect((await desk.payment(order)).state).toBe('refunded');
  expect(await desk.count('audit_log', { action: 'order.give-back', subject: `order:${order.number}` })).toBe(
    1,
  );
  const { text } = await staff.get(`/admin/orders/${order.number}`);
  expect(text).not.toContain(pathOf(order));
  expect(await desk.count('order_events', { order_id: order.orderId, kind: 'refund' })).toBeGreaterThan(1);
});

test('late money whose own refund failed can be given again', async () => {
  const order = await desk.place(1);
  await desk.wronglyEnd(order);
  await desk.setStock(order.variantId, (await desk.stock(order)).reserved);
  await desk.pay(order);
  await shop.stripe.failRefund(givenAtStripe(order)[0]!.id);
  await shop.settled();
  expect((await desk.payment(order)).state).toBe('refund_due');
  await staff.post(pathOf(order), {});
  await shop.settled();
  expect(givenAtStripe(order).map(({ status }) => status)).toEqual(['failed', 'succeeded']);
  expect((await desk.payment(order)).state).toBe('refunded');
  await desk.setStock(order.variantId, 50);
});

test('money that an order keeps is not given back this way', async () => {
  const order = await desk.place(2);
  await desk.pay(order);
  expect((await staff.get(`/admin/orders/${order.number}`)).text).not.toContain(pathOf(order));
  const { location } = await staff.post(pathOf(order), {});
  expect((await staff.get(location!)).text).toContain('an order keeps this money');
  expect((await desk.payment(order)).state).toBe('captured');
});

test('a payment of another order, one that does not exist and nonsense are not found', async () => {
  const order = await mismatched(3);
  const other = await mismatched(4);
  for (const id of [other.paymentId, 999_999, 'x', '1e3x'])
    expect((await staff.post(`/admin/orders/${order.number}/payments/${id}/giving-back`, {})).status).toBe(
      404,
    );
  await shop.settled();
  expect(givenAtStripe(other)).toEqual([]);
});
