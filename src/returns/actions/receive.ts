import {
  listRefundLines,
  piecesLeft,
  refundInOrder,
  type RefundLine,
  type RefundRefusal,
} from '../../orders/index.js';
import { emit } from '../../platform/jobs.js';
import type { Tx } from '../../platform/db.js';
import type { Return } from '../queries.js';
import { lockReturn, moveReturn, type ByStaff } from './decide.js';

export type ReceiveResult =
  /** `refund`: of which amount, in the order's smallest unit; null when staff had refunded all of these pieces before. */
  | { ok: true; repeated: boolean; refund: number | null }
  /** `state`: the goods were not awaited. The others say why their money cannot go back: nothing has been written. */
  | { ok: false; reason: 'state' | RefundRefusal };

/**
 * The goods are here: exactly their pieces are refunded, as far as staff have not done so before, with as much of the
 * delivery as staff say. `restock` names the lines that go back on the shelf. The second time nothing changes. Locks
 * order → payment → stock rows by variant id.
 */
export async function receiveReturn(
  tx: Tx,
  {
    restock,
    shippingAmount,
    ...by
  }: ByStaff & { restock: readonly { orderLineId: number }[]; shippingAmount: number },
): Promise<ReceiveResult> {
  const { order, found } = await lockReturn(tx, by);
  if (found.state === 'received') return { ok: true, repeated: true, refund: null };
  if (found.state !== 'accepted') return { ok: false, reason: 'state' };
  const lines = await listRefundLines(tx, { orderId: order.id });
  const shelf = new Set(restock.map(({ orderLineId }) => orderLineId));
  const refunded = await refundInOrder(tx, order, {
    token: `return ${found.number}`,
    lines: stillToRefund(found, lines).map(line => ({ ...line, restock: shelf.has(line.orderLineId) })),
    shippingAmount,
    returned: true,
    actor: by.actor,
    cause: `return ${order.number}-${found.number}`,
    now: by.now,
  });
  // Staff may have given the money before the goods came; then there is nothing left to give.
  const alreadyGiven = !refunded.ok && (refunded.reason === 'nothing' || order.state === 'refunded');
  if (!refunded.ok && !alreadyGiven) return refunded;
  const columns = { received_at: by.now, order_refund_id: refunded.ok ? refunded.orderRefundId : null };
  await moveReturn(tx, order, found, 'received', columns, by);
  await emit(tx, 'return.received', { orderId: order.id, returnId: found.id });
  return { ok: true, repeated: false, refund: refunded.ok ? refunded.amount.amount : null };
}

/** The pieces of a return whose money has not gone back yet. */
function stillToRefund(
  { lines }: Return,
  refundable: readonly RefundLine[],
): { orderLineId: number; quantity: number }[] {
  return lines.map(({ orderLineId, quantity }) => {
    const line = refundable.find(candidate => candidate.orderLineId === orderLineId);
    return { orderLineId, quantity: line ? Math.min(quantity, piecesLeft(line)) : 0 };
  });
}

/** How much of the delivery goes back with a return, as the page proposes: all that is left when the whole order comes back. */
export function proposedShipping(found: Return, lines: readonly RefundLine[], left: number): number {
  const whole = lines.every(line => {
    const back = found.lines.find(({ orderLineId }) => orderLineId === line.orderLineId)?.quantity ?? 0;
    return piecesLeft(line) <= back;
  });
  return whole ? left : 0;
}
