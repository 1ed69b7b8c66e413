import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { HOUR } from '../../src/lib/time.js';
import { inTransaction } from '../../src/platform/db.js';
import { dismissFinding } from '../../src/reconciliation/index.js';
import { sessionBody, stripeClient } from '../simulators/stripe-client.js';
import { startShop, type Shop } from '../support/shop.js';
import { reconciliationDesk, type Bought } from './desk.js';

let shop: Shop;
let desk: ReturnType<typeof reconciliationDesk>;
beforeAll(async () => {
  shop = await startShop();
  desk = reconciliationDesk(shop);
});
afterAll(() => shop.close());
afterEach(async () => {
  shop.stripe.calm();
  await shop.settled();
  expect(await audit(shop.db)).toEqual([]);
});

it('finds nothing where nothing is wrong, and counts what it read', async () => {
  const bought = await desk.paid();
  await desk.askRefund(bought, 100);
  await shop.settled();
  expect(await desk.check()).toEqual([]);
  const { counts, finishedAt } = await desk.lastRun();
  expect(counts).toEqual({ payments: 1, refunds: 1, asked: 0, unanswered: 0, failed: [] });
  expect(finishedAt).not.toBeNull();
  expect(await desk.events('reconciliation.found')).toBe(0);
});

describe('row 28: there is no reconciliation', () => {
  it('a payment whose id is deleted in our books is named by the report, and the provider tells it again', async () => {
    const bought = await desk.paid();
    const before = await desk.payment(bought);
    await desk
      .db('payments')
      .where({ id: bought.paymentId })
      .update({ provider_id: null, transaction_id: null });
    // Far later than any idempotency key is remembered.
    shop.advance(30 * HOUR);
    const [finding] = await desk.check();
    expect(finding).toMatchObject({
      kind: 'different_id',
      paymentId: bought.paymentId,
      orderNumber: bought.number,
      ours: { attemptId: null, transactionId: null, amount: bought.amount },
      theirs: { attemptId: before.provider_id, transactionId: before.transaction_id, amount: bought.amount },
    });
    expect(await desk.repair(finding!, 'take_id')).toMatchObject({
      state: 'repaired',
      repairedBy: 'staff:1',
    });
    expect(await desk.payment(bought)).toEqual(before);
    expect(await desk.check()).toEqual([]);
  });
});

describe('money that came in and never reached its order', () => {
  it('is named, settled by one click, and settled once however often it is clicked', async () => {
    const bought = await desk.paidUnheard();
    const [finding] = await desk.check();
    expect(finding).toMatchObject({
      kind: 'charge_without_order',
      orderNumber: bought.number,
      ours: { state: 'opened', amount: bought.amount },
      theirs: { state: 'captured', amount: bought.amount, currency: 'USD' },
    });
    const asked = await Promise.all([desk.ask(finding!, 'settle'), desk.ask(finding!, 'settle', 'staff:2')]);
    expect(asked.filter(result => result.ok && !result.repeated)).toHaveLength(1);
    await shop.settled();
    expect(await desk.order(bought)).toMatchObject({ state: 'paid' });
    expect(await desk.about(bought)).toEqual([]);
    const after = await desk.everything();
    expect(await desk.ask(finding!, 'settle')).toEqual({ ok: false, reason: 'over' });
    expect(await desk.check()).toEqual([]);
    expect(await desk.everything()).toBe(after);
  });

  it('over another sum is a mismatch first, then goes back whole', async () => {
    const bought = await desk.place();
    shop.stripe.trouble([{ kind: 'webhooks-lost' }, { kind: 'pay-another-amount', amount: 1_234 }]);
    await shop.stripe.pay(bought.providerId);
    await shop.stripe.idle();
    shop.stripe.calm();
    await desk.db('payments').where({ id: bought.paymentId }).update({ check_at: null });
    const [finding] = await desk.check();
    expect(finding).toMatchObject({
      kind: 'different_amount',
      ours: { state: 'opened', amount: bought.amount },
      theirs: { amount: 1_234, currency: 'USD' },
    });
    expect(await desk.repair(finding!, 'settle')).toMatchObject({
      state: 'open',
      outcome: 'still',
      ours: { state: 'mismatch' },
    });
    expect(await desk.repair(finding!, 'give_back')).toMatchObject({ state: 'repaired' });
    expect(await desk.payment(bought)).toMatchObject({ state: 'refunded', refunded_amount: 1_234 });
    expect(await desk.check()).toEqual([]);
    expect(shop.stripe.refunds().filter(({ amount }) => amount === 1_234)).toHaveLength(1);
  });

  it('without any row of ours goes back under one name, once, and is not reported again', async () => {
    const client = stripeClient(shop.stripe, 'sk_test_simulated');
    const session = await client.checkout.sessions.create(
      sessionBody({
        client_reference_id: 'pay_somebody-elses',
        metadata: { reference: 'pay_somebody-elses' },
        payment_intent_data: { metadata: { reference: 'pay_somebody-elses' } },
      }),
    );
    await shop.stripe.pay(session.id);
    const [finding] = await desk.check();
    expect(finding).toMatchObject({
      kind: 'charge_without_order',
      paymentId: null,
      ours: null,
      theirs: { amount: 39_000, currency: 'KRW', state: 'succeeded' },
    });
    const before = shop.stripe.refunds().length;
    expect(await desk.repair(finding!, 'give_back')).toMatchObject({ state: 'repaired' });
    expect(await desk.ask(finding!, 'give_back')).toEqual({ ok: false, reason: 'over' });
    // As if the process had died before it could write down that it is done.
    await desk
      .db('reconciliation_findings')
      .where({ id: finding!.id })
      .update({ state: 'open', repaired_at: null, repaired_by: null });
    expect(await desk.repair(finding!, 'give_back')).toMatchObject({ state: 'repaired' });
    expect(shop.stripe.refunds().length).toBe(before + 1);
    expect(await desk.check()).toEqual([]);
  });
});

