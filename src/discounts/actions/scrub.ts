import { change, type Tx } from '../../platform/db.js';

/** A discount's use stays counted; whose it was is forgotten. */
export async function scrubClaims(tx: Tx, { orderId }: { orderId: number }): Promise<void> {
  await change(tx, `update discount_claims set customer = 'order-' || order_id where order_id = :orderId`, {
    orderId,
  });
}
