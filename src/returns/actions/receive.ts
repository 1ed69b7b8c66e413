import {
  listRefundLines,
  piecesLeft,
  refundInOrder,
  restockRefunded,
  type Order,
  type RefundLine,
  type RefundRefusal,
} from '../../orders/index.js';
import { emit } from '../../platform/jobs.js';
import type { Tx } from '../../platform/db.js';
import { listReturnsOfOrder, type Return } from '../queries.js';
import { lockReturn, moveReturn, type ByStaff } from './decide.js';

export type ReceiveResult =
  /** `refund`: how much goes back now, in the order's smallest unit; null when all of these pieces were refunded before. */
  | { ok: true; repeated: boolean; refund: number | null }
  /** `state`: the goods were not awaited. The others say why their money cannot go back: nothing has been written. */
  | { ok: false; reason: 'state' | RefundRefusal };

/** Pieces of one line. */
interface Pieces {
  orderLineId: number;
  quantity: number;
}

/**
 * The goods are here: exactly their pieces are refunded, as far as staff have not done so before, with as much of the
 * delivery as staff say. `restock` names the lines that go back on the shelf, also where their money was given earlier. The
 * second time nothing changes. Locks order → payment → stock rows by variant id.
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
  const toRefund = stillToRefund(found, await listRefundLines(tx, { orderId: order.id }));
  const refunded = await refundInOrder(tx, order, {
    token: `return ${found.number}`,
    // The shelf comes after it, for all pieces at once: stock rows are locked in one order.
    lines: toRefund.map(line => ({ ...line, restock: false })),
    shippingAmount,
    returned: true,
    actor: by.actor,
    cause: causeOf(order, found),
    now: by.now,
  });
  // Staff may have given the money before the goods came; then there is nothing left to give.
  const alreadyGiven = !refunded.ok && (refunded.reason === 'nothing' || order.state === 'refunded');
  if (!refunded.ok && !alreadyGiven) return refunded;
  await shelve(tx, order, found, { ...by, restock });
  const columns = { received_at: by.now, order_refund_id: refunded.ok ? refunded.orderRefundId : null };
  await moveReturn(tx, order, found, 'received', columns, by);
  await emit(tx, 'return.received', { orderId: order.id, returnId: found.id });
  return { ok: true, repeated: false, refund: refunded.ok ? refunded.amount.amount : null };
}

const causeOf = (order: Order, found: Return): string => `return ${order.number}-${found.number}`;

/** Puts what came on the shelf, as far as staff want it there and no refund of these pieces has done so before. */
async function shelve(
  tx: Tx,
  order: Order,
  found: Return,
  { restock, actor, now }: ByStaff & { restock: readonly { orderLineId: number }[] },
): Promise<void> {
  const wanted = new Set(restock.map(({ orderLineId }) => orderLineId));
  const others = await listReturnsOfOrder(tx, { orderId: order.id });
  await restockRefunded(tx, order, {
    lines: found.lines.filter(({ orderLineId }) => wanted.has(orderLineId)),
    // What another return brought has been looked at then.
    except: others.flatMap(({ orderRefundId }) => orderRefundId ?? []),
    actor,
    cause: causeOf(order, found),
    now,
  });
}

const piecesOf = (lines: readonly Pieces[], orderLineId: number): number =>
  lines.find(line => line.orderLineId === orderLineId)?.quantity ?? 0;

/** The pieces of a return whose money has not gone back yet. */
function stillToRefund({ lines }: Return, refundable: readonly RefundLine[]): Pieces[] {
  return lines.map(({ orderLineId, quantity }) => {
    const line = refundable.find(candidate => candidate.orderLineId === orderLineId);
    return { orderLineId, quantity: line ? Math.min(quantity, piecesLeft(line)) : 0 };
  });
}

/** How much of the delivery goes back with a return, as the page proposes: all that is left when the whole order comes back. */
export function proposedShipping(found: Return, lines: readonly RefundLine[], left: number): number {
  const whole = lines.every(line => piecesLeft(line) <= piecesOf(found.lines, line.orderLineId));
  return whole ? left : 0;
}
