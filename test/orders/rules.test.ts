import { describe, expect, it } from 'vitest';
import { mayMove } from '../../src/lib/moves.js';
import {
  LAST_TRY_MS,
  ORDER_MOVES,
  PAYMENT_WINDOW_MS,
  retryUntil,
  type OrderState,
} from '../../src/orders/rules.js';
import { PAYMENT_MOVES, type PaymentState } from '../../src/payments/rules.js';

/** The table of the store's design, written out once more: a move that is not here must not exist. */
const ORDER: [OrderState, OrderState[]][] = [
  ['pending', ['paid', 'canceled']],
  ['paid', ['fulfilling', 'canceled', 'refunded']],
  ['fulfilling', ['shipped', 'canceled', 'refunded']],
  ['shipped', ['delivered', 'refunded']],
  ['delivered', ['refunded']],
  ['canceled', ['pending']],
  ['refunded', []],
];

describe('order states', () => {
  it.each(ORDER)('%s may become %j and nothing else', (from, allowed) => {
    for (const to of Object.keys(ORDER_MOVES) as OrderState[])
      expect(mayMove(ORDER_MOVES, from, to)).toBe(allowed.includes(to));
  });
});

describe('payment states', () => {
  const all = Object.keys(PAYMENT_MOVES) as PaymentState[];

  it('never leave captured but by refunds and by a bank that takes its deposit back', () => {
    expect(PAYMENT_MOVES.captured).toEqual(['partially_refunded', 'refunded', 'reversed']);
  });

  it('let money arrive late, whatever we had given up', () => {
    for (const from of ['failed', 'expired', 'canceled'] as const)
      expect(PAYMENT_MOVES[from]).toContain('captured');
  });

  it('that hold money lead to one another only: what came in is never unheard of', () => {
    const moneyIsHere: PaymentState[] = [
      'captured',
      'partially_refunded',
      'refunded',
      'refund_due',
      'mismatch',
    ];
    for (const from of moneyIsHere)
      expect([...moneyIsHere, 'reversed']).toEqual(expect.arrayContaining([...PAYMENT_MOVES[from]]));
    // What the bank took back can arrive again, or its account is closed.
    expect(PAYMENT_MOVES.reversed).toEqual(['captured', 'refund_due', 'canceled']);
    expect(all.filter(state => PAYMENT_MOVES[state].length === 0)).toEqual([]);
  });
});

describe('trying to pay again', () => {
  const createdAt = new Date('2026-11-22T10:00:00Z');
  const after = (ms: number) => new Date(createdAt.getTime() + ms);

  it('holds the stock for one more window', () => {
    expect(retryUntil({ state: 'pending', createdAt }, after(60_000))).toEqual(
      after(60_000 + PAYMENT_WINDOW_MS),
    );
  });

  it('ends two hours after placing', () => {
    expect(
      retryUntil({ state: 'pending', createdAt }, after(LAST_TRY_MS - PAYMENT_WINDOW_MS)),
    ).not.toBeNull();
    expect(
      retryUntil({ state: 'pending', createdAt }, after(LAST_TRY_MS - PAYMENT_WINDOW_MS + 1)),
    ).toBeNull();
  });

  it('is for pending orders only', () =>
    expect(retryUntil({ state: 'paid', createdAt }, createdAt)).toBeNull());
});
