import { holdOrder, releaseHold, type Order } from '../../orders/index.js';
import {
  dropRefunds,
  lockPayment,
  movePayment,
  requestRefund,
  resumeRefunds,
  type Payment,
} from '../../payments/index.js';
import { emit } from '../../platform/jobs.js';
import type { Tx } from '../../platform/db.js';

interface Because {
  actor: string;
  cause: string;
  now: Date;
}

/**
 * The bank took a deposit back. An order that was paid with it is not paid any more: nothing of it may leave, and staff
 * are told. Refunds under way wait: there is nothing to return. Needs the locks of order and payment.
 */
export async function reverse(tx: Tx, order: Order, payment: Payment, because: Because): Promise<void> {
  const paidTheOrder = payment.state !== 'refund_due';
  await movePayment(tx, payment, 'reversed', because);
  if (paidTheOrder && order.paidAt !== null)
    await holdOrder(tx, order, { ...because, hold: 'deposit_reversed' });
  await emit(tx, 'payment.reversed', { paymentId: payment.id, orderId: order.id });
}

/** The deposit has arrived anew: the hold ends, or the money goes back where no order waits for it. */
export async function captureAgain(
  tx: Tx,
  order: Order,
  payment: Payment,
  because: Because,
): Promise<'paid' | 'refund-due'> {
  const lifted = await releaseHold(tx, order, { ...because, hold: 'deposit_reversed' });
  if (lifted && order.state !== 'canceled' && order.state !== 'refunded') {
    await movePayment(tx, payment, 'captured', because);
    await resumeRefunds(tx, { paymentId: payment.id, now: because.now });
    return 'paid';
  }
  await movePayment(tx, payment, 'refund_due', because);
  await resumeRefunds(tx, { paymentId: payment.id, now: because.now });
  const held = await lockPayment(tx, { paymentId: payment.id });
  const amount = held.capturedAmount - held.refundedAmount;
  if (amount > 0) await requestRefund(tx, held, { ...because, amount, cause: 'no order can use it' });
  await emit(tx, 'payment.refund_due', { paymentId: payment.id, orderId: order.id });
  return 'refund-due';
}

/** Its account is closed, so the deposit cannot come again; what was promised back of it never will be. */
export async function endReversed(tx: Tx, payment: Payment, because: Because): Promise<void> {
  await dropRefunds(tx, { paymentId: payment.id, now: because.now });
  await movePayment(tx, payment, 'canceled', because);
}
