import { reclaimDiscounts } from '../../discounts/index.js';
import { inSavepoint, refuse, type Tx } from '../../platform/db.js';
import { reserve } from '../../inventory/index.js';
import { listOrderLines, type Order } from '../queries.js';
import { moveOrder, type Because } from './move.js';

/**
 * Late money found an order whose time had run out: holds its stock and claims its discounts again and makes it pending, to be placed next.
 * Runs in a savepoint of its own: false leaves nothing behind. Needs the locks of cart and order.
 */
export async function reviveOrder(tx: Tx, order: Order, because: Because): Promise<boolean> {
  const lines = await listOrderLines(tx, { orderId: order.id });
  if (lines.some(line => line.variantId === null)) return false;
  const quantities = new Map<number, number>();
  for (const { variantId, quantity } of lines)
    quantities.set(variantId!, (quantities.get(variantId!) ?? 0) + quantity);
  const held = await inSavepoint(tx, async savepoint => {
    const result = await reserve(savepoint, {
      orderId: order.id,
      cartId: order.cartId,
      lines: [...quantities].map(([variantId, quantity]) => ({ variantId, quantity })),
      expiresAt: order.expiresAt,
      ...because,
    });
    if (!result.ok) refuse(false);
    const claimed = await reclaimDiscounts(savepoint, { orderId: order.id, now: because.now });
    if (!claimed.ok) refuse(false);
    return true;
  });
  if (held) await moveOrder(tx, order, 'pending', because);
  return held;
}
