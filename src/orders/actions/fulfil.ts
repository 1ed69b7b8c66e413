import type { Tx } from '../../platform/db.js';
import { lockOrder } from '../queries.js';
import { moveOrder } from './move.js';

/** Why nothing of an order may be packed or sent. `held`: a dispute or a deposit that was taken back. */
export type ShipRefusal = 'held' | 'not-shippable';

export type FulfilResult = { ok: true; repeated: boolean } | { ok: false; reason: ShipRefusal };

/** Somebody begins to pack: paid → fulfilling. The second time nothing changes. Locks the order. */
export async function startFulfilling(
  tx: Tx,
  { orderId, actor, now }: { orderId: number; actor: string; now: Date },
): Promise<FulfilResult> {
  const order = await lockOrder(tx, { orderId });
  if (order.state === 'fulfilling') return { ok: true, repeated: true };
  if (order.state !== 'paid') return { ok: false, reason: 'not-shippable' };
  if (order.hold !== null) return { ok: false, reason: 'held' };
  await moveOrder(tx, order, 'fulfilling', { actor, cause: 'packing began', now });
  return { ok: true, repeated: false };
}
