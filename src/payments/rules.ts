import type { Moves } from '../lib/moves.js';
import { money, type Currency, type Money } from '../lib/money.js';
import { PROVIDERS, type Provider } from './gateways/gateway.js';

export type PaymentState =
  | 'opened' // the provider's page can be paid at
  | 'pending' // agreed, the money is on its way (a deposit, a delayed method)
  | 'captured' // we have exactly what was asked
  | 'failed' // the provider said no
  | 'expired' // nobody paid in time
  | 'canceled' // the buyer or a newer attempt ended it
  | 'refund_due' // money came that no order can use
  | 'mismatch' // money came, but another sum or currency: a person must look
  | 'partially_refunded'
  | 'refunded';

/** Money may still arrive at an attempt that we have given up: the provider's word counts, whenever it comes. */
const LATE: readonly PaymentState[] = ['captured', 'refund_due', 'mismatch'];

export const PAYMENT_MOVES: Moves<PaymentState> = {
  opened: ['pending', 'captured', 'failed', 'expired', 'canceled', 'refund_due', 'mismatch'],
  pending: ['captured', 'failed', 'expired', 'canceled', 'refund_due', 'mismatch'],
  captured: ['partially_refunded', 'refunded'],
  failed: LATE,
  expired: LATE,
  canceled: LATE,
  refund_due: ['refunded'],
  mismatch: ['refunded'],
  // A refund that was done can come back from the buyer's bank: then the money is ours to give again.
  partially_refunded: ['captured', 'refunded'],
  refunded: ['captured', 'partially_refunded', 'refund_due', 'mismatch'],
};

export type RefundState = 'requested' | 'pending' | 'succeeded' | 'failed';

/** A refund that failed never succeeds: giving the money again is another refund. */
export const REFUND_MOVES: Moves<RefundState> = {
  requested: ['pending', 'succeeded', 'failed'],
  pending: ['succeeded', 'failed'],
  succeeded: ['failed'],
  failed: [],
};

/** An attempt that can still become paid by itself. */
export const isActive = (state: PaymentState): boolean => state === 'opened' || state === 'pending';

/** Which providers can take `currency` for a delivery to `country`. Toss takes won, from cards and accounts in Korea. */
export function providersFor(
  available: readonly Provider[],
  currency: Currency,
  country: string,
): Provider[] {
  return available.filter(provider => provider === 'stripe' || (currency === 'KRW' && country === 'KR'));
}

/** What the providers answer to a sum below their minimum. */
const TOO_SMALL = /(^|:)(amount_too_small|BELOW_MINIMUM_AMOUNT)$/;

/** Whether an attempt failed because it was for less than its provider takes: no second try can do better. */
export const isTooSmall = (failureCode: string): boolean => TOO_SMALL.test(failureCode);

const MINUTE = 60_000;
/** When to ask the provider after the n-th unanswered question: soon at first, hourly in the end. */
export function nextCheck(checks: number, now: Date): Date {
  return new Date(now.getTime() + Math.min(60, 2 ** Math.min(checks, 6)) * MINUTE);
}

/**
 * The least that Stripe takes: 50 cents or won. It names none for UZS but wants half a dollar after conversion; ten
 * thousand soʻm leave room for the rate.
 */
const STRIPE_MINIMUM: Record<Currency, number> = { USD: 50, KRW: 50, UZS: 10_000_00 };
/** Toss takes won only: 100 by card and easy pay, 200 by account. */
const TOSS_CARD_MINIMUM = 100;
const TOSS_ACCOUNT_MINIMUM = 200;

/** The least that can be paid in this way. A provider refuses less, so the store says it before asking one. */
export function minimumCharge(
  { provider, method = '' }: { provider: Provider; method?: string },
  currency: Currency,
): Money {
  if (provider === 'stripe') return money(STRIPE_MINIMUM[currency], currency);
  const byCard = method === '' || method === 'card';
  return money(byCard ? TOSS_CARD_MINIMUM : TOSS_ACCOUNT_MINIMUM, currency);
}

/** The least that can be paid at all in a currency for a delivery to a country. */
export function leastCharge(currency: Currency, country: string): Money {
  const ways = providersFor(PROVIDERS, currency, country);
  const least = ways.map(provider => minimumCharge({ provider }, currency).amount);
  return money(Math.min(...least), currency);
}
