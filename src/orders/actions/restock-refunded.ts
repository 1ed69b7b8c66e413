import { restock } from '../../inventory/index.js';
import type { Tx } from '../../platform/db.js';
import type { Order } from '../queries.js';
import { listOffShelf } from '../queries/refund-lines.js';
import type { Because } from './move.js';

/**
 * Goods are here whose money has been refunded: puts them on the shelf, each piece once, and writes that down at the refund
 * that gave their money, the newest first. Pieces that never left, and those of the refunds in `except` (they were here
 * already), are not meant; where fewer are left than asked for, fewer go. Needs the order's lock; locks stock rows by variant
 * id.
 */
export async function restockRefunded(
  tx: Tx,
  order: Pick<Order, 'id' | 'number'>,
  {
    lines,
    except,
    ...because
  }: Because & { lines: readonly { orderLineId: number; quantity: number }[]; except: readonly number[] },
): Promise<void> {
  const off = await listOffShelf(tx, { orderId: order.id, except });
  const shelved: { variantId: number; quantity: number }[] = [];
  for (const { orderLineId, quantity } of lines) {
    let wanted = quantity;
    for (const found of off.filter(each => each.orderLineId === orderLineId)) {
      const pieces = Math.min(found.pieces, wanted);
      if (pieces <= 0) continue;
      await tx('order_refund_lines')
        .where({ order_refund_id: found.orderRefundId, order_line_id: orderLineId })
        .increment('restocked', pieces);
      shelved.push({ variantId: found.variantId, quantity: pieces });
      wanted -= pieces;
    }
  }
  await restock(tx, { orderId: order.id, lines: shelved, ...because });
}
