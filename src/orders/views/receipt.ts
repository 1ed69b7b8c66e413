import type { Locale } from '../../lib/locale.js';
import { money, type Money } from '../../lib/money.js';
import { formatMoment } from '../../lib/time.js';
import type { Order, OrderLine } from '../queries.js';
import type { Capture, ReceiptNumber } from '../queries/receipts.js';
import type { ListedRefund } from '../queries/listed-refunds.js';
import { taxRows } from '../rules/receipt.js';

export interface ReceiptView {
  /** Such as 2026-000042. */
  number: string;
  issuedAt: string;
  lines: {
    name: string;
    variantName: string;
    sku: string;
    quantity: number;
    discount: Money;
    total: Money;
  }[];
  /** Delivery in full, and what all discounts on goods took off. */
  discount: Money;
  shipping: Money;
  /** Empty where no tax was taken. `rate` in percent; null is delivery. */
  taxes: { rate: string | null; net: Money; tax: Money; gross: Money }[];
  taxAdded: boolean;
  tax: Money;
  total: Money;
  payments: { provider: string; at: string; amount: Money }[];
  refunds: { at: string; amount: Money }[];
  /** What stays paid after the refunds. */
  kept: Money;
}

const PROVIDERS: Readonly<Record<string, string>> = { stripe: 'Stripe', toss: 'Toss Payments' };

const percent = (rate: number, locale: Locale): string =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(rate / 10_000);

/** How a receipt number is written. */
export const receiptNumber = ({ year, number }: Pick<ReceiptNumber, 'year' | 'number'>): string =>
  `${year}-${String(number).padStart(6, '0')}`;

export function receiptView(facts: {
  receipt: ReceiptNumber;
  order: Order;
  lines: readonly OrderLine[];
  captures: readonly Capture[];
  refunds: readonly ListedRefund[];
  locale: Locale;
}): ReceiptView {
  const { receipt, order, lines, captures, refunds, locale } = facts;
  const amount = (units: number) => money(units, order.currency);
  const rows = taxRows(order, lines);
  const back = refunds
    .filter(({ givenUpAt }) => givenUpAt === null)
    .map(refund => ({ ...refund, amount: refund.paidElsewhereAt ? refund.amount : refund.arrived }))
    .filter(refund => refund.amount > 0);
  const paid = captures.reduce((sum, capture) => sum + capture.amount, 0);
  return {
    number: receiptNumber(receipt),
    issuedAt: formatMoment(receipt.issuedAt, locale),
    lines: lines.map(({ name, variantName, sku, quantity, discountShare, total }) => ({
      name,
      variantName,
      sku,
      quantity,
      discount: amount(discountShare),
      total: amount(total),
    })),
    discount: amount(order.discountTotal),
    shipping: amount(order.shippingTotal),
    taxes: rows.some(({ tax }) => tax > 0)
      ? rows.map(({ rate, net, tax, gross }) => ({
          rate: rate === null ? null : percent(rate, locale),
          net: amount(net),
          tax: amount(tax),
          gross: amount(gross),
        }))
      : [],
    taxAdded: lines.some(line => line.taxAdded),
    tax: amount(rows.reduce((sum, { tax }) => sum + tax, 0)),
    total: amount(order.total),
    payments: captures.map(capture => ({
      provider: PROVIDERS[capture.provider] ?? capture.provider,
      at: formatMoment(capture.at, locale),
      amount: amount(capture.amount),
    })),
    refunds: back.map(({ amount: units, settledAt, paidElsewhereAt, createdAt }) => ({
      at: formatMoment(paidElsewhereAt ?? settledAt ?? createdAt, locale),
      amount: amount(units),
    })),
    kept: amount(paid - back.reduce((sum, { amount: units }) => sum + units, 0)),
  };
}
