import type { Moves } from '../lib/moves.js';
import { money, type Currency, type Money } from '../lib/money.js';

export const PROVIDERS = ['stripe', 'toss'] as const;
export type Provider = (typeof PROVIDERS)[number];

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
  | 'refunded'
  | 'reversed'; // a deposit was here and the bank took it back

/** Money may still arrive at an attempt that we have given up: the provider's word counts, whenever it comes. */
const LATE: readonly PaymentState[] = ['captured', 'refund_due', 'mismatch'];

export const PAYMENT_MOVES: Moves<PaymentState> = {
  opened: ['pending', 'captured', 'failed', 'expired', 'canceled', 'refund_due', 'mismatch'],
  pending: ['captured', 'failed', 'expired', 'canceled', 'refund_due', 'mismatch'],
  captured: ['partially_refunded', 'refunded', 'reversed'],
  failed: LATE,
  expired: LATE,
  canceled: LATE,
  refund_due: ['refunded', 'reversed'],
  mismatch: ['refunded'],
  // A refund that was done can come back from the buyer's bank: then the money is ours to give again.
  partially_refunded: ['captured', 'refunded', 'reversed'],
  refunded: ['captured', 'partially_refunded', 'refund_due', 'mismatch'],
  // The deposit may arrive again, or its account is closed.
  reversed: ['captured', 'refund_due', 'canceled'],
};

export type RefundState =
  | 'requested'
  | 'needs_account' // a deposit goes back to an account that nobody has named yet
  | 'pending'
  | 'succeeded'
  | 'failed';

/** A refund that failed never succeeds: giving the money again is another refund. */
export const REFUND_MOVES: Moves<RefundState> = {
  requested: ['needs_account', 'pending', 'succeeded', 'failed'],
  needs_account: ['requested', 'succeeded', 'failed'],
  pending: ['succeeded', 'failed'],
  succeeded: ['failed'],
  failed: [],
};

/** An attempt that can still become paid by itself. */
export const isActive = (state: PaymentState): boolean => state === 'opened' || state === 'pending';

/** How the money comes at a provider. Stripe's page offers its own ways; at Toss each is a window of its own. */
export const PAY_METHODS = [
  'card',
  'transfer',
  'virtual_account',
  'mobile_phone',
  'gift_certificate',
] as const;
export type PayMethod = (typeof PAY_METHODS)[number] | '';

interface Way {
  provider: Provider;
  method: PayMethod;
}

/** What a buyer chooses from, by the value the form sends, in the order it is offered: Korea's own ways first. */
const WAYS = {
  toss: { provider: 'toss', method: 'card' },
  toss_transfer: { provider: 'toss', method: 'transfer' },
  toss_virtual_account: { provider: 'toss', method: 'virtual_account' },
  toss_mobile: { provider: 'toss', method: 'mobile_phone' },
  toss_gift: { provider: 'toss', method: 'gift_certificate' },
  stripe: { provider: 'stripe', method: '' },
} as const satisfies Record<string, Way>;

export type PayChoice = keyof typeof WAYS;
const CHOICES = Object.keys(WAYS) as PayChoice[];

export const wayOf = (choice: PayChoice): Way => WAYS[choice];

/** The choice an attempt was made by. */
export const choiceOf = (way: Way): PayChoice =>
  CHOICES.find(choice => WAYS[choice].provider === way.provider && WAYS[choice].method === way.method) ??
  way.provider;

/** Ways to pay `currency` for a delivery to `country`. Toss takes won, from cards and accounts in Korea. */
export function choicesFor(available: readonly Provider[], currency: Currency, country: string): PayChoice[] {
  return CHOICES.filter(choice => {
    const { provider } = WAYS[choice];
    return (
      available.includes(provider) && (provider === 'stripe' || (currency === 'KRW' && country === 'KR'))
    );
  });
}

/** Where a deposit goes back to. */
export interface RefundAccount {
  /** A code of `banks.ts`. */
  bank: string;
  /** Digits, at most 20; only the last four once the money has gone. */
  accountNumber: string;
  holderName: string;
}

/** A deposit came from no card: the buyer has to say where it goes back to. No other way of paying may ask. */
export const needsAccount = (payment: { provider: Provider; method: PayMethod }): boolean =>
  payment.provider === 'toss' && payment.method === 'virtual_account';

/** What the books keep of an account: bank and last four digits. */
export const shortAccount = ({ bank, accountNumber }: RefundAccount): RefundAccount => ({
  bank,
  accountNumber: accountNumber.slice(-4),
  holderName: '',
});

/** What a buyer must know to pay into a virtual account. */
export interface DepositInstructions {
  /** Code and Korean name of the bank. */
  bank: string;
  bankName: string;
  accountNumber: string;
  holder: string;
  /** Whole won. */
  amount: number;
  /** ISO 8601. */
  due: string;
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
  const ways = choicesFor(PROVIDERS, currency, country).map(wayOf);
  const least = ways.map(way => minimumCharge(way, currency).amount);
  return money(Math.min(...least), currency);
}
