import { NotFound } from '../../lib/errors.js';
import { row, rows, type Db } from '../../platform/db.js';
import type { Carrier } from '../rules/carriers.js';
import type { LinePieces, ShipmentState } from '../rules/parcels.js';

/** A parcel of an order and what lies in it. */
export interface Parcel {
  id: number;
  orderId: number;
  state: ShipmentState;
  carrier: Carrier | null;
  trackingNumber: string | null;
  createdAt: Date;
  shippedAt: Date | null;
  deliveredAt: Date | null;
  lines: { lineId: number; name: string; variantName: string; sku: string; quantity: number }[];
}

const COLUMNS = `s.id, s.order_id as "orderId", s.state, s.carrier, s.tracking_number as "trackingNumber",
  s.created_at as "createdAt", s.shipped_at as "shippedAt", s.delivered_at as "deliveredAt"`;

/** The parcels of an order in the order they were packed. Under the order's lock they stay as they are. */
export async function listParcels(db: Db, { orderId }: { orderId: number }): Promise<Parcel[]> {
  return await rows<Parcel>(
    db,
    `select ${COLUMNS}, (select coalesce(json_agg(json_build_object('lineId', l.id, 'name', l.name, 'variantName', l.variant_name,
                                'sku', l.sku, 'quantity', p.quantity) order by l.position), '[]')
                           from shipment_lines p join order_lines l on l.id = p.order_line_id where p.shipment_id = s.id) as lines
       from shipments s where s.order_id = :orderId order by s.id`,
    { orderId },
  );
}

/** One parcel of an order. @throws NotFound when the order has no such parcel. */
export async function getParcel(
  db: Db,
  { orderId, shipmentId }: { orderId: number; shipmentId: number },
): Promise<Parcel> {
  const parcel = (await listParcels(db, { orderId })).find(({ id }) => id === shipmentId);
  if (!parcel) throw new NotFound();
  return parcel;
}

/** The parcel a form has made already. */
export async function findParcelByToken(
  db: Db,
  { token }: { token: string },
): Promise<{ id: number; orderId: number } | null> {
  return await row<{ id: number; orderId: number }>(
    db,
    `select id, order_id as "orderId" from shipments where form_token = :token`,
    { token },
  );
}

/** How many pieces of each line have left and how many never will. */
export async function listPieces(db: Db, { orderId }: { orderId: number }): Promise<LinePieces[]> {
  return await rows<LinePieces>(
    db,
    `select id, quantity, shipped_quantity as "shippedQuantity", canceled_quantity as "canceledQuantity"
       from order_lines where order_id = :orderId order by position`,
    { orderId },
  );
}

/** What anybody may know of a parcel who knows its number: not whose it is, nor what is in it. */
export interface TrackedParcel {
  state: 'shipped' | 'delivered';
  carrier: Carrier;
  shippedAt: Date;
  deliveredAt: Date | null;
}

/** Parcels that left under this number, newest first. Carriers use their numbers again after some years. */
export async function listTrackedParcels(
  db: Db,
  { trackingNumber }: { trackingNumber: string },
): Promise<TrackedParcel[]> {
  return await rows<TrackedParcel>(
    db,
    `select state, carrier, shipped_at as "shippedAt", delivered_at as "deliveredAt" from shipments
      where tracking_number = :trackingNumber and state <> 'preparing' order by shipped_at desc limit 10`,
    { trackingNumber },
  );
}
