import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { HOUR } from '../../src/lib/time.js';
import { checkoutFields, fillCart } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';
import { KO, reconciliationDesk, type Bought } from './desk.js';

let shop: Shop;
let desk: ReturnType<typeof reconciliationDesk>;
beforeAll(async () => {
  shop = await startShop();
  desk = reconciliationDesk(shop);
});
afterAll(() => shop.close());
afterEach(async () => {
  shop.toss.calm();
  await shop.settled();
  expect(await audit(shop.db)).toEqual([]);
});

it('a cancellation at Toss’s console that we never heard of is named and imported, once', async () => {
  const bought = await desk.paid(KO);
  expect(await desk.check()).toEqual([]);
  shop.toss.trouble({ kind: 'webhooks-lost' });
  await shop.toss.cancelByHand(bought.providerId, { amount: 1_000 });
  shop.toss.calm();
  const [finding] = await desk.check();
  expect(finding).toMatchObject({
    kind: 'refund_unknown',
    provider: 'toss',
    orderNumber: bought.number,
    theirs: { amount: 1_000, currency: 'KRW' },
  });
  await Promise.all([desk.ask(finding!, 'import'), desk.ask(finding!, 'import')]);
  await shop.settled();
  expect(await desk.refunds(bought)).toMatchObject([{ amount: 1_000, imported: true, state: 'succeeded' }]);
  expect(await desk.check()).toEqual([]);
});

it('a payment key deleted in our books is told by Toss again', async () => {
  const bought = await desk.paid(KO);
  const before = await desk.payment(bought);
  await desk
    .db('payments')
    .where({ id: bought.paymentId })
    .update({ provider_id: null, transaction_id: null });
  const [finding] = await desk.check();
  expect(finding).toMatchObject({ kind: 'different_id', theirs: { attemptId: before.provider_id } });
  expect(await desk.repair(finding!, 'take_id')).toMatchObject({ state: 'repaired' });
  expect(await desk.payment(bought)).toEqual(before);
});

it('a deposit that the bank took back unheard is an order without its money; settling holds the order', async () => {
  const visitor = createVisitor(shop.origin);
  await fillCart(shop, visitor, 'ko');
  const fields = await checkoutFields(visitor, KO);
  const { location } = await visitor.post('/ko/checkout', {
    ...fields,
    payment_method: 'toss_virtual_account',
  });
  const key = /payments\/([^/?#]+)/.exec(location ?? '')![1]!;
  await visitor.open(shop.toss.approve(key).location);
  await shop.settled();
  expect(await shop.toss.deposit(key)).toBe(true);
  await shop.settled();
  const row = await desk
    .db('payments')
    .where({ provider_id: key })
    .first<{ id: number; order_id: number }>('id', 'order_id');
  const bought = { paymentId: row.id, orderId: row.order_id } as Bought;
  expect(await desk.order(bought)).toMatchObject({ state: 'paid', hold: null });
  expect(await desk.check()).toEqual([]);

  shop.toss.trouble({ kind: 'webhooks-lost' });
  await shop.toss.loseDeposit(key);
  shop.toss.calm();
  // The list goes on telling of the deposit: only asking tells of its end.
  const [finding] = await desk.check();
  expect(finding).toMatchObject({
    kind: 'order_without_charge',
    paymentId: row.id,
    theirs: { state: 'pending' },
  });
  expect(await desk.repair(finding!, 'settle')).toMatchObject({ state: 'repaired' });
  expect(await desk.payment(bought)).toMatchObject({ state: 'reversed' });
  expect(await desk.order(bought)).toMatchObject({ hold: 'deposit_reversed' });
  expect(await desk.check()).toEqual([]);
});

it('a list that breaks off concludes nothing, is said, and the comparison begins anew an hour later', async () => {
  const bought = await desk.paid(KO);
  await desk.db('payments').where({ id: bought.paymentId }).update({ live: true });
  shop.toss.trouble({ kind: 'error', effect: 'before', on: 'other' });
  expect(await desk.check()).toEqual([]);
  expect((await desk.lastRun()).counts.failed).toEqual(['toss']);
  const again = await desk.db.raw<{ rows: { wait: number }[] }>(
    `select extract(epoch from run_at)::float8 as wait from graphile_worker.jobs where key = 'reconciliation:again'`,
  );
  expect(again.rows).toHaveLength(1);
  expect(again.rows[0]!.wait * 1_000 - shop.now().getTime()).toBeGreaterThan(0.9 * HOUR);
  shop.toss.calm();
  expect(await desk.check()).toMatchObject([{ kind: 'other_mode', paymentId: bought.paymentId }]);
  await desk.db('payments').where({ id: bought.paymentId }).update({ live: false });
  expect(await desk.check()).toEqual([]);
});
