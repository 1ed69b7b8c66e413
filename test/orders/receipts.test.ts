import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueReceipt } from '../../src/orders/actions/issue-receipt.js';
import { inTransaction, refuse } from '../../src/platform/db.js';
import { testDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

let made = 0;
/** A bare order; what it sold does not matter here. */
async function makeOrder(paidAt: string | null): Promise<number> {
  const mine = (made += 1);
  const { db } = database;
  const [cart] = await db('carts')
    .insert({ token: `cart-${mine}-of-the-receipts-test` })
    .returning<{ id: number }[]>('id');
  const [order] = await db('orders')
    .insert({
      number: `T${mine}`,
      access_key: `key-${mine}-of-the-receipts-test`,
      cart_id: cart!.id,
      state: paidAt === null ? 'pending' : 'paid',
      paid_at: paidAt,
      locale: 'en',
      currency: 'USD',
      fingerprint: 'x',
      email: 'a@example.com',
      name: 'A',
      phone: '+12125550142',
      country: 'US',
      address1: '1 Example Street',
      lines_total: 100,
      shipping_total: 0,
      total: 100,
      delivery_from: '2026-12-01',
      delivery_to: '2026-12-02',
      expires_at: '2026-12-01T00:00:00Z',
    })
    .returning<{ id: number }[]>('id');
  return order!.id;
}
const issue = (orderId: number) =>
  inTransaction(database.db, tx => issueReceipt(tx, { orderId, now: new Date('2027-02-01T00:00:00Z') }));
const numbersOf = async (year: number) =>
  await database.db('receipts').where({ year }).orderBy('number').pluck<number[]>('number');
const oneTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

describe('receipt numbers', () => {
  it('are 1 to n after fifty at once, every third of them rolled back', async () => {
    const orders = await Promise.all(Array.from({ length: 50 }, () => makeOrder('2026-11-26T10:00:00Z')));
    const results = await Promise.all(
      orders.map((orderId, index) =>
        inTransaction(database.db, async tx => {
          const receipt = await issueReceipt(tx, { orderId, now: new Date() });
          if (index % 3 === 0) refuse(null);
          return receipt;
        }),
      ),
    );
    const kept = results.filter(receipt => receipt !== null).length;
    expect(kept).toBe(33);
    expect(await numbersOf(2026)).toEqual(oneTo(kept));
    // What was rolled back is given later, and follows without a gap.
    for (const orderId of orders) await issue(orderId);
    expect(await numbersOf(2026)).toEqual(oneTo(50));
  });

  it('are given once, however often the event is heard', async () => {
    const orderId = await makeOrder('2026-11-26T10:00:00Z');
    const receipts = await Promise.all(Array.from({ length: 10 }, () => issue(orderId)));
    expect(new Set(receipts.map(receipt => receipt?.number)).size).toBe(1);
  });

  it('begin anew with the warehouse’s year, which is nine hours ahead', async () => {
    const last = await issue(await makeOrder('2027-12-31T14:59:59Z'));
    const first = await issue(await makeOrder('2027-12-31T15:00:00Z'));
    expect([last?.year, last?.number]).toEqual([2027, 1]);
    expect([first?.year, first?.number]).toEqual([2028, 1]);
  });

  it('are not given to an order that nobody has paid', async () => {
    expect(await issue(await makeOrder(null))).toBeNull();
  });

  it('cannot be the same twice in a year, whoever writes them', async () => {
    const orderId = await makeOrder('2026-11-26T10:00:00Z');
    await expect(
      database.db('receipts').insert({ order_id: orderId, year: 2026, number: 1 }),
    ).rejects.toMatchObject({ code: '23505' });
  });
});
