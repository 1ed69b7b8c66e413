import type { Locale } from '../../lib/locale.js';
import { money, type Money } from '../../lib/money.js';
import { formatMoment } from '../../lib/time.js';
import { bankName, type Payment } from '../../payments/index.js';

/** Where to send the money of an order that waits for a deposit. */
export interface DepositView {
  bank: string;
  accountNumber: string;
  holder: string;
  amount: Money;
  until: string;
}

type Waiting = Payment & { instructions: NonNullable<Payment['instructions']> };

/** The attempt that waits for the buyer's own transfer; undefined when none does. */
export const awaitsDeposit = (payments: readonly Payment[]): Waiting | undefined =>
  payments.find(
    (payment): payment is Waiting => payment.state === 'pending' && payment.instructions !== null,
  );

/** The account to send it to; null when no transfer is waited for. */
export function depositView(payments: readonly Payment[], locale: Locale): DepositView | null {
  const waiting = awaitsDeposit(payments);
  if (!waiting) return null;
  const { instructions: to } = waiting;
  return {
    // The name it had then, for a bank that our list does not have.
    bank: bankName(to.bank, locale) === to.bank ? to.bankName : bankName(to.bank, locale),
    accountNumber: to.accountNumber,
    holder: to.holder,
    amount: money(to.amount, waiting.currency),
    until: formatMoment(new Date(to.due), locale),
  };
}
