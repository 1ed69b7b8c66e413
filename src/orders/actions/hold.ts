import type { Tx } from '../../platform/db.js';
import { log } from '../../platform/log.js';
import type { Order } from '../queries.js';
import type { OrderHold } from '../rules.js';
import type { Because } from './move.js';
import { recordOrderEvent } from './record.js';

/** Stops whatever of an order has not left yet. One hold at a time: the first stands. Needs the order's lock. */
export async function holdOrder(
  tx: Tx,
  order: Order,
  { hold, ...because }: Because & { hold: OrderHold },
): Promise<void> {
  if (order.hold !== null) return;
  await tx('orders').where({ id: order.id }).update({ hold });
  await recordHold(tx, order, { hold, held: true }, because);
}

/** Lifts this hold, and no other. Needs the order's lock. */
export async function releaseHold(
  tx: Tx,
  order: Order,
  { hold, ...because }: Because & { hold: OrderHold },
): Promise<void> {
  if (order.hold !== hold) return;
  await tx('orders').where({ id: order.id }).update({ hold: null });
  await recordHold(tx, order, { hold, held: false }, because);
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
