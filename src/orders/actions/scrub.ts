import { change, type Tx } from '../../platform/db.js';
import { emit } from '../../platform/jobs.js';

/**
 * Takes the person out of an order that the law keeps no longer, or never kept: whom it went to and where, beyond the country
 * that its tax was for. Figures, goods and history stay. The order must be at rest: no money and no goods on their way. True
 * the first time. Locks the order.
 */
export async function scrubOrder(tx: Tx, { orderId, now }: { orderId: number; now: Date }): Promise<boolean> {
  const scrubbed = await change(
    tx,
    `update orders set email = '', name = '', phone = '', postal_code = '', region = '', city = '', address1 = '',
            address2 = '', note = '', scrubbed_at = :now
      where id = :orderId and scrubbed_at is null`,
    { orderId, now },
  );
  if (scrubbed > 0) await emit(tx, 'order.scrubbed', { orderId });
  return scrubbed > 0;
}
