import { inTransaction, type Db } from '../../platform/db.js';
import { lockOrder } from '../queries.js';
import { findRefundMoney, hasRefundEvent } from '../queries/refunds.js';
import { listPayments } from '../../payments/index.js';
import { holdsMoney } from '../rules.js';
import { moveOrder } from './move.js';
import { recordOrderEvent } from './record.js';

/** Money that is still ours, or may be again. */
const KEPT = new Set<string>(['captured', 'partially_refunded', 'reversed']);

/**
 * A try to give money back has ended: writes that into the order's timeline and, once all that was captured has gone back,
 * makes the order `refunded`. The one place that does, whoever asked for the money. Repeatable. Locks the order.
 */
export async function noteRefund(
  db: Db,
  {
    orderId,
    refundId,
    step,
    now,
  }: { orderId: number; refundId: number; step: 'succeeded' | 'failed'; now: Date },
): Promise<void> {
  await inTransaction(db, async tx => {
    const order = await lockOrder(tx, { orderId });
    const refund = await findRefundMoney(tx, { refundId });
    if (!refund) return;
    const because = { actor: refund.provider, cause: `refund ${step}`, now };
    if (!(await hasRefundEvent(tx, { orderId, refundId, step }))) {
      const data = { step, refundId, amount: refund.amount, code: refund.failureCode };
      await recordOrderEvent(tx, { ...because, orderId, kind: 'refund', data });
    }
    // A second payment that no order could use goes back as well, while the first one stays.
    const payments = await listPayments(tx, { orderId });
    const allBack =
      payments.some(({ state }) => state === 'refunded') && !payments.some(({ state }) => KEPT.has(state));
    if (step === 'succeeded' && allBack && holdsMoney(order.state))
      await moveOrder(tx, order, 'refunded', { ...because, cause: 'all money went back' });
  });
}
