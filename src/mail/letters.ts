import type { EventType } from '../platform/events.js';
import type { LetterKind } from './views.js';

/** What an event says a letter is about. */
export interface LetterSubject {
  orderId: number;
  shipmentId?: number;
  refundId?: number;
}

/** No letter follows, and this is why. */
export interface NoLetter {
  none: string;
}
const none = (why: string): NoLetter => ({ none: why });

/**
 * Which letter follows from an event, or why none does. Every event is here: whoever adds one to `Events` decides, for
 * the compiler asks.
 */
export const EVENT_LETTERS = {
  'order.placed': 'order-placed',
  'order.expired': 'order-expired',
  'order.canceled': 'order-canceled',
  'shipment.shipped': 'parcel-shipped',
  'shipment.delivered': 'parcel-delivered',
  'payment.pending': 'deposit-awaited',
  'payment.reversed': none('a person looks at it first, and writes'),
  'payment.failed': 'payment-failed',
  'payment.mismatch': none('a person looks at it first, and writes'),
  'payment.refund_due': none('told when the money has gone back: refund.succeeded'),
  'refund.succeeded': 'refunded',
  'refund.needs_account': 'refund-account',
  'refund.failed': none('staff are told; the buyer hears when the money has gone back'),
  'dispute.opened': none('the buyer asked their bank, and it answers them'),
  'dispute.closed': none('the bank tells the buyer'),
  'stock.low': none('for staff'),
  'reconciliation.found': none('for staff'),
  'stock.returned': none('each request has an event of its own: stock.answered'),
  'stock.requested': 'stock-requested',
  'stock.answered': 'stock-returned',
  // A withdrawal is confirmed and accepted in one letter of its own.
  'return.requested': 'return-requested',
  'return.accepted': 'return-accepted',
  'return.refused': 'return-refused',
  'return.received': 'return-received',
  'return.closed': 'return-closed',
  'user.registered': 'user-verify',
  'user.known': 'user-known',
  'user.reset-asked': 'user-reset',
  'user.password-changed': 'user-password-changed',
  'user.invited': 'user-invited',
  'user.role-changed': 'user-role-changed',
  // To both addresses, each in its own words.
  'user.email-asked': 'user-email-new',
  'user.email-changed': 'user-email-changed',
  'user.second-factor-on': 'user-second-factor-on',
  'user.second-factor-off': 'user-second-factor-off',
  'user.recovered': 'user-recovered',
  'identity.asked': 'user-identity-asked',
  'identity.added': 'user-identity-added',
  'identity.removed': 'user-identity-removed',
  'user.export-asked': none('told when the file is there: user.export-made'),
  'user.export-made': 'user-exported',
  'user.erased': 'user-erased',
  'order.scrubbed': none('nobody is left to write to'),
  'letter.resent': none('sends the letter it names once more'),
} as const satisfies Readonly<Record<EventType, LetterKind | NoLetter>>;

/** A step of an order or a parcel, and the events by which the buyer hears of it, or why they hear nothing. */
export type StepLetters = Readonly<Record<string, readonly EventType[] | NoLetter>>;

/** Every move of `ORDER_MOVES`, written `from → to`. */
export const ORDER_STEP_LETTERS: StepLetters = {
  'pending → paid': ['order.placed'],
  'pending → canceled': ['order.expired', 'order.canceled'],
  'paid → fulfilling': none('the confirmation said that packing comes next'),
  'paid → canceled': ['order.canceled'],
  'paid → refunded': ['refund.succeeded'],
  'fulfilling → shipped': none('each parcel has its letter'),
  'fulfilling → canceled': ['order.canceled'],
  'fulfilling → refunded': ['refund.succeeded'],
  'shipped → delivered': none('each parcel has its letter'),
  'shipped → refunded': ['refund.succeeded'],
  'delivered → refunded': ['refund.succeeded'],
  'canceled → pending': none('late money: it is paid in the same moment, and that has its letter'),
};

/** Every move of `SHIPMENT_MOVES`. */
export const PARCEL_STEP_LETTERS: StepLetters = {
  'preparing → shipped': ['shipment.shipped'],
  'shipped → delivered': ['shipment.delivered'],
};
