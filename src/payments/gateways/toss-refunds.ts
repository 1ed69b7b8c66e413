import type { RefundEvidence, RefundOrder } from './gateway.js';
import type { TossApi, TossPayment } from './toss-api.js';

/**
 * Gives money back, or finds the cancellation when an earlier call made it: its reason ends with our reference. Looks
 * before and, after an answer that says nothing, once more; `refundableAmount` makes Toss refuse what would be twice.
 */
export async function refundAtToss(api: TossApi, order: RefundOrder): Promise<RefundEvidence> {
  const before = await api.findByKey(order.providerId);
  if (!before.ok) return { state: 'unknown', code: before.code };
  const known = cancellation(before.payment, order);
  if (known) return known;
  const answer = await api.cancel(
    order.providerId,
    { cancelReason: reasonOf(order), cancelAmount: order.amount.amount, refundableAmount: order.refundable },
    // Toss repeats a refusal under its key for 15 days: when the balance has changed, it is another request.
    { idempotencyKey: `refund-${order.reference}-${order.refundable}` },
  );
  if (answer.ok) return cancellation(answer.payment, order) ?? { state: 'unknown', code: 'unreadable' };
  // Another refund of the same payment got there first: asked again, with what is left then.
  const outpaced = answer.code === 'NOT_MATCHES_REFUNDABLE_AMOUNT';
  if (answer.meaning !== 'unknown' && !outpaced) return { state: 'failed', code: answer.code };
  const after = await api.findByKey(order.providerId);
  const made = after.ok ? cancellation(after.payment, order) : null;
  return made ?? { state: 'unknown', code: answer.code };
}

const reasonOf = ({ reference }: RefundOrder): string => `Refund ${reference}`;

function cancellation(payment: TossPayment, order: RefundOrder): RefundEvidence | null {
  const cancel = payment.cancels?.find(({ cancelReason }) => cancelReason === reasonOf(order));
  if (!cancel) return null;
  const providerRefundId = cancel.transactionKey;
  if (cancel.cancelStatus === 'IN_PROGRESS') return { state: 'pending', providerRefundId };
  if (cancel.cancelStatus === 'ABORTED') return { state: 'failed', code: 'ABORTED' };
  return { state: 'succeeded', providerRefundId };
}
