import { money, type Money } from '../../lib/money.js';
import { restock } from '../../inventory/index.js';
import { listPayments, lockPayment, requestRefund, type RequestResult } from '../../payments/index.js';
import type { Tx } from '../../platform/db.js';
import { lockOrder, type Order } from '../queries.js';
import { findOrderRefundByToken, listRefundLines, sumRefundedShipping } from '../queries/refunds.js';
import { workOut, type RefundChoice, type RefundPart } from '../rules/refunds.js';
import { holdsMoney } from '../rules.js';
import { advanceOrder } from './advance.js';
import type { Because } from './move.js';
import { recordOrderEvent } from './record.js';

export type RefundRefusal =
  /** The order is not paid, or has ended. */
  | 'state'
  | 'nothing'
  /** More pieces than are left of a line, or a line of another order. */
  | 'too-many'
  /** More than is left of what delivery cost. */
  | 'delivery'
  /** Somebody else has refunded since the amount was shown. */
  | 'changed'
  | Extract<RequestResult, { ok: false }>['reason'];

export type RefundResult =
  /** `repeated`: this very form was sent before, here is what it made. */
  | { ok: true; orderRefundId: number; amount: Money; repeated: boolean }
  | { ok: false; reason: RefundRefusal };

export interface RefundInput extends RefundChoice, Because {
  /** Drawn with the form, one a refund: sent twice it is one refund. */
  token: string;
  /** What the refund came to when it was shown; another amount now refuses with 'changed'. */
  expected?: number;
}

/**
 * Refunds pieces of an order, its delivery, or both: money, pieces and shelf together. Safe to repeat by its token and safe
 * beside others. A refusal has written nothing. Locks order → payment → stock rows by variant id.
 */
export async function refundOrder(
  tx: Tx,
  { orderId, ...input }: RefundInput & { orderId: number },
): Promise<RefundResult> {
  return await refundInOrder(tx, await lockOrder(tx, { orderId }), input);
}

/** The same for who holds the order's lock already. */
export async function refundInOrder(tx: Tx, order: Order, input: RefundInput): Promise<RefundResult> {
  const orderId = order.id;
  const done = (orderRefundId: number, amount: number, repeated: boolean): RefundResult => ({
    ok: true,
    orderRefundId,
    amount: money(amount, order.currency),
    repeated,
  });
  const before = await findOrderRefundByToken(tx, { orderId, token: input.token });
  if (before) return done(before.id, before.amount, true);
  if (!holdsMoney(order.state)) return { ok: false, reason: 'state' };

  const lines = await listRefundLines(tx, { orderId });
  const shippingRefunded = await sumRefundedShipping(tx, { orderId });
  const worked = workOut({ total: order.total, lines, shippingRefunded }, input);
  if (!worked.ok) return worked;
  const { amount, parts } = worked;
  if (input.expected !== undefined && input.expected !== amount) return { ok: false, reason: 'changed' };

  const promised = await promiseMoney(tx, order, { ...input, amount });
  if (!promised.ok) return promised;
  const orderRefundId = await writeRefund(tx, order, input, { amount, parts, refundId: promised.refundId });
  await restock(tx, {
    orderId,
    lines: parts.flatMap(({ variantId, restocked: quantity }) =>
      variantId !== null && quantity > 0 ? [{ variantId, quantity }] : [],
    ),
    actor: input.actor,
    cause: `refund ${orderRefundId} of order ${order.number}`,
    now: input.now,
  });
  // What will never leave is waited for no longer: the rest may have left already.
  const { actor, cause, now } = input;
  if (parts.some(part => part.canceled > 0)) await advanceOrder(tx, { orderId, actor, cause, now });
  return done(orderRefundId, amount, false);
}

type Promised = { ok: true; refundId: number | null } | Extract<RequestResult, { ok: false }>;

/** The row of the money and its job, under the payment's lock. What cost nothing needs no payment to go back to. */
export async function promiseMoney(
  tx: Tx,
  order: Order,
  { amount, actor, cause, now }: Because & { amount: number },
): Promise<Promised> {
  if (amount === 0) return { ok: true, refundId: null };
  const payments = await listPayments(tx, { orderId: order.id });
  const captured = payments.find(({ state }) => state === 'captured' || state === 'partially_refunded');
  if (!captured) return { ok: false, reason: 'not-refundable' };
  const payment = await lockPayment(tx, { paymentId: captured.id });
  return await requestRefund(tx, payment, { amount, actor, cause, now });
}

/** The refund's own rows, the counters of its lines and the order's timeline. */
async function writeRefund(
  tx: Tx,
  order: Order,
  { token, shippingAmount, actor, cause, now }: RefundInput,
  { amount, parts, refundId }: { amount: number; parts: readonly RefundPart[]; refundId: number | null },
): Promise<number> {
  const [inserted] = await tx('order_refunds')
    .insert({
      order_id: order.id,
      token,
      amount,
      shipping_amount: shippingAmount,
      actor,
      cause,
      created_at: now,
    })
    .returning<{ id: number }[]>('id');
  const orderRefundId = inserted!.id;
  if (refundId !== null)
    await tx('order_refund_tries').insert({ refund_id: refundId, order_refund_id: orderRefundId });
  for (const { orderLineId, quantity, amount: share, restocked, canceled } of parts) {
    await tx('order_refund_lines').insert({
      order_refund_id: orderRefundId,
      order_line_id: orderLineId,
      quantity,
      amount: share,
      restocked,
      canceled,
    });
    // One statement: the table compares the counters with one another.
    await tx('order_lines')
      .where({ id: orderLineId })
      .increment({ refunded_quantity: quantity, canceled_quantity: canceled });
  }
  const lines = parts.map(({ orderLineId, quantity, restocked }) => ({ orderLineId, quantity, restocked }));
  const data = { step: 'requested', orderRefundId, refundId, amount, shippingAmount, lines };
  await recordOrderEvent(tx, { orderId: order.id, kind: 'refund', data, actor, cause, now });
  return orderRefundId;
}
