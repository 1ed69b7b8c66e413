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

/** The account of the attempt under way; null when none waits. */
export function depositView(payments: readonly Payment[], locale: Locale): DepositView | null {
  const waiting = payments.find(({ state }) => state === 'pending');
  const to = waiting?.instructions;
  if (!waiting || !to) return null;
  return {
    // The name it had then, for a bank that our list does not have.
    bank: bankName(to.bank, locale) === to.bank ? to.bankName : bankName(to.bank, locale),
    accountNumber: to.accountNumber,
    holder: to.holder,
    amount: money(to.amount, waiting.currency),
    until: formatMoment(new Date(to.due), locale),
  };
}
