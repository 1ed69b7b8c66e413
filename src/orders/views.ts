import { labelLines } from '../lib/address.js';
import type { Locale } from '../lib/locale.js';
import { money, type Money } from '../lib/money.js';
import { printPhone } from '../lib/phone.js';
import { formatDateRange, formatMoment } from '../lib/time.js';
import { discountViews, priceStory, type DiscountView, type PriceStory } from '../discounts/index.js';
import { pictureView, type PictureView } from '../catalog/index.js';
import { choiceOf, isActive, isTooSmall, type PayChoice, type Payment } from '../payments/index.js';
import type { Taxation } from '../tax/index.js';
import { localePath } from '../web/index.js';
import type { Explanation } from './explanation.js';
import type { Order, OrderLine } from './queries.js';
import type { Parcel } from './queries/parcels.js';
import { EXPIRED, retryUntil } from './rules.js';
import { isShippable } from './rules/parcels.js';
import { depositView, type DepositView } from './views/deposit.js';
import { parcelView, type ParcelView } from './views/parcels.js';

/** What the buyer can be told of an order, one word each; the sentences are `orders.status.<status>.*`. */
export type OrderStatus =
  | 'unpaid'
  | 'checking'
  | 'awaiting'
  | 'deposit' // an account waits for the buyer's own transfer
  | 'failed'
  | 'too_small' // for less than the provider takes
  | 'expired'
  | 'canceled'
  | 'canceled_paid' // what was paid goes back
  | 'review'
  | 'refund' // money that came too late goes back
  | 'held'
  | 'paid'
  | 'fulfilling'
  | 'partly_shipped'
  | 'shipped'
  | 'delivered'
  | 'refunded';

export interface OrderPageView {
  number: string;
  status: OrderStatus;
  placedAt: string;
  lines: {
    name: string;
    variantName: string;
    /** The set it was bought as a part of. */
    setName: string | null;
    quantity: number;
    unit: Money;
    /** Before discounts, as the sum of goods counts it; and after them. */
    base: Money;
    total: Money;
    picture: PictureView | null;
  }[];
  parcels: ParcelView[];
  /** Whether it was paid, and so has a receipt. */
  hasReceipt: boolean;
  linesTotal: Money;
  discountTotal: Money;
  /** Sets and discounts that took something off; empty for orders older than that record. */
  sets: { name: string; saving: Money }[];
  discounts: DiscountView[];
  /** Delivery before and after discounts on it. */
  shippingBase: Money;
  shippingTotal: Money;
  taxTotal: Money;
  taxContained: Money;
  taxation: Taxation;
  total: Money;
  /** Null for orders older than that record. */
  story: PriceStory | null;
  /** Who receives it; letters greet them. */
  recipient: string;
  email: string;
  address: string[];
  phone: string;
  note: string;
  delivery: string;
  /** In the order's language; empty for orders older than methods. */
  deliveryMethod: string;
  /** Paths with the key: what works for the buyer works from the letter too. */
  links: OrderLinks;
  permanentUrl: string;
  payable: boolean;
  payUntil: string;
  /** Whether the provider's page of the present attempt can be opened again. */
  cancelable: boolean;
  /** Its cart has become it, so buying the same again is a wish of its own. */
  reorderable: boolean;
  /** Where to send the money, while an account waits for it. */
  deposit: DepositView | null;
  /** How the last attempt was made. */
  choice: PayChoice | null;
}

interface OrderLinks {
  page: string;
  receipt: string;
  payment: string;
  cancellation: string;
  reorder: string;
  refundAccount: string;
}

/** Paths of an order below its locale, each carrying the key of the permanent link. */
export function orderLinks(order: { number: string; accessKey: string }): OrderLinks {
  const path = (rest: string) => `/orders/${order.number}${rest}?key=${order.accessKey}`;
  return {
    page: path(''),
    receipt: path('/receipt'),
    payment: path('/payment'),
    cancellation: path('/cancellation'),
    reorder: path('/reorder'),
    refundAccount: path('/refund-account'),
  };
}

