import type { Tx } from '../../platform/db.js';
import { listParcels, listPieces } from '../queries/parcels.js';
import { lockOrder } from '../queries.js';
import { progress } from '../rules/parcels.js';
import { moveOrder, type Because } from './move.js';

/**
 * Brings an order that is being fulfilled to what its parcels have done. To be called after anything that changes which
 * pieces still have to leave: a parcel, or a refund of pieces in the warehouse. Needs the order's lock.
 */
export async function advanceOrder(
  tx: Tx,
  { orderId, ...because }: Because & { orderId: number },
): Promise<void> {
  const to = progress(await listPieces(tx, { orderId }), await listParcels(tx, { orderId }));
  if (to === null) return;
  const order = await lockOrder(tx, { orderId });
  if (order.state === 'fulfilling')
    await moveOrder(tx, order, 'shipped', { ...because, cause: 'every piece has left' });
  if (to === 'shipped' || (order.state !== 'fulfilling' && order.state !== 'shipped')) return;
  await moveOrder(tx, { ...order, state: 'shipped' }, 'delivered', {
    ...because,
    cause: 'every parcel has arrived',
  });
}
