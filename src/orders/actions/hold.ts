import type { Tx } from '../../platform/db.js';
import { log } from '../../platform/log.js';
import type { Order } from '../queries.js';
import type { OrderHold } from '../rules.js';
import type { Because } from './move.js';
import { recordOrderEvent } from './record.js';

/**
 * Stops whatever of an order has not left yet. One hold at a time: the first stands, and false says so. Needs the order's
 * lock.
 */
export async function holdOrder(
  tx: Tx,
  order: Order,
  { hold, ...because }: Because & { hold: OrderHold },
): Promise<boolean> {
  if (order.hold !== null) return false;
  await tx('orders').where({ id: order.id }).update({ hold });
  await recordHold(tx, order, { hold, held: true }, because);
  return true;
}

/** Lifts this hold, and no other; false when the order does not have it. Needs the order's lock. */
export async function releaseHold(
  tx: Tx,
  order: Order,
  { hold, ...because }: Because & { hold: OrderHold },
): Promise<boolean> {
  if (order.hold !== hold) return false;
  await tx('orders').where({ id: order.id }).update({ hold: null });
  await recordHold(tx, order, { hold, held: false }, because);
  return true;
}

async function recordHold(
  tx: Tx,
  order: Order,
  data: { hold: OrderHold; held: boolean },
  { actor, cause, now }: Because,
): Promise<void> {
  await recordOrderEvent(tx, { orderId: order.id, kind: 'hold', data, actor, cause, now });
  log.warn('order hold', { order: order.id, ...data, cause });
}
