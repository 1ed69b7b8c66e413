import type { Tx } from '../../platform/db.js';
import type { TimelineKind } from '../queries/timeline.js';
import type { Because } from './move.js';

/** Writes one line of an order's history that is not a move between states. Needs the order's lock. */
export async function recordOrderEvent(
  tx: Tx,
  {
    orderId,
    kind,
    data,
    actor,
    cause,
    now,
  }: Because & {
    orderId: number;
    kind: Exclude<TimelineKind, 'move'>;
    data: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  await tx('order_events').insert({
    order_id: orderId,
    kind,
    actor,
    cause,
    data: JSON.stringify(data),
    created_at: now,
  });
}

/** What happened to a parcel. */
export type ParcelCause = 'packed' | 'shipped' | 'delivered' | 'tracking corrected' | 'unpacked';

export async function recordParcelEvent(
  tx: Tx,
  { orderId, actor, now }: { orderId: number; actor: string; now: Date },
  cause: ParcelCause,
  data: Readonly<Record<string, unknown>> & { shipmentId: number },
): Promise<void> {
  await recordOrderEvent(tx, { orderId, kind: 'shipment', data, actor, cause: `parcel ${cause}`, now });
}
