import { releaseDiscounts } from '../../discounts/index.js';
import { emit } from '../../platform/jobs.js';
import type { Tx } from '../../platform/db.js';
import { releaseReservations } from '../../inventory/index.js';
import type { Order } from '../queries.js';
import { EXPIRED } from '../rules.js';
import { moveOrder, type Because } from './move.js';

/** Ends a pending order and gives back its stock and the discounts it claimed. Its payments must be closed before. Needs the order's lock. */
export async function cancelPendingOrder(tx: Tx, order: Order, because: Because): Promise<void> {
  await releaseReservations(tx, { orderId: order.id, ...because });
  await releaseDiscounts(tx, { orderId: order.id, now: because.now });
  await moveOrder(tx, order, 'canceled', because);
  await emit(tx, because.cause === EXPIRED ? 'order.expired' : 'order.canceled', { orderId: order.id });
}
