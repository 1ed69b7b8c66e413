import type { Locale } from '../lib/locale.js';
import { money, type Currency, type Money } from '../lib/money.js';
import { formatMoment } from '../lib/time.js';
import type { ListedRefund } from './queries/listed-refunds.js';

/** How a refund stands, as its buyer is told; the sentences are `orders.refunds.<word>`. */
export type RefundWord = 'on_way' | 'done' | 'free' | 'before' | 'trouble' | 'elsewhere' | 'account';

export interface RefundView {
  amount: Money;
  word: RefundWord;
  date: string;
  lines: { name: string; quantity: number }[];
  /** The part of it that was paid for delivery. */
  delivery: Money | null;
  /** What of its worth had gone back before, as an entry of its own; it is no part of the amount. */
  before: Money | null;
}

function wordOf({ state, paidElsewhereAt, givenBefore }: ListedRefund): RefundWord {
  if (paidElsewhereAt !== null) return 'elsewhere';
  switch (state) {
    case 'succeeded':
      return 'done';
    case 'done':
      return givenBefore > 0 ? 'before' : 'free';
    case 'failed':
      return 'trouble';
    case 'needs_account':
      return 'account';
    default:
      return 'on_way';
  }
}

/** What goes or went back of an order; refunds that were taken back are no news for its buyer. */
export function refundViews(
  refunds: readonly ListedRefund[],
  { currency, locale }: { currency: Currency; locale: Locale },
): RefundView[] {
  return refunds
    .filter(({ givenUpAt }) => givenUpAt === null)
    .map(refund => ({
      amount: money(refund.amount, currency),
      word: wordOf(refund),
      date: formatMoment(refund.paidElsewhereAt ?? refund.settledAt ?? refund.createdAt, locale),
      lines: refund.lines.map(({ name, quantity }) => ({ name, quantity })),
      delivery: refund.shippingAmount > 0 ? money(refund.shippingAmount, currency) : null,
      before: refund.givenBefore > 0 ? money(refund.givenBefore, currency) : null,
    }));
}
