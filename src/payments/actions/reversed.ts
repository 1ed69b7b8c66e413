import { rows, type Tx } from '../../platform/db.js';
import { enqueueRefund } from './refund-jobs.js';
import { deriveState, settleRefund } from './refunds.js';
import { lockPayment } from '../queries.js';

/**
 * A deposit that was taken back has arrived anew: its payment stands as its refunds make it stand, and those that waited
 * go on. Needs the payment's lock.
 */
export async function resumeRefunds(
  tx: Tx,
  { paymentId, now }: { paymentId: number; now: Date },
): Promise<void> {
  await deriveState(tx, await lockPayment(tx, { paymentId }), now);
  const waiting = await rows<{ id: number }>(
    tx,
    `select id from refunds where payment_id = :paymentId and state in ('requested', 'pending')`,
    { paymentId },
  );
  for (const { id } of waiting) await enqueueRefund(tx, { refundId: id, paymentId });
}

/** A deposit that was taken back never comes again: what was promised back of it is not owed. Needs the payment's lock. */
export async function dropRefunds(
  tx: Tx,
  { paymentId, now }: { paymentId: number; now: Date },
): Promise<void> {
  const payment = await lockPayment(tx, { paymentId });
  const open = await rows<{ id: number }>(
    tx,
    `select id from refunds where payment_id = :paymentId and state in ('requested', 'needs_account', 'pending') order by id`,
    { paymentId },
  );
  for (const { id } of open)
    await settleRefund(tx, payment, {
      refundId: id,
      evidence: { state: 'failed', code: 'deposit_reversed' },
      now,
    });
}
