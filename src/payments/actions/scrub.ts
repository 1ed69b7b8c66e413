import { change, type Tx } from '../../platform/db.js';

/** Forgets to which account money of an order went back, once all of it has. */
export async function scrubRefundAccounts(tx: Tx, { orderId }: { orderId: number }): Promise<void> {
  await change(
    tx,
    `update refunds r set refund_account = null from payments p
      where p.id = r.payment_id and p.order_id = :orderId and r.state in ('succeeded', 'failed')`,
    { orderId },
  );
}

/** Forgets the account a deposit for an order came in by: it was made out to its buyer. */
export async function scrubDeposits(tx: Tx, { orderId }: { orderId: number }): Promise<void> {
  await change(
    tx,
    `update payments set instructions = null, deposit_secret = null
      where order_id = :orderId and state not in ('opened', 'pending')`,
    { orderId },
  );
}
