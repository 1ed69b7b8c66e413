import type { Tx } from '../../platform/db.js';
import { extendReservations } from '../../inventory/index.js';
import type { Order } from '../queries.js';

/** A new attempt to pay: the order and its stock wait until `expiresAt`, never shorter than before. Needs the order's lock. */
export async function extendOrder(tx: Tx, order: Order, { expiresAt }: { expiresAt: Date }): Promise<void> {
  if (expiresAt <= order.expiresAt) return;
  await tx('orders').where({ id: order.id }).update({ expires_at: expiresAt });
  await extendReservations(tx, { orderId: order.id, expiresAt });
}
