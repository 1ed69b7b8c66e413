import { EXPIRED, REPLACED, type Order } from '../orders/index.js';
import type { OrderLetterKind } from './views.js';

/**
 * Whether what a letter says still holds when it is about to go out: jobs may be late, and the world goes on. Letters not
 * named here tell what happened and stay true.
 */
export function stillTrue(
  kind: OrderLetterKind,
  order: Pick<Order, 'state'>,
  cancelCause: string | null,
  /** Whether something is asked of the buyer now: a transfer to an account, an account to send money to. */
  asked: { deposit: boolean; account: boolean },
): boolean {
  switch (kind) {
    // "Your payment did not work" must not reach somebody who has paid since.
    case 'payment-failed':
      return order.state === 'pending';
    // Nor "your order was canceled" somebody whose late money has brought it back.
    case 'order-expired':
      return order.state === 'canceled' && cancelCause === EXPIRED;
    // Nor somebody who is paying the order that took its place.
    case 'order-canceled':
      return order.state === 'canceled' && cancelCause !== REPLACED;
    // Nor may anybody be asked for a transfer that has arrived, or for an account that was named since.
    case 'deposit-awaited':
      return asked.deposit;
    case 'refund-account':
      return asked.account;
    default:
      return true;
  }
}
