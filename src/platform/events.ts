/**
 * Everything rooms tell each other about. The payload holds ids only: a handler loads what it needs, fresh, and
 * tolerates "already done" and "gone".
 */
export interface Events {
  'order.placed': { orderId: number };
  'order.expired': { orderId: number };
  'order.canceled': { orderId: number };
  'shipment.shipped': { orderId: number; shipmentId: number };
  'shipment.delivered': { orderId: number; shipmentId: number };
  /** A bank account waits for the buyer's deposit. */
  'payment.pending': { paymentId: number; orderId: number };
  /** The bank took a deposit back: a paid order is not paid any more. */
  'payment.reversed': { paymentId: number; orderId: number };
  /** Staff ask for a letter once more. */
  'letter.resent': { orderId: number; letterId: number };
  'payment.failed': { paymentId: number; orderId: number };
  'payment.mismatch': { paymentId: number; orderId: number };
  'payment.refund_due': { paymentId: number; orderId: number };
  'refund.succeeded': { paymentId: number; orderId: number; refundId: number };
  /** Money goes back to an account that nobody has named yet, or that the bank does not know. */
  'refund.needs_account': { paymentId: number; orderId: number; refundId: number };
  'refund.failed': { paymentId: number; orderId: number; refundId: number };
  /** What can be bought fell to the variant's threshold or below it: once a fall. */
  'stock.low': { variantId: number; movementId: number };
  /** Somebody waits for a variant, and there are pieces again. */
  'stock.returned': { variantId: number; movementId: number };
  /** Somebody wants a letter when a variant is back: the address is to confirm it. */
  'stock.requested': { requestId: number };
  /** The one letter of a confirmed request is due. */
  'stock.answered': { requestId: number };
  'dispute.opened': { paymentId: number; orderId: number; disputeId: number };
  'dispute.closed': { paymentId: number; orderId: number; disputeId: number };
  /** The books and a provider's differ somewhere where they did not before. */
  'reconciliation.found': { runId: number };
  /** Goods come back: the buyer said so, staff decided, the goods are here, or they never came. */
  'return.requested': { orderId: number; returnId: number };
  'return.accepted': { orderId: number; returnId: number };
  'return.refused': { orderId: number; returnId: number };
  'return.received': { orderId: number; returnId: number };
  'return.closed': { orderId: number; returnId: number };
  /** An account was made, or its link is wanted once more: its address is to be shown to be theirs. */
  'user.registered': { userId: number };
  /** Somebody registered with an address that has an account. 0: it was made in the same moment. */
  'user.known': { userId: number };
  /** Somebody does not know their password. 0: no such account, and nothing follows. */
  'user.reset-asked': { userId: number };
  'user.password-changed': { userId: number };
  /** Somebody is asked to work at the desk; the history of the user says as what. */
  'user.invited': { userId: number; accountEventId: number };
  'user.role-changed': { userId: number };
  'user.email-asked': { userId: number; accountEventId: number };
  'user.email-changed': { userId: number; accountEventId: number };
  /** Signing in to an account takes a code as well, takes none any more, or took a recovery code. */
  'user.second-factor-on': { userId: number };
  'user.second-factor-off': { userId: number };
  'user.recovered': { userId: number };
  /** Somebody whom a provider named says that an address is theirs: its letter has the link that shows it. */
  'identity.asked': { userId: number; accountEventId: number };
  /** A way in through a provider came to an account, or went. */
  'identity.added': { userId: number; provider: string };
  'identity.removed': { userId: number; provider: string };
  /** Somebody wants everything about them as a file, and it is there. */
  'user.export-asked': { userId: number; exportId: number };
  'user.export-made': { userId: number; exportId: number };
  /** Somebody was erased: the last letter is due. */
  'user.erased': { userId: number };
  /** The person was taken out of an order. */
  'order.scrubbed': { orderId: number };
}
export type EventType = keyof Events;
