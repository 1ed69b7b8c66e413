import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { DAY, MINUTE } from '../../src/lib/time.js';
import type { Evidence, ProviderRefund } from '../../src/payments/index.js';
import {
  paymentDifferences,
  refundDifferences,
  repairsFor,
  returnReference,
  type PaymentFacts,
  type RefundFacts,
} from '../../src/reconciliation/rules.js';
import { periodOf, stepsOf } from '../../src/reconciliation/rules/runs.js';

const payment = (given: Partial<PaymentFacts> = {}): PaymentFacts => ({
  provider: 'stripe',
  reference: 'pay_1',
  providerId: 'cs_test_1',
  transactionId: 'pi_1',
  live: false,
  state: 'captured',
  currency: 'USD',
  amount: 5_000,
  capturedAmount: 5_000,
  refundedAmount: 0,
  ...given,
});
const captured = {
  state: 'captured',
  providerId: 'cs_test_1',
  transactionId: 'pi_1',
  amount: 5_000,
  currency: 'usd',
  reference: 'pay_1',
  live: false,
} as const;
type Known = Exclude<Evidence, { state: 'unknown' }>;
const opened = { capturedAmount: 0, transactionId: null };

describe('a payment differs', () => {
  test.each<[string, Partial<PaymentFacts>, Known, string[]]>([
    ['not where both have it', {}, captured, []],
    ['not while nobody has paid', { state: 'opened', ...opened }, { state: 'expired' }, []],
    ['where it never reached us', { state: 'opened', ...opened }, captured, ['charge_without_order']],
    ['where we gave it up', { state: 'expired', ...opened }, captured, ['charge_without_order']],
    [
      'not where all of it went back unseen',
      { state: 'failed', ...opened },
      { ...captured, returned: 5_000 },
      [],
    ],
    [
      'where another sum came',
      { state: 'opened', ...opened },
      { ...captured, amount: 1 },
      ['different_amount'],
    ],
    [
      'where another currency came',
      { state: 'opened', ...opened },
      { ...captured, currency: 'krw' },
      ['different_amount'],
    ],
    ['where only we have it', {}, { state: 'expired' }, ['order_without_charge']],
    ['where what they have is another’s', {}, { ...captured, reference: 'pay_2' }, ['order_without_charge']],
    ['not once it went back whole', { state: 'refunded', refundedAmount: 5_000 }, { state: 'missing' }, []],
    ['where our sum is another', { capturedAmount: 4_000 }, captured, ['different_amount']],
    ['where our row lost its id', { providerId: null }, captured, ['different_id']],
    ['where our row lost its transaction', { transactionId: null }, captured, ['different_id']],
    ['not by Toss’s newer transaction', { provider: 'toss', transactionId: 'older' }, captured, []],
    ['while late money waits', { state: 'refund_due' }, captured, ['charge_without_order']],
    ['not once late money is promised', { state: 'refund_due', refundedAmount: 5_000 }, captured, []],
    [
      'while another sum waits',
      { state: 'mismatch', capturedAmount: 7 },
      { ...captured, amount: 7 },
      ['different_amount'],
    ],
    ['where ours is live', { live: true }, captured, ['other_mode']],
    ['where theirs is live', {}, { ...captured, live: true }, ['other_mode']],
  ])('%s', (_name, given, evidence, kinds) => {
    const found = paymentDifferences(payment(given), { evidence, live: false });
    expect(found.map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe('a refund differs', () => {
  const now = new Date('2026-11-26T10:00:00Z');
  const ours = (given: Partial<RefundFacts> = {}): RefundFacts => ({
    reference: 'r1',
    amount: 100,
    currency: 'USD',
    state: 'succeeded',
    providerRefundId: 're_1',
    createdAt: new Date('2026-11-26T08:00:00Z'),
    ...given,
  });
  const theirs = (state: ProviderRefund['state']): ProviderRefund => ({
    providerRefundId: 're_1',
    reference: 'r1',
    amount: 100,
    currency: 'USD',
    state,
    code: null,
    at: now,
  });
  test.each<[string, RefundFacts | null, ProviderRefund | null, string[]]>([
    ['not where both have it', ours(), theirs('succeeded'), []],
    ['where only they have it', null, theirs('succeeded'), ['refund_unknown']],
    ['where it is on its way and only they know', null, theirs('pending'), ['refund_unknown']],
    ['not where theirs failed and ours never was', null, theirs('failed'), []],
    ['where only we have it', ours(), null, ['refund_missing']],
    ['where it came back', ours(), theirs('failed'), ['refund_missing']],
    ['where it was promised long ago', ours({ state: 'requested' }), null, ['refund_missing']],
    ['not where it was promised just now', ours({ state: 'requested', createdAt: now }), null, []],
    ['not while an account is missing', ours({ state: 'needs_account' }), null, []],
    ['not where it failed', ours({ state: 'failed' }), null, []],
  ])('%s', (_name, one, other, kinds) => {
    expect(refundDifferences(one, other, now).map(({ kind }) => kind)).toEqual(kinds);
  });
});

it('money in another currency is never given back by a click', () => {
  const found = paymentDifferences(payment({ state: 'mismatch' }), {
    evidence: { ...captured, currency: 'jpy' },
    live: false,
  });
  expect(repairsFor(found[0]!)).toEqual(['look']);
});

it('what differs can always be looked at again', () => {
  const state = fc.constantFrom('opened', 'captured', 'mismatch', 'refund_due', 'expired', 'reversed');
  fc.assert(
    fc.property(state, fc.nat(9_000), fc.nat(9_000), fc.boolean(), (each, capturedAmount, amount, live) => {
      const found = paymentDifferences(payment({ state: each as 'captured', capturedAmount }), {
        evidence: { ...captured, amount, live },
        live: false,
      });
      expect(found.length).toBeLessThanOrEqual(1);
      for (const difference of found) expect(repairsFor(difference)).toContain('look');
    }),
    { seed: 28 },
  );
});

it('the pieces of a run cover its period without gap or overlap, at each provider', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
      now => {
        const period = periodOf(now);
        expect(period.to.getTime()).toBe(now.getTime() - MINUTE);
        expect(period.to.getTime() - period.from.getTime()).toBeGreaterThanOrEqual(4 * DAY - MINUTE);
        for (const provider of ['stripe', 'toss'] as const) {
          const days = stepsOf(period).filter(step => step.what === 'list' && step.provider === provider);
          let at = period.from.getTime();
          for (const day of days) {
            if (day.what !== 'list') continue;
            expect(day.from.getTime()).toBe(at);
            expect(day.to.getTime()).toBeGreaterThan(at);
            at = day.to.getTime();
          }
          expect(at).toBe(period.to.getTime());
        }
      },
    ),
    { seed: 28 },
  );
});

it('a charge that goes back has one name, which both providers take', () => {
  const name = returnReference('toss', 'X'.repeat(64));
  expect(name).toMatch(/^[A-Za-z0-9_-]{6,64}$/);
  expect(returnReference('toss', 'X'.repeat(64))).toBe(name);
  expect(returnReference('stripe', 'X'.repeat(64))).not.toBe(name);
});
