import { assertMove } from '../../lib/moves.js';
import type { Tx } from '../../platform/db.js';
import { emit } from '../../platform/jobs.js';
import { getParcel } from '../queries/parcels.js';
import { lockOrder } from '../queries.js';
import { SHIPMENT_MOVES } from '../rules/parcels.js';
import { advanceOrder } from './advance.js';
import { recordParcelEvent } from './record.js';
import type { ByStaff, Dispatch } from './ship.js';

/** A parcel arrived. The order is delivered when every piece has left and every parcel has arrived. Locks the order. */
export async function deliverShipment(
  tx: Tx,
  { shipmentId, ...by }: ByStaff & { shipmentId: number },
): Promise<{ ok: true; repeated: boolean } | { ok: false; reason: 'not-shipped' }> {
  const order = await lockOrder(tx, { orderId: by.orderId });
  const parcel = await getParcel(tx, { orderId: order.id, shipmentId });
  if (parcel.state === 'delivered') return { ok: true, repeated: true };
  if (parcel.state !== 'shipped') return { ok: false, reason: 'not-shipped' };
  assertMove(SHIPMENT_MOVES, parcel.state, 'delivered', `parcel ${shipmentId}`);
  await tx('shipments').where({ id: shipmentId }).update({ state: 'delivered', delivered_at: by.now });
  await recordParcelEvent(tx, by, 'delivered', { shipmentId });
  await emit(tx, 'shipment.delivered', { orderId: order.id, shipmentId });
  await advanceOrder(tx, { ...by, cause: 'delivered' });
  return { ok: true, repeated: false };
}

/** A wrong number is put right; the history keeps what it was. Locks the order. */
export async function correctTracking(
  tx: Tx,
  { shipmentId, carrier, trackingNumber, ...by }: ByStaff & Dispatch & { shipmentId: number },
): Promise<{ ok: true; repeated: boolean } | { ok: false; reason: 'not-shipped' }> {
  const order = await lockOrder(tx, { orderId: by.orderId });
  const parcel = await getParcel(tx, { orderId: order.id, shipmentId });
  if (parcel.state === 'preparing') return { ok: false, reason: 'not-shipped' };
  if (parcel.carrier === carrier && parcel.trackingNumber === trackingNumber)
    return { ok: true, repeated: true };
  await tx('shipments').where({ id: shipmentId }).update({ carrier, tracking_number: trackingNumber });
  const before = { carrier: parcel.carrier, trackingNumber: parcel.trackingNumber };
  await recordParcelEvent(tx, by, 'tracking corrected', { shipmentId, carrier, trackingNumber, before });
  return { ok: true, repeated: false };
}

/** A packed parcel is taken apart again; its pieces can go into another. Locks the order. */
export async function unpackShipment(
  tx: Tx,
  { shipmentId, ...by }: ByStaff & { shipmentId: number },
): Promise<{ ok: true } | { ok: false; reason: 'has-left' }> {
  const order = await lockOrder(tx, { orderId: by.orderId });
  const parcel = await getParcel(tx, { orderId: order.id, shipmentId });
  if (parcel.state !== 'preparing') return { ok: false, reason: 'has-left' };
  await tx('shipments').where({ id: shipmentId }).delete();
  const lines = parcel.lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
  await recordParcelEvent(tx, by, 'unpacked', { shipmentId, lines });
  return { ok: true };
}
