import type { Tx } from '../../platform/db.js';
import { enqueue } from '../../platform/jobs.js';

/** All jobs about a payment's money take turns, so that no answer of the provider is older than what we have noted. */
export const queueOfPayment = (paymentId: number): string => `payment:${paymentId}`;

/** Has the money given at the provider, once the caller's transaction is done. */
export async function enqueueRefund(
  tx: Tx,
  { refundId, paymentId, runAt }: { refundId: number; paymentId: number; runAt?: Date },
): Promise<void> {
  const options = {
    key: `refund:${refundId}`,
    queue: queueOfPayment(paymentId),
    ...(runAt ? { runAt } : {}),
  };
  await enqueue(tx, 'payments.refund', { refundId }, options);
}

/** Has a payment's refunds and disputes read from its provider, once the caller's transaction is done. Asking twice is
 *  asking once. */
export async function enqueueReview(
  tx: Tx,
  { paymentId, runAt }: { paymentId: number; runAt?: Date },
): Promise<void> {
  const options = {
    key: `review:${paymentId}`,
    queue: queueOfPayment(paymentId),
    ...(runAt ? { runAt } : {}),
  };
  await enqueue(tx, 'payments.review', { paymentId }, options);
}
