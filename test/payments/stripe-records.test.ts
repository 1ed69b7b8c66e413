import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Attempt, Gateway, ProviderRecord } from '../../src/payments/gateways/gateway.js';
import { createStripeGateway } from '../../src/payments/gateways/stripe.js';
import { startStripeSimulator, type StripeSimulator } from '../../src/simulators/index.js';
import { makeAttempt } from './gateway-attempt.js';

const KEY = 'sk_test_records';
let stripe: StripeSimulator;
let gateway: Gateway;
beforeEach(async () => {
  stripe = await startStripeSimulator({ port: 0, secretKey: KEY, webhook: null });
  gateway = createStripeGateway({
    secretKey: KEY,
    webhookSecrets: ['whsec_one'],
    apiOrigin: stripe.origin,
    checkoutOrigin: stripe.origin,
    timeoutMs: 5_000,
  });
});
afterEach(() => stripe.close());

interface Captured {
  attempt: Attempt;
  providerId: string;
  transactionId: string;
}
async function captured(given: Partial<Attempt> = {}): Promise<Captured> {
  const attempt = makeAttempt(given);
  const started = await gateway.start(attempt);
  if (!started.ok) throw new Error(started.code);
  await stripe.pay(started.providerId);
  const found = await gateway.ask({ ...attempt, providerId: started.providerId });
  if (found.state !== 'captured') throw new Error(found.state);
  return { attempt, providerId: started.providerId, transactionId: found.transactionId ?? '' };
}
const HOUR = 3_600_000;
const period = (from = -HOUR, to = HOUR) => ({
  from: new Date(Date.now() + from),
  to: new Date(Date.now() + to),
});
async function list(given = period()): Promise<ProviderRecord[]> {
  const records: ProviderRecord[] = [];
  for await (const record of gateway.list(given)) records.push(record);
  return records;
}

describe('the books of a period', () => {
  test('name every charge and refund in the store’s units, with our references where we made them', async () => {
    const korean = await captured({ amount: { amount: 39_000, currency: 'KRW' } });
    const uzbek = await captured({ amount: { amount: 1_690_000_00, currency: 'UZS' } });
    await gateway.refund({
      reference: 'refund_1',
      ...korean,
      amount: { amount: 9_000, currency: 'KRW' },
      refundable: 39_000,
      account: null,
      accountsGiven: 0,
    });
    stripe.refundByHand(uzbek.providerId, 500);
    const records = await list();
    expect(records).toHaveLength(4);
    expect(records).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'payment',
          reference: korean.attempt.reference,
          transactionId: korean.transactionId,
          amount: 39_000,
          currency: 'KRW',
          live: false,
          state: 'succeeded',
        }),
        expect.objectContaining({ kind: 'payment', reference: uzbek.attempt.reference, amount: 169_000_000 }),
        expect.objectContaining({
          kind: 'refund',
          reference: 'refund_1',
          transactionId: korean.transactionId,
          amount: 9_000,
        }),
        expect.objectContaining({ kind: 'refund', reference: null, amount: 500, currency: 'UZS' }),
      ]),
    );
  });

  test('are read to the end, however many pages they have, each record once', async () => {
    const made = [];
    for (let count = 0; count < 103; count += 1) made.push(await captured());
    const records = await list();
    expect(new Set(records.map(({ reference }) => reference))).toEqual(
      new Set(made.map(({ attempt }) => attempt.reference)),
    );
    expect(records).toHaveLength(made.length);
  });

  test('hold what fell into it and nothing else', async () => {
    await captured();
    expect(await list(period(-2 * HOUR, -HOUR))).toEqual([]);
    expect(await list(period(HOUR, 2 * HOUR))).toEqual([]);
  });

  test('are not taken for empty when Stripe does not answer', async () => {
    await captured();
    stripe.trouble({ kind: 'error', effect: 'before', on: 'list' });
    await expect(list()).rejects.toThrow('unknown error');
  });
});

describe('what followed a payment', () => {
  test('is every refund and dispute of it and none of another', async () => {
    const own = await captured();
    const other = await captured();
    stripe.refundByHand(other.providerId, 1_000);
    const refund = stripe.refundByHand(own.providerId, 2_000);
    const dispute = await stripe.openDispute(own.providerId, { reason: 'product_not_received' });
    expect(await gateway.aftermath(own)).toEqual({
      ok: true,
      refunds: [
        {
          providerRefundId: refund.id,
          reference: null,
          amount: 2_000,
          currency: 'KRW',
          state: 'succeeded',
          code: null,
          at: new Date(refund.created * 1_000),
        },
      ],
      disputes: [
        {
          providerDisputeId: dispute.id,
          amount: 1_290_000,
          currency: 'KRW',
          reason: 'product_not_received',
          state: 'open',
          providerState: 'needs_response',
          evidenceDueAt: new Date(dispute.evidence_details.due_by! * 1_000),
          openedAt: new Date(dispute.created * 1_000),
        },
      ],
    });
  });

  test('tells a refund that came back with its reason', async () => {
    const own = await captured();
    await stripe.failRefund(stripe.refundByHand(own.providerId).id);
    expect(await gateway.aftermath(own)).toMatchObject({
      refunds: [{ state: 'failed', code: 'expired_or_canceled_card' }],
    });
  });

  test.each([
    ['won', false, 'won'],
    ['lost', false, 'lost'],
    ['won', true, 'won'],
  ] as const)('calls a dispute that ended as %s (inquiry: %s) %s', async (end, inquiry, state) => {
    const own = await captured();
    const { id } = await stripe.openDispute(own.providerId, { inquiry });
    await stripe.closeDispute(id, end);
    expect(await gateway.aftermath(own)).toMatchObject({ disputes: [{ state }] });
  });

  test('is not concluded from a failure', async () => {
    const own = await captured();
    stripe.trouble({ kind: 'error', effect: 'before', on: 'list' });
    expect(await gateway.aftermath(own)).toMatchObject({ ok: false });
    expect(await gateway.aftermath({ ...own, transactionId: null })).toEqual({
      ok: false,
      code: 'no_payment_intent',
    });
  });
});

describe('a transaction', () => {
  test('leads to our payment, or to none of ours', async () => {
    const own = await captured();
    expect(await gateway.referenceOf!(own.transactionId)).toBe(own.attempt.reference);
    expect(await gateway.referenceOf!('pi_unknown')).toBeNull();
    stripe.trouble({ kind: 'error', effect: 'before' });
    await expect(gateway.referenceOf!(own.transactionId)).rejects.toThrow('unknown error');
  });
});

test('nothing to pay never reaches Stripe', async () => {
  await expect(gateway.start(makeAttempt({ amount: { amount: 0, currency: 'KRW' } }))).rejects.toThrow(
    RangeError,
  );
  expect(stripe.requests()).toEqual([]);
});

test('a sum below Stripe’s minimum is refused by name', async () => {
  expect(await gateway.start(makeAttempt({ amount: { amount: 49, currency: 'KRW' } }))).toEqual({
    ok: false,
    reason: 'refused',
    code: 'amount_too_small',
  });
  expect(await gateway.start(makeAttempt({ amount: { amount: 49, currency: 'USD' } }))).toMatchObject({
    code: 'amount_too_small',
  });
});
