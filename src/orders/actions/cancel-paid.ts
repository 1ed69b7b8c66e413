import { restock } from '../../inventory/index.js';
import { emit } from '../../platform/jobs.js';
import type { Tx } from '../../platform/db.js';
import { lockOrder, type Order } from '../queries.js';
import {
  findOrderRefundByToken,
  listRefundLines,
  sumRefundedShipping,
  type RefundLine,
} from '../queries/refunds.js';
import { CANCELLATION, piecesLeft, shippingLeft } from '../rules/refunds.js';
import { isShippable } from '../rules/parcels.js';
import { moveOrder, type Because } from './move.js';
import { refundPieces, type RefundRefusal } from './refund.js';

export type CancelPaidResult =
  /** `back`: how much goes back now, in the order's smallest unit; all may have gone back before. */
  | { ok: true; repeated: boolean; back: number }
  /** Something has left: what remains is refusing the parcel or withdrawing. */
  | { ok: false; reason: 'shipped' }
  | { ok: false; reason: RefundRefusal };

/**
 * Ends a paid order of which nothing has left: all that was paid goes back, as far as it has not been given by hand at the
 * provider, the goods are for sale again, the order is canceled. A parcel that is being sent at the same moment waits for the same lock: one of the two finds the other done.
 * The second time nothing changes. Where the bank took the deposit back there is nothing to return: the goods go back on the
 * shelf and the order ends. Locks order → payment → stock rows by variant id.
 */
export async function cancelPaidOrder(
  tx: Tx,
  { orderId, ...because }: Because & { orderId: number },
): Promise<CancelPaidResult> {
  const order = await lockOrder(tx, { orderId });
  if (order.state === 'canceled' && order.paidAt !== null) {
    const made = await findOrderRefundByToken(tx, { orderId, token: CANCELLATION });
    return { ok: true, repeated: true, back: made ? made.amount - made.givenBefore : 0 };
  }
  if (order.state === 'shipped' || order.state === 'delivered') return { ok: false, reason: 'shipped' };
  const lines = await listRefundLines(tx, { orderId });
  if (lines.some(line => line.shippedQuantity > 0)) return { ok: false, reason: 'shipped' };
  if (!isShippable(order.state)) return { ok: false, reason: 'state' };

  if (order.hold === 'deposit_reversed') return await endUnpaid(tx, order, lines, because);
  const shippingRefunded = await sumRefundedShipping(tx, { orderId });
  const refunded = await refundPieces(tx, order, {
    ...because,
    token: CANCELLATION,
    lines: lines.map(line => ({ orderLineId: line.orderLineId, quantity: piecesLeft(line), restock: true })),
    shippingAmount: shippingLeft({ total: order.total, lines, shippingRefunded }),
  });
  // All of it may have been refunded piece by piece before.
  if (!refunded.ok && refunded.reason !== 'nothing') return refunded;
  await moveOrder(tx, order, 'canceled', because);
  await emit(tx, 'order.canceled', { orderId });
  return { ok: true, repeated: false, back: refunded.ok ? refunded.amount.amount : 0 };
}

/** Its money has gone already, so no refund is written: the sweep closes the account the money was in. */
async function endUnpaid(
  tx: Tx,
  order: Order,
  lines: readonly RefundLine[],
  because: Because,
): Promise<CancelPaidResult> {
  await restock(tx, {
    orderId: order.id,
    lines: lines.flatMap(line =>
      line.variantId !== null && piecesLeft(line) > 0
        ? [{ variantId: line.variantId, quantity: piecesLeft(line) }]
        : [],
    ),
    actor: because.actor,
    cause: `order ${order.number} ended unpaid`,
    now: because.now,
  });
  await moveOrder(tx, order, 'canceled', because);
  await emit(tx, 'order.canceled', { orderId: order.id });
  return { ok: true, repeated: false, back: 0 };
}
