import { row, type Tx } from '../../platform/db.js';
import { emit } from '../../platform/jobs.js';
import { isAwaited } from '../queries/stock.js';
import { cameBack, fellLow, stepOf, type CorrectionReason, type MovementKind } from '../rules/movements.js';

/** Who changes stock and why; part of every movement. */
export interface Because {
  actor: string;
  cause: string;
  now: Date;
}

export interface Movement extends Because {
  variantId: number;
  /** Change of what is on hand. */
  delta: number;
  /** Change of what is held. */
  reservedDelta: number;
  kind: MovementKind;
  orderId?: number;
  reason?: CorrectionReason;
  /** Names the form this came with. */
  once?: string;
}

/**
 * The only writer of stock's counts and its ledger: both in one statement, which locks the row until the transaction ends.
 * False, and nothing written, when less than nothing would be left to buy. Tells staff when the last pieces go, and whoever
 * waits when there are some again.
 */
export async function moveStock(tx: Tx, movement: Movement): Promise<boolean> {
  const { orderId = null, reason = null, once = null } = movement;
  const moved = await row<{
    id: number;
    onHandAfter: number;
    reservedAfter: number;
    threshold: number;
  }>(
    tx,
    `with changed as (
       update stock set on_hand = on_hand + :delta, reserved = reserved + :reservedDelta
        where variant_id = :variantId and on_hand + :delta >= reserved + :reservedDelta
       returning variant_id, on_hand, reserved, low_threshold),
     written as (
       insert into stock_movements (variant_id, delta, reserved_delta, kind, order_id, actor, cause, reason, created_at, once,
                                    on_hand_after, reserved_after)
       select variant_id, cast(:delta as integer), cast(:reservedDelta as integer), :kind, cast(:orderId as bigint), :actor,
              :cause, cast(:reason as text), cast(:now as timestamptz), cast(:once as text), on_hand, reserved
         from changed
       returning id, on_hand_after, reserved_after)
     select w.id, w.on_hand_after as "onHandAfter", w.reserved_after as "reservedAfter", c.low_threshold as threshold
       from written w cross join changed c`,
    { ...movement, orderId, reason, once },
  );
  if (!moved) return false;
  const { variantId } = movement;
  const step = stepOf({ ...movement, ...moved });
  if (fellLow(step, moved.threshold)) await emit(tx, 'stock.low', { variantId, movementId: moved.id });
  if (cameBack(step) && (await isAwaited(tx, { variantId })))
    await emit(tx, 'stock.returned', { variantId, movementId: moved.id });
  return true;
}