export function orderStatus(
  order: Order,
  payments: readonly Payment[],
  parcels: readonly Parcel[],
  cancelCause: string | null,
  now: Date,
): OrderStatus {
  const newest = payments[0];
  const { state, paidAt } = order;
  const some = (...states: Payment['state'][]) => payments.some(payment => states.includes(payment.state));
  if (paidAt === null && some('refund_due', 'refunded')) return 'refund';
  if (paidAt === null && some('mismatch')) return 'review';
  const keptNothing = order.total === 0 || order.hold === 'deposit_reversed';
  if (state === 'canceled' && paidAt !== null && !keptNothing) return 'canceled_paid';
  if (state === 'canceled') return cancelCause === EXPIRED ? 'expired' : 'canceled';
  // What has left is on its way, whatever happens to the money.
  if (order.hold !== null && isShippable(state)) return 'held';
  if (state === 'fulfilling' && parcels.some(parcel => parcel.state !== 'preparing')) return 'partly_shipped';
  if (state !== 'pending') return state;
  if (newest?.state === 'pending') return newest.instructions ? 'deposit' : 'awaiting';
  if (newest && isActive(newest.state))
    return newest.unansweredAt !== null || newest.confirmingAt !== null || newest.expiresAt <= now
      ? 'checking'
      : 'unpaid';
  return isTooSmall(newest?.failureCode ?? '') ? 'too_small' : 'failed';
}

/** How the order's price came about: its own figures, in the reader's language. */
function storyOf(
  order: Order,
  explanation: Explanation,
  lines: readonly OrderLine[],
  locale: Locale,
): PriceStory {
  return priceStory({
    ...order,
    ...explanation,
    locale,
    lines: lines.map(({ name, variantName, quantity, unitAmount, taxRate, taxAmount }) => ({
      name: [name, variantName].filter(Boolean).join(', '),
      quantity,
      unit: unitAmount,
      taxRate,
      tax: taxAmount,
    })),
    taxAdded: explanation.taxation === 'added',
  });
}

export function orderView(facts: {
  order: Order;
  lines: readonly OrderLine[];
  payments: readonly Payment[];
  parcels: readonly Parcel[];
  cancelCause: string | null;
  locale: Locale;
  baseUrl: string;
  now: Date;
}): OrderPageView {
  const { order, lines, payments, parcels, cancelCause, locale, baseUrl, now } = facts;
  const { explanation } = order;
  const amount = (units: number) => money(units, order.currency);
  const status = orderStatus(order, payments, parcels, cancelCause, now);
  const active = payments.find(payment => isActive(payment.state));
  const links = orderLinks(order);
  return {
    number: order.number,
    status,
    placedAt: formatMoment(order.createdAt, locale),
    lines: lines.map(line => ({
      name: line.name,
      variantName: line.variantName,
      setName: line.bundleName,
      quantity: line.quantity,
      unit: amount(line.unitAmount),
      base: amount(line.unitAmount * line.quantity),
      total: amount(line.total),
      picture: line.picture && pictureView(line.picture, 320),
    })),
    parcels: parcels.map(parcel => parcelView(parcel, locale)),
    hasReceipt: order.paidAt !== null,
    linesTotal: amount(order.linesTotal),
    discountTotal: amount(order.discountTotal),
    sets: (explanation?.sets ?? []).flatMap(({ name, saving }) =>
      saving > 0 ? [{ name, saving: amount(saving) }] : [],
    ),
    discounts: discountViews(explanation?.discounts ?? [], { currency: order.currency, locale }).filter(
      ({ off }) => off !== null,
    ),
    shippingBase: amount(explanation?.shippingBase ?? order.shippingTotal),
    shippingTotal: amount(order.shippingTotal),
    taxTotal: amount(order.taxTotal),
    taxContained: amount(order.taxContained),
    // Orders from before that record were all placed with the tax in the price.
    taxation: explanation?.taxation ?? 'contained',
    total: amount(order.total),
    story: explanation && storyOf(order, explanation, lines, locale),
    recipient: order.name,
    email: order.email,
    phone: printPhone(order.phone, order.country),
    note: order.note,
    address: labelLines(order, locale),
    deliveryMethod: order.shippingMethodName,
    delivery: formatDateRange(order.deliveryFrom, order.deliveryTo, locale),
    links,
    permanentUrl: baseUrl + localePath(locale, links.page),
    // Nobody is asked to pay what may be paid already, or what the provider refuses for its size.
    payable:
      (status === 'unpaid' && active !== undefined) ||
      (status === 'failed' && retryUntil(order, now) !== null),
    payUntil: formatMoment(active?.expiresAt ?? order.expiresAt, locale),
    cancelable: order.state === 'pending',
    reorderable: order.paidAt !== null,
    deposit: depositView(payments, locale),
    choice: payments[0] ? choiceOf(payments[0]) : null,
  };
}
