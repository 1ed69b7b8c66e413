import type { Response } from 'express';
import { lockOrder, type Order } from '../../orders/index.js';
import { inTransaction, refuse, type Db, type Tx } from '../../platform/db.js';
import { recordStaffAction } from '../audit-log.js';
import { actorOf } from '../guard.js';

/** What an action of a room answers: done, done before, or why not. */
type Outcome = { ok: true; repeated?: boolean } | { ok: false };

/**
 * One change of an order by whoever is signed in: the room's action and its line in the audit log, in one transaction
 * under the order's lock, so that "from" and "to" are what they were. A refusal rolls everything back; what was done
 * before gets no second line.
 */
export async function changeOrder<R extends Outcome>(
  db: Db,
  res: Response,
  change: {
    order: Pick<Order, 'id' | 'number'>;
    /** As `order.ship`. */
    action: string;
    /** What was chosen, for the log. */
    detail?: object;
    now: Date;
  },
  work: (tx: Tx, because: { orderId: number; actor: string; now: Date }) => Promise<R>,
): Promise<R> {
  const { order, action, detail = {}, now } = change;
  const { actor, by } = actorOf(res);
  return await inTransaction<R>(db, async tx => {
    const before = await lockOrder(tx, { orderId: order.id });
    const result = await work(tx, { orderId: order.id, actor, now });
    if (!result.ok) refuse(result);
    if (result.repeated) return result;
    const after = await lockOrder(tx, { orderId: order.id });
    await recordStaffAction(tx, {
      by,
      action,
      subject: `order:${order.number}`,
      before: { state: before.state },
      after: { state: after.state, ...detail },
      now,
    });
    return result;
  });
}
