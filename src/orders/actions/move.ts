import { assertMove } from '../../lib/moves.js';
import type { Tx } from '../../platform/db.js';
import { log } from '../../platform/log.js';
import type { Order } from '../queries.js';
import { ORDER_MOVES, type OrderState } from '../rules.js';

export interface Because {
  actor: string;
  cause: string;
  now: Date;
}

/** Writes one line of an order's history. */
export async function recordOrderMove(
  tx: Tx,
  {
    orderId,
    from,
    to,
    actor,
    cause,
    now,
  }: Because & { orderId: number; from: OrderState | null; to: OrderState },
): Promise<void> {
  await tx('order_events').insert({
    order_id: orderId,
    from_state: from,
    to_state: to,
    actor,
    cause,
    created_at: now,
  });
  log.info('order moved', { order: orderId, from, to, cause });
}

/** States whose moment the order itself remembers. */
const REACHED_AT: Partial<Record<OrderState, string>> = {
  paid: 'paid_at',
  shipped: 'shipped_at',
  delivered: 'delivered_at',
};

/** The one writer of order states: checks the table of moves, writes the row and its history. Needs the order's lock. */
export async function moveOrder(
  tx: Tx,
  order: Order,
  to: OrderState,
  { actor, cause, now }: Because,
): Promise<void> {
  assertMove(ORDER_MOVES, order.state, to, `order ${order.id}`);
  const at = REACHED_AT[to];
  await tx('orders')
    .where({ id: order.id })
    .update({ state: to, ...(at ? { [at]: now } : {}) });
  await recordOrderMove(tx, { orderId: order.id, from: order.state, to, actor, cause, now });
}
