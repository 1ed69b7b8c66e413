import { labelLines } from '../../../lib/address.js';
import type { Locale } from '../../../lib/locale.js';
import { money, type Money } from '../../../lib/money.js';
import { printPhone } from '../../../lib/phone.js';
import { formatDateRange, formatMoment } from '../../../lib/time.js';
import {
  orderLinks,
  staffActions,
  type ListedRefund,
  type Order,
  type Parcel,
} from '../../../orders/index.js';
import type { Return } from '../../../returns/index.js';
import type { LoggedAction } from '../../audit-log.js';
import { may } from '../../rules.js';
import type { Role } from '../../../accounts/index.js';
import type { DeskLine, DeskPayment, OtherOrder, StoryLine } from '../queries/detail.js';
import { RETURN_BADGE, type ListedReturnView } from '../../returns/views.js';
import { STATE_BADGE } from './list.js';
import {
  parcelCard,
  paymentCard,
  refundCard,
  type ParcelCard,
  type PaymentCard,
  type RefundCard,
} from './cards.js';
import { storyLine, type StoryView } from './story.js';

export interface LineView {
  sku: string;
  stockHref: string | null;
  name: string;
  detail: string;
  quantity: number;
  unit: Money;
  discount: Money | null;
  total: Money;
  /** Percent, as "10" or "8.25". */
  taxPercent: string | null;
  tax: Money | null;
  taxAdded: boolean;
  /** Pieces, where they differ from what was bought: `admin.order.pieces.<kind>`. */
  pieces: { kind: 'shipped' | 'canceled' | 'refunded'; count: number }[];
}

export interface DetailView {
  number: string;
  path: string;
  state: Order['state'];
  stateBadge: string;
  hold: Order['hold'];
  placedAt: string;
  delivery: string;
  method: string;
  language: Locale;
  /** The buyer's own page. */
  shopUrl: string;
  lines: LineView[];
  totals: { goods: Money; discount: Money; shipping: Money; tax: Money; taxContained: Money; total: Money };
  ledger: { captured: Money; refunded: Money; promised: Money; kept: Money };
  /** Money back that waits for the account it goes to; null: none does. */
  accountWanted: Money | null;
  payments: PaymentCard[];
  parcels: ParcelCard[];
  refunds: RefundCard[];
  returns: ListedReturnView[];
  customer: { name: string; email: string; phone: string; address: string[]; note: string };
  others: {
    number: string;
    href: string;
    state: Order['state'];
    badge: string;
    placedAt: string;
    total: Money;
  }[];
  story: StoryView[];
  log: { at: string; name: string; action: string; before: string | null; after: string | null }[];
  may: Record<'fulfil' | 'ship' | 'refund' | 'cancel' | 'note', boolean>;
  /** Whether whoever reads may end a refund that failed. */
  mayRefund: boolean;
}

export interface DetailFacts {
  order: Order;
  lines: readonly DeskLine[];
  payments: readonly DeskPayment[];
  parcels: readonly Parcel[];
  refunds: readonly ListedRefund[];
  returns: readonly Return[];
  others: readonly OtherOrder[];
  story: readonly StoryLine[];
  log: readonly LoggedAction[];
  names: ReadonlyMap<number, string>;
  role: Role;
  locale: Locale;
  baseUrl: string;
}

const percent = (basisPoints: number): string => String(basisPoints / 100);

function lineView(line: DeskLine, amount: (units: number) => Money): LineView {
  const pieces = [
    { kind: 'shipped' as const, count: line.shippedQuantity },
    { kind: 'canceled' as const, count: line.canceledQuantity },
    { kind: 'refunded' as const, count: line.refundedQuantity },
  ];
  return {
    sku: line.sku,
    stockHref: line.variantId === null ? null : `/admin/stock/${line.variantId}`,
    name: line.name,
    detail: [line.variantName, line.bundleName].filter(Boolean).join(' · '),
    quantity: line.quantity,
    unit: amount(line.unitAmount),
    discount: line.discountShare > 0 ? amount(line.discountShare) : null,
    total: amount(line.total),
    taxPercent: line.taxRate > 0 ? percent(line.taxRate) : null,
    tax: line.taxAmount > 0 ? amount(line.taxAmount) : null,
    taxAdded: line.taxAdded,
    pieces: pieces.filter(({ count }) => count > 0),
  };
}

