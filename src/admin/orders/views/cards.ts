import type { Locale } from '../../../lib/locale.js';
import { money, type Money } from '../../../lib/money.js';
import { formatMoment } from '../../../lib/time.js';
import { carrierPage, type ListedRefund, type Parcel, type StaffAction } from '../../../orders/index.js';
import type { DeskPayment } from '../queries/detail.js';
import { PAYMENT_BADGE } from './list.js';

export interface ParcelCard {
  id: number;
  state: Parcel['state'];
  badge: string;
  carrier: string | null;
  trackingNumber: string | null;
  page: string | null;
  shippedAt: string | null;
  deliveredAt: string | null;
  lines: Parcel['lines'];
  may: { dispatch: boolean; deliver: boolean; correct: boolean; unpack: boolean };
}

export interface RefundCard {
  id: number | null;
  /** What goes back with it; what of its worth had been given by hand before; what is missing where a part has arrived. */
  amount: Money;
  before: Money | null;
  missing: Money | null;
  delivery: Money | null;
  state: string;
  badge: string;
  failureCode: string | null;
  cause: string;
  createdAt: string;
  lines: ListedRefund['lines'];
  /** Money of it was refused or came back and nobody has ended it: somebody has to. */
  open: boolean;
}

export interface PaymentCard extends Omit<
  DeskPayment,
  'amount' | 'capturedAmount' | 'refundedAmount' | 'refunds' | 'disputes'
> {
  badge: string;
  asked: Money;
  captured: Money;
  back: Money;
  /** What no order can use and nobody has given back yet; null when an order keeps the money, or all of it goes back. */
  unused: Money | null;
  created: string;
  expires: string;
  refunds: (Omit<DeskPayment['refunds'][number], 'amount'> & { amount: Money })[];
  disputes: (Omit<DeskPayment['disputes'][number], 'amount' | 'dueAt'> & {
    amount: Money;
    due: string | null;
  })[];
}

const PARCEL_BADGE = { preparing: 'warn', shipped: '', delivered: 'done' } as const;
const REFUND_BADGE: Record<string, string> = {
  succeeded: 'done',
  done: 'done',
  failed: 'danger',
  requested: 'warn',
  pending: 'warn',
};

export function parcelCard(
  parcel: Parcel,
  locale: Locale,
  allowed: ReadonlySet<StaffAction>,
  mayFulfil: boolean,
): ParcelCard {
  const { id, state, carrier, trackingNumber, lines } = parcel;
  return {
    id,
    state,
    badge: PARCEL_BADGE[state],
    carrier,
    trackingNumber,
    page: carrierPage(carrier, trackingNumber),
    shippedAt: parcel.shippedAt && formatMoment(parcel.shippedAt, locale),
    deliveredAt: parcel.deliveredAt && formatMoment(parcel.deliveredAt, locale),
    lines,
    may: {
      dispatch: mayFulfil && state === 'preparing' && allowed.has('ship-parcel'),
      unpack: mayFulfil && state === 'preparing',
      deliver: mayFulfil && state === 'shipped' && allowed.has('deliver'),
      correct: mayFulfil && state !== 'preparing' && allowed.has('correct-tracking'),
    },
  };
}

export function refundCard(
  refund: ListedRefund,
  locale: Locale,
  amount: (units: number) => Money,
): RefundCard {
  const ended = refund.givenUpAt ? 'taken-back' : refund.paidElsewhereAt ? 'paid-elsewhere' : null;
  return {
    id: refund.orderRefundId,
    amount: amount(refund.amount),
    before: refund.givenBefore > 0 ? amount(refund.givenBefore) : null,
    missing: refund.missing > 0 && refund.missing < refund.amount ? amount(refund.missing) : null,
    delivery: refund.shippingAmount > 0 ? amount(refund.shippingAmount) : null,
    state: ended ?? refund.state,
    badge: ended ? '' : (REFUND_BADGE[refund.state] ?? ''),
    failureCode: refund.failureCode,
    cause: refund.cause,
    createdAt: formatMoment(refund.createdAt, locale),
    lines: refund.lines,
    open: refund.orderRefundId !== null && refund.state === 'failed' && ended === null,
  };
}

export function paymentCard(payment: DeskPayment, locale: Locale): PaymentCard {
  const of = (units: number) => money(units, payment.currency);
  return {
    ...payment,
    badge: PAYMENT_BADGE[payment.state] ?? '',
    asked: of(payment.amount),
    captured: of(payment.capturedAmount),
    back: of(payment.refundedAmount),
    unused:
      (payment.state === 'refund_due' || payment.state === 'mismatch') &&
      payment.capturedAmount > payment.refundedAmount
        ? of(payment.capturedAmount - payment.refundedAmount)
        : null,
    created: formatMoment(payment.createdAt, locale),
    expires: formatMoment(payment.expiresAt, locale),
    refunds: payment.refunds.map(refund => ({ ...refund, amount: of(refund.amount) })),
    deliveries: payment.deliveries.map(delivery => ({
      ...delivery,
      receivedAt: formatMoment(new Date(delivery.receivedAt), locale),
    })),
    disputes: payment.disputes.map(({ dueAt, ...dispute }) => ({
      ...dispute,
      amount: money(dispute.amount, dispute.currency),
      due: dueAt && formatMoment(new Date(dueAt), locale),
    })),
  };
}
