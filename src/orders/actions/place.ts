import { redeemDiscounts } from '../../discounts/index.js';
import { emit } from '../../platform/jobs.js';
import type { Tx } from '../../platform/db.js';
import { commitReservations } from '../../inventory/index.js';
import type { Order } from '../queries.js';
import { moveOrder, type Because } from './move.js';

/** The money is there: stock leaves the shelf, discounts are used up, the order is paid, everyone who subscribes is told. Needs the order's lock. */
export async function placeOrder(tx: Tx, order: Order, because: Because): Promise<void> {
  await commitReservations(tx, {
    orderId: order.id,
    actor: because.actor,
    cause: `order ${order.number}`,
    now: because.now,
  });
  await redeemDiscounts(tx, { orderId: order.id, now: because.now });
  await moveOrder(tx, order, 'paid', because);
  await emit(tx, 'order.placed', { orderId: order.id });
}