const shown = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);

export function detailView(facts: DetailFacts): DetailView {
  const { order, locale, role, payments } = facts;
  const amount = (units: number) => money(units, order.currency);
  const sum = (of: (payment: DeskPayment) => number) => payments.reduce((total, each) => total + of(each), 0);
  const captured = sum(each => each.capturedAmount);
  const refunded = sum(each =>
    each.refunds.reduce((total, refund) => total + (refund.state === 'succeeded' ? refund.amount : 0), 0),
  );
  const unnamed = sum(each =>
    each.state === 'reversed'
      ? 0
      : each.refunds.reduce(
          (total, refund) => total + (refund.state === 'needs_account' ? refund.amount : 0),
          0,
        ),
  );
  const promised = sum(each => each.refundedAmount) - refunded;
  const allowed = new Set(staffActions({ ...order, lines: facts.lines, parcels: facts.parcels }));
  const mayFulfil = may(role, 'orders.fulfil');
  const mayRefund = may(role, 'orders.refund');
  return {
    number: order.number,
    path: `/admin/orders/${order.number}`,
    state: order.state,
    stateBadge: STATE_BADGE[order.state],
    hold: order.hold,
    placedAt: formatMoment(order.createdAt, locale),
    delivery: formatDateRange(order.deliveryFrom, order.deliveryTo, locale),
    method: order.shippingMethodName,
    language: order.locale,
    shopUrl: `${facts.baseUrl}/${order.locale}${orderLinks(order).page}`,
    lines: facts.lines.map(line => lineView(line, amount)),
    totals: {
      goods: amount(order.linesTotal),
      discount: amount(order.discountTotal),
      shipping: amount(order.shippingTotal),
      tax: amount(order.taxTotal),
      taxContained: amount(order.taxContained),
      total: amount(order.total),
    },
    ledger: {
      captured: amount(captured),
      refunded: amount(refunded),
      promised: amount(promised),
      kept: amount(captured - refunded - promised),
    },
    accountWanted: unnamed > 0 ? amount(unnamed) : null,
    payments: payments.map(payment => paymentCard(payment, locale)),
    parcels: facts.parcels.map(parcel => parcelCard(parcel, locale, allowed, mayFulfil)),
    refunds: facts.refunds.map(refund => refundCard(refund, locale, amount)),
    returns: facts.returns.map(found => ({
      name: `${order.number}-${found.number}`,
      href: `/admin/orders/${order.number}/returns/${found.number}`,
      kind: found.kind,
      state: found.state,
      badge: RETURN_BADGE[found.state],
      createdAt: formatMoment(found.createdAt, locale),
      pieces: found.lines.reduce((total, { quantity }) => total + quantity, 0),
    })),
    customer: {
      name: order.name,
      email: order.email,
      phone: printPhone(order.phone, order.country),
      address: labelLines(order, locale),
      note: order.note,
    },
    others: facts.others.map(other => ({
      number: other.number,
      href: `/admin/orders/${other.number}`,
      state: other.state,
      badge: STATE_BADGE[other.state],
      placedAt: formatMoment(other.createdAt, locale),
      total: money(other.total, other.currency),
    })),
    story: facts.story.map(line => storyLine(line, { names: facts.names, currency: order.currency, locale })),
    log: facts.log.map(({ at, name, action, before, after }) => ({
      at: formatMoment(at, locale),
      name,
      action,
      before: shown(before),
      after: shown(after),
    })),
    mayRefund,
    may: {
      fulfil: mayFulfil && allowed.has('start-fulfilling'),
      ship: mayFulfil && allowed.has('ship'),
      refund: mayRefund && allowed.has('refund'),
      cancel: allowed.has('cancel') && (order.state === 'pending' ? mayFulfil : mayRefund),
      note: mayFulfil && allowed.has('note'),
    },
  };
}
