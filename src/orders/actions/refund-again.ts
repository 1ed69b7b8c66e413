import type { Tx } from '../../platform/db.js';
import { lockOrder, type Order } from '../queries.js';
import { findOrderRefund, findRefundMoney, listRefundedLines, type OrderRefund } from '../queries/refunds.js';
import type { Because } from './move.js';
import { recordOrderEvent } from './record.js';
import { promiseMoney, type RefundRefusal } from './refund.js';

interface ByStaff extends Because {
  orderId: number;
  orderRefundId: number;
}

/** `unknown`: the order has no such refund. `not-failed`: its newest try is under way or done, or it was ended already. */
export type AgainRefusal = 'unknown' | 'not-failed';
export type RetryRefundResult = { ok: true } | { ok: false; reason: AgainRefusal | RefundRefusal };

/**
 * The provider said no: asks once more, as a new row with a reference of its own (a provider repeats its answer to the
 * old one for days). Money and limits are promised anew. Two at once make one try. Locks order → payment.
 */
export async function retryRefund(
  tx: Tx,
  { orderId, orderRefundId, ...because }: ByStaff,
): Promise<RetryRefundResult> {
  const found = await lockFailed(tx, { orderId, orderRefundId });
  if (!found.ok) return found;
  const { order, refund } = found;
  const promised = await promiseMoney(tx, order, { ...because, amount: refund.amount });
  if (!promised.ok) return promised;
  const { refundId } = promised;
  await tx('order_refund_tries').insert({ refund_id: refundId, order_refund_id: refund.id });
  await record(tx, order, refund, 'retried', because);
  return { ok: true };
}

export type EndRefundResult = { ok: true } | { ok: false; reason: AgainRefusal | 'restocked' };

/**
 * The provider will not give the money back, and the buyer keeps the goods: the refund is as if it had not been. Its
 * pieces can be refunded anew. Refused when they lie on the shelf again and may be sold. Locks the order.
 */
export async function takeBackRefund(
  tx: Tx,
  { orderId, orderRefundId, ...because }: ByStaff,
): Promise<EndRefundResult> {
  const found = await lockFailed(tx, { orderId, orderRefundId });
  if (!found.ok) return found;
  const lines = await listRefundedLines(tx, { orderRefundId });
  if (lines.some(line => line.restocked > 0)) return { ok: false, reason: 'restocked' };
  for (const { orderLineId, quantity, canceled } of lines) {
    await tx('order_lines')
      .where({ id: orderLineId })
      .decrement({ refunded_quantity: quantity, canceled_quantity: canceled });
  }
  await tx('order_refunds').where({ id: orderRefundId }).update({ given_up_at: because.now });
  await record(tx, found.order, found.refund, 'taken-back', because);
  return { ok: true };
}

/** Staff have paid the buyer by other means, a bank transfer perhaps: nothing is tried any more. Locks the order. */
export async function payRefundElsewhere(
  tx: Tx,
  { orderId, orderRefundId, ...because }: ByStaff,
): Promise<EndRefundResult> {
  const found = await lockFailed(tx, { orderId, orderRefundId });
  if (!found.ok) return found;
  await tx('order_refunds').where({ id: orderRefundId }).update({ paid_elsewhere_at: because.now });
  await record(tx, found.order, found.refund, 'paid-elsewhere', because);
  return { ok: true };
}

type Failed = { ok: true; order: Order; refund: OrderRefund } | { ok: false; reason: AgainRefusal };

/** The order's lock, and its refund if the newest try of it has failed and nobody has ended it. */
async function lockFailed(
  tx: Tx,
  { orderId, orderRefundId }: { orderId: number; orderRefundId: number },
): Promise<Failed> {
  const order = await lockOrder(tx, { orderId });
  const refund = await findOrderRefund(tx, { orderId, orderRefundId });
  if (!refund) return { ok: false, reason: 'unknown' };
  const ended = refund.givenUpAt !== null || refund.paidElsewhereAt !== null;
  const newest = refund.refundId === null ? null : await findRefundMoney(tx, { refundId: refund.refundId });
  return newest?.state === 'failed' && !ended
    ? { ok: true, order, refund }
    : { ok: false, reason: 'not-failed' };
}

async function record(
  tx: Tx,
  order: Order,
  { id: orderRefundId, amount }: OrderRefund,
  step: 'retried' | 'taken-back' | 'paid-elsewhere',
  because: Because,
): Promise<void> {
  const data = { step, orderRefundId, amount };
  await recordOrderEvent(tx, { ...because, orderId: order.id, kind: 'refund', data });
}
