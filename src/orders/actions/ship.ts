import { NotFound } from '../../lib/errors.js';
import { assertMove } from '../../lib/moves.js';
import { change, refuse, type Tx } from '../../platform/db.js';
import { emit } from '../../platform/jobs.js';
import { findParcelByToken, getParcel, listParcels, listPieces } from '../queries/parcels.js';
import { lockOrder, type Order } from '../queries.js';
import type { Carrier } from '../rules/carriers.js';
import {
  isShippable,
  packProblem,
  piecesToPack,
  piecesToShip,
  SHIPMENT_MOVES,
  type PackProblem,
} from '../rules/parcels.js';
import { advanceOrder } from './advance.js';
import { startFulfilling, type ShipRefusal } from './fulfil.js';
import { recordParcelEvent } from './record.js';

/** Who acts, and on which order. */
export interface ByStaff {
  orderId: number;
  actor: string;
  now: Date;
}
export interface PackedLine {
  lineId: number;
  quantity: number;
}
/** By whom it goes; the number as `readTrackingNumber` returns it, null only where the carrier gives none. */
export interface Dispatch {
  carrier: Carrier;
  trackingNumber: string | null;
}

export type ParcelResult =
  | { ok: true; shipmentId: number; repeated: boolean }
  | { ok: false; reason: ShipRefusal }
  | ({ ok: false } & PackProblem);

/** Why nothing of the order may leave; null when it may. */
function shipRefusal(order: Order): ShipRefusal | null {
  if (!isShippable(order.state)) return 'not-shippable';
  return order.hold === null ? null : 'held';
}

/**
 * Packs pieces into a new parcel that waits for its carrier; an order that was only paid is being fulfilled from here on.
 * `token` comes with the form: the same form twice finds the first parcel. Locks the order.
 */
export async function prepareShipment(
  tx: Tx,
  { lines, token, ...by }: ByStaff & { lines: readonly PackedLine[]; token: string },
): Promise<ParcelResult> {
  const order = await lockOrder(tx, { orderId: by.orderId });
  const made = await findParcelByToken(tx, { token });
  if (made && made.orderId !== order.id) throw new NotFound();
  if (made) return { ok: true, shipmentId: made.id, repeated: true };
  const refusal = shipRefusal(order);
  if (refusal) return { ok: false, reason: refusal };
  const parcels = await listParcels(tx, { orderId: order.id });
  const problem = packProblem(lines, await listPieces(tx, { orderId: order.id }), line =>
    piecesToPack(line, parcels),
  );
  if (problem) return { ok: false, ...problem };
  await startFulfilling(tx, by);
  const [inserted] = await tx('shipments')
    .insert({ order_id: order.id, form_token: token, created_at: by.now })
    .returning<{ id: number }[]>('id');
  const shipmentId = inserted!.id;
  await tx('shipment_lines').insert(
    lines.map(({ lineId, quantity }) => ({ shipment_id: shipmentId, order_line_id: lineId, quantity })),
  );
  await recordParcelEvent(tx, by, 'packed', { shipmentId, lines });
  return { ok: true, shipmentId, repeated: false };
}

/**
 * The carrier takes a packed parcel. Pieces that were refunded since it was packed are `too-many`: unpack it first. A
 * parcel that has left stays as it left. Locks the order.
 * @throws NotFound when the order has no such parcel.
 */
export async function shipShipment(
  tx: Tx,
  { shipmentId, carrier, trackingNumber, ...by }: ByStaff & Dispatch & { shipmentId: number },
): Promise<ParcelResult> {
  const order = await lockOrder(tx, { orderId: by.orderId });
  const parcel = await getParcel(tx, { orderId: order.id, shipmentId });
  if (parcel.state !== 'preparing') return { ok: true, shipmentId, repeated: true };
  const refusal = shipRefusal(order);
  if (refusal) return { ok: false, reason: refusal };
  const problem = packProblem(parcel.lines, await listPieces(tx, { orderId: order.id }), piecesToShip);
  if (problem) return { ok: false, ...problem };
  assertMove(SHIPMENT_MOVES, parcel.state, 'shipped', `parcel ${shipmentId}`);
  await tx('shipments')
    .where({ id: shipmentId })
    .update({ state: 'shipped', carrier, tracking_number: trackingNumber, shipped_at: by.now });
  await change(
    tx,
    `update order_lines l set shipped_quantity = l.shipped_quantity + p.quantity
       from shipment_lines p where p.shipment_id = :shipmentId and p.order_line_id = l.id`,
    { shipmentId },
  );
  await recordParcelEvent(tx, by, 'shipped', { shipmentId, carrier, trackingNumber });
  await emit(tx, 'shipment.shipped', { orderId: order.id, shipmentId });
  await advanceOrder(tx, { ...by, cause: 'shipped' });
  return { ok: true, shipmentId, repeated: false };
}

/** Packs and sends in one step: paid → fulfilling → shipped where that was all. All or nothing. Locks the order. */
export async function shipLines(
  tx: Tx,
  input: ByStaff & Dispatch & { lines: readonly PackedLine[]; token: string },
): Promise<ParcelResult> {
  const packed = await prepareShipment(tx, input);
  if (!packed.ok) return packed;
  const shipped = await shipShipment(tx, { ...input, shipmentId: packed.shipmentId });
  // Cannot happen under the lock; should it, nothing of it stays.
  if (!shipped.ok) refuse(shipped);
  return shipped;
}