describe('refunds', () => {
  it('made in the dashboard while webhooks are lost are named and imported, once', async () => {
    const bought = await desk.paid();
    shop.stripe.trouble({ kind: 'webhooks-lost' });
    const made = shop.stripe.refundByHand(bought.providerId, 100);
    await shop.stripe.idle();
    shop.stripe.calm();
    const [finding] = await desk.check();
    expect(finding).toMatchObject({
      kind: 'refund_unknown',
      providerId: made.id,
      orderNumber: bought.number,
      ours: null,
      theirs: { amount: 100, currency: 'USD' },
    });
    await Promise.all([desk.ask(finding!, 'import'), desk.ask(finding!, 'import')]);
    await shop.settled();
    expect(await desk.about(bought)).toEqual([]);
    expect(await desk.refunds(bought)).toMatchObject([{ amount: 100, state: 'succeeded', imported: true }]);
    expect(await desk.payment(bought)).toMatchObject({ state: 'partially_refunded', refunded_amount: 100 });
    const after = await desk.everything();
    expect(await desk.check()).toEqual([]);
    expect(await desk.everything()).toBe(after);
  });

  it('that we promised and whose job was lost are named and given', async () => {
    const bought = await desk.paid();
    shop.stripe.trouble({ kind: 'error', effect: 'before', on: 'refund' });
    await desk.askRefund(bought, 200);
    await shop.settled();
    await desk.db.raw(`delete from graphile_worker._private_jobs where key like 'refund:%'`);
    shop.stripe.calm();
    shop.advance(2 * HOUR);
    const [finding] = await desk.check();
    expect(finding).toMatchObject({
      kind: 'refund_missing',
      ours: { state: 'requested', amount: 200 },
      theirs: null,
    });
    expect(await desk.repair(finding!, 'resend')).toMatchObject({ state: 'repaired' });
    expect(await desk.refunds(bought)).toMatchObject([{ state: 'succeeded', amount: 200 }]);
    expect(shop.stripe.refunds().filter(({ amount }) => amount === 200)).toHaveLength(1);
  });

  it('that came back from the buyer’s bank unheard fail in our books and are given anew', async () => {
    const bought = await desk.paid();
    await desk.askRefund(bought, 300);
    await shop.settled();
    const made = shop.stripe.refunds().find(({ amount }) => amount === 300)!;
    shop.stripe.trouble({ kind: 'webhooks-lost' });
    await shop.stripe.failRefund(made.id);
    await shop.stripe.idle();
    shop.stripe.calm();
    const [finding] = await desk.check();
    expect(finding).toMatchObject({
      kind: 'refund_missing',
      ours: { state: 'succeeded', amount: 300 },
      theirs: { state: 'failed', id: made.id },
    });
    expect(await desk.repair(finding!, 'resend')).toMatchObject({ state: 'repaired' });
    expect(await desk.refunds(bought)).toMatchObject([
      { state: 'failed' },
      { state: 'succeeded', amount: 300 },
    ]);
    expect(await desk.payment(bought)).toMatchObject({ refunded_amount: 300 });
    expect(await desk.check()).toEqual([]);
  });
});

describe('a finding', () => {
  const mixed = async (): Promise<Bought> => {
    const bought = await desk.paid();
    await desk.db('payments').where({ id: bought.paymentId }).update({ live: true });
    return bought;
  };

  it('of the other mode can only be looked at, and a repair that does not fit is refused', async () => {
    const bought = await mixed();
    const [finding] = await desk.check();
    expect(finding).toMatchObject({ kind: 'other_mode', paymentId: bought.paymentId });
    expect(await desk.ask(finding!, 'give_back')).toEqual({ ok: false, reason: 'unfit' });
    expect(await desk.repair(finding!, 'look')).toMatchObject({ state: 'open', outcome: 'still' });
    await desk.db('payments').where({ id: bought.paymentId }).update({ live: false });
    expect(await desk.check()).toEqual([]);
    expect((await desk.all('all')).find(({ id }) => id === finding!.id)).toMatchObject({ state: 'gone' });
  });

  it('is one row however often it is found, tells staff once, and stays closed once it is dismissed', async () => {
    const told = await desk.events('reconciliation.found');
    const bought = await mixed();
    const [finding] = await desk.check();
    expect((await desk.check()).map(({ id }) => id)).toEqual([finding!.id]);
    expect(await desk.events('reconciliation.found')).toBe(told + 1);
    const dismiss = () =>
      inTransaction(desk.db, tx =>
        dismissFinding(tx, {
          findingId: finding!.id,
          note: 'a test of ours',
          actor: 'staff:1',
          now: shop.now(),
        }),
      );
    expect(await dismiss()).toEqual({ ok: true, repeated: false });
    expect(await dismiss()).toEqual({ ok: true, repeated: true });
    expect(await desk.check()).toEqual([]);
    await desk.db('payments').where({ id: bought.paymentId }).update({ live: false });
  });

  it('stands while the provider does not answer', async () => {
    const bought = await desk.paidUnheard();
    const [finding] = await desk.check();
    shop.stripe.trouble({ kind: 'error', effect: 'before' });
    expect(await desk.repair(finding!, 'settle')).toMatchObject({ state: 'open', outcome: 'unanswered' });
    shop.stripe.calm();
    expect(await desk.repair(finding!, 'settle')).toMatchObject({ state: 'repaired' });
    expect(await desk.order(bought)).toMatchObject({ state: 'paid' });
  });
});
