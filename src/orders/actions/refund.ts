import { money, type Money } from '../../lib/money.js';
import { restock } from '../../inventory/index.js';
import type { Tx } from '../../platform/db.js';
import { lockOrder, type Order } from '../queries.js';
import { findOrderRefundByToken, listRefundLines, sumRefundedShipping } from '../queries/refunds.js';
import { isAllRefunded, workOut, type RefundChoice, type RefundPart } from '../rules/refunds.js';
import { mayRefund } from '../rules.js';
import { advanceOrder } from './advance.js';
import { moveOrder, type Because } from './move.js';
import { recordOrderEvent } from './record.js';
import { givenBefore, promiseMoney, recordMoney, type MoneyRefusal, type Promised } from './refund-money.js';

export type RefundRefusal =
  /** The order is not paid, or has ended. */
  | 'state'
  | 'nothing'
  /** More pieces than are left of a line, or a line of another order. */
  | 'too-many'
  /** More than is left of what delivery cost. */
  | 'delivery'
  | MoneyRefusal;

export type RefundResult =
  /**
   * `amount`: what goes back now; less than the pieces are worth where a part had been given by hand at the provider.
   * `repeated`: this very form was sent before, here is what it made.
   */
  | { ok: true; orderRefundId: number; amount: Money; repeated: boolean }
  | { ok: false; reason: RefundRefusal };

export interface RefundInput extends RefundChoice, Because {
  /** Drawn with the form, one a refund: sent twice it is one refund. */
  token: string;
  /** What would go back when it was shown; another amount now refuses with 'changed'. */
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
  const refunded = await refundPieces(tx, order, input);
  if (refunded.ok && !refunded.repeated && order.total === 0) await endFree(tx, order, input);
  return refunded;
}

/** No money will tell that all of an order has gone back which cost nothing: it ends with its last piece. */
async function endFree(tx: Tx, { id: orderId }: Order, { actor, now }: RefundInput): Promise<void> {
  const lines = await listRefundLines(tx, { orderId });
  if (!isAllRefunded({ total: 0, lines, shippingRefunded: 0 })) return;
  const order = await lockOrder(tx, { orderId });
  await moveOrder(tx, order, 'refunded', { actor, cause: 'all of it went back, nothing had been paid', now });
}

/** Refunds and leaves the order's state to whoever ends it otherwise. Needs the order's lock. */
export async function refundPieces(tx: Tx, order: Order, input: RefundInput): Promise<RefundResult> {
  const orderId = order.id;
  const done = (orderRefundId: number, amount: number, repeated: boolean): RefundResult => ({
    ok: true,
    orderRefundId,
    amount: money(amount, order.currency),
    repeated,
  });
  const before = await findOrderRefundByToken(tx, { orderId, token: input.token });
  if (before) return done(before.id, before.amount - before.givenBefore, true);

  const lines = await listRefundLines(tx, { orderId });
  const shippingRefunded = await sumRefundedShipping(tx, { orderId });
  const refundable = { total: order.total, lines, shippingRefunded };
  if (!mayRefund(order.state, isAllRefunded(refundable))) return { ok: false, reason: 'state' };
  const worked = workOut(refundable, input);
  if (!worked.ok) return worked;
  const { amount: worth, parts } = worked;
  const { actor, cause, now, expected } = input;
  const promised = await promiseMoney(tx, order, { worth, expected, actor, cause, now });
  if (!promised.ok) return promised;
  const orderRefundId = await writeRefund(tx, order, input, { worth, parts, promised });
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
  if (parts.some(part => part.canceled > 0)) await advanceOrder(tx, { orderId, actor, cause, now });
  return done(orderRefundId, promised.amount, false);
}

/** The refund's own rows, the counters of its lines and the order's timeline. */
async function writeRefund(
  tx: Tx,
  order: Order,
  { token, shippingAmount, actor, cause, now }: RefundInput,
  { worth, parts, promised }: { worth: number; parts: readonly RefundPart[]; promised: Promised },
): Promise<number> {
  const [inserted] = await tx('order_refunds')
    .insert({
      order_id: order.id,
      token,
      amount: worth,
      shipping_amount: shippingAmount,
      actor,
      cause,
      created_at: now,
    })
    .returning<{ id: number }[]>('id');
  const orderRefundId = inserted!.id;
  await recordMoney(tx, { ...promised, orderRefundId });
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
  const { refundId, amount } = promised;
  const before = givenBefore(promised.before);
  const data = { step: 'requested', orderRefundId, refundId, amount, before, shippingAmount, lines };
  await recordOrderEvent(tx, { orderId: order.id, kind: 'refund', data, actor, cause, now });
  return orderRefundId;
}
