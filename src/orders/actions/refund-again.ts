import type { Tx } from '../../platform/db.js';
import { lockOrder, type Order } from '../queries.js';
import { findMoneyOfRefund, type RefundMoney } from '../queries/refund-money.js';
import { findOrderRefund, listRefundedLines, type OrderRefund } from '../queries/refunds.js';
import type { Because } from './move.js';
import { recordOrderEvent } from './record.js';
import { givenBefore, promiseMoney, recordMoney, type MoneyRefusal } from './refund-money.js';

interface ByStaff extends Because {
  orderId: number;
  orderRefundId: number;
}

/** `unknown`: the order has no such refund. `not-failed`: none of its money is missing, or it was ended already. */
export type AgainRefusal = 'unknown' | 'not-failed';
export type RetryRefundResult = { ok: true } | { ok: false; reason: AgainRefusal | MoneyRefusal };

/**
 * The provider said no, or money that was given came back: asks once more for what is missing, as a new row with a reference
 * of its own (a provider repeats its answer to the old one for days). Money and limits are promised anew; what somebody gave
 * by hand meanwhile is not given twice. Two at once make one try. Locks order → payment.
 */
export async function retryRefund(
  tx: Tx,
  { orderId, orderRefundId, ...because }: ByStaff,
): Promise<RetryRefundResult> {
  const found = await lockFailed(tx, { orderId, orderRefundId });
  if (!found.ok) return found;
  const { order, refund, money } = found;
  const promised = await promiseMoney(tx, order, { ...because, worth: money.missing });
  if (!promised.ok) return promised;
  await recordMoney(tx, { ...promised, orderRefundId: refund.id });
  await record(
    tx,
    order,
    refund,
    { step: 'retried', amount: promised.amount, before: givenBefore(promised.before) },
    because,
  );
  return { ok: true };
}

export type EndRefundResult =
  | { ok: true }
  | {
      ok: false;
      reason:
        | AgainRefusal
        | 'restocked'
        /** A part of its money has gone back: what is missing can be given, not forgotten. */
        | 'part-given'
        /** The order is canceled: its pieces could not be refunded anew. */
        | 'state';
    };

/**
 * The provider will not give the money back, and the buyer keeps the goods: the refund is as if it had not been. Its
 * pieces can be refunded anew, and what was given for it by hand counts for others. Refused when they lie on the shelf again
 * and may be sold. Locks the order.
 */
export async function takeBackRefund(
  tx: Tx,
  { orderId, orderRefundId, ...because }: ByStaff,
): Promise<EndRefundResult> {
  const found = await lockFailed(tx, { orderId, orderRefundId });
  if (!found.ok) return found;
  if (found.order.state === 'canceled') return { ok: false, reason: 'state' };
  if (found.money.promised > 0) return { ok: false, reason: 'part-given' };
  const lines = await listRefundedLines(tx, { orderRefundId });
  if (lines.some(line => line.restocked > 0)) return { ok: false, reason: 'restocked' };
  // The order left without these pieces, and is where its parcels are: they cannot be "still to pack" again.
  const hasLeft = found.order.state === 'shipped' || found.order.state === 'delivered';
  if (hasLeft && lines.some(line => line.canceled > 0)) return { ok: false, reason: 'state' };
  for (const { orderLineId, quantity, canceled } of lines) {
    await tx('order_lines')
      .where({ id: orderLineId })
      .decrement({ refunded_quantity: quantity, canceled_quantity: canceled });
  }
  await tx('order_refunds').where({ id: orderRefundId }).update({ given_up_at: because.now });
  await record(tx, found.order, found.refund, { step: 'taken-back', amount: found.money.missing }, because);
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
  await record(
    tx,
    found.order,
    found.refund,
    { step: 'paid-elsewhere', amount: found.money.missing },
    because,
  );
  return { ok: true };
}

type Failed =
  { ok: true; order: Order; refund: OrderRefund; money: RefundMoney } | { ok: false; reason: AgainRefusal };

/** The order's lock, and its refund if money of it is missing and nobody has ended it. */
async function lockFailed(
  tx: Tx,
  { orderId, orderRefundId }: { orderId: number; orderRefundId: number },
): Promise<Failed> {
  const order = await lockOrder(tx, { orderId });
  const refund = await findOrderRefund(tx, { orderId, orderRefundId });
  if (!refund) return { ok: false, reason: 'unknown' };
  const money = await findMoneyOfRefund(tx, { orderRefundId });
  return money.missing > 0 ? { ok: true, order, refund, money } : { ok: false, reason: 'not-failed' };
}

async function record(
  tx: Tx,
  order: Order,
  { id: orderRefundId }: OrderRefund,
  what: { step: 'retried' | 'taken-back' | 'paid-elsewhere'; amount: number; before?: number },
  because: Because,
): Promise<void> {
  const data = { ...what, orderRefundId };
  await recordOrderEvent(tx, { ...because, orderId: order.id, kind: 'refund', data });
}
