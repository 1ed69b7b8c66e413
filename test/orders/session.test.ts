import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { payOrder, placeOrder } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());

it('nobody is sent on to an order before the session that may see it is written', async () => {
  const placed = await placeOrder(shop, { locale: 'en', country: 'US', provider: 'stripe' });
  await payOrder(shop, placed, 'stripe');
  const { email } = await shop
    .db('orders')
    .where({ number: placed.number })
    .first<{ email: string }>('email');

  // Somebody else keeps the sessions from being written for a while; reading them goes on.
  const holding = await shop.db.transaction();
  await holding.raw('lock table sessions in exclusive mode');
  let sentOn = false;
  const visitor = createVisitor(shop.origin);
  const body = new URLSearchParams({ email, number: placed.number });
  const answered = fetch(`${shop.origin}/en/orders/find`, { method: 'POST', body, redirect: 'manual' });
  void answered.then(() => (sentOn = true));
  while (!(await isWaiting())) await pause(10);
  await pause(50);
  expect(sentOn).toBe(false);
  await holding.commit();

  const response = await answered;
  expect(response.status).toBe(303);
  const cookie = response.headers
    .getSetCookie()
    .find(line => line.startsWith('session='))!
    .split(';')[0]!;
  const shown = await visitor.get(response.headers.get('location')!, { cookie });
  expect(shown.status).toBe(200);
});

/** Whether anybody waits for the table of sessions. */
async function isWaiting(): Promise<boolean> {
  const { rows } = await shop.db.raw<{ rows: unknown[] }>(
    `select from pg_locks where not granted and relation = 'sessions'::regclass`,
  );
  return rows.length > 0;
}
