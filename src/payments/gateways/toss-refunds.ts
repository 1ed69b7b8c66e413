import type { Aftermath, RefundEvidence, RefundOrder } from './gateway.js';
import type { TossApi, TossPayment } from './toss-api.js';
import { reasonOf, refundsOf } from './toss-evidence.js';

/**
 * Gives money back, or finds the cancellation when an earlier call made it: its reason ends with our reference. Looks
 * before and, after an answer that says nothing, once more; `refundableAmount` makes Toss refuse what would be twice.
 * A deposit needs the account it goes to; no other payment may have one.
 */
export async function refundAtToss(api: TossApi, order: RefundOrder): Promise<RefundEvidence> {
  const before = await api.findByKey(order.providerId);
  if (!before.ok) return { state: 'unknown', code: before.code };
  const known = cancellation(before.payment, order);
  if (known) return known;
  const isDeposit = Boolean(before.payment.virtualAccount);
  if (isDeposit && before.payment.status === 'WAITING_FOR_DEPOSIT')
    return { state: 'failed', code: 'DEPOSIT_REVERSED' };
  if (isDeposit && !order.account) return { state: 'needs_account', code: 'account_missing' };
  if (!isDeposit && order.account) return { state: 'failed', code: 'account_not_allowed' };
  const answer = await api.cancel(
    order.providerId,
    {
      cancelReason: reasonOf(order.reference),
      cancelAmount: order.amount.amount,
      refundableAmount: order.refundable,
      ...(order.account ? { refundReceiveAccount: order.account } : {}),
    },
    { idempotencyKey: keyOf(order) },
  );
  if (answer.ok) return cancellation(answer.payment, order) ?? { state: 'unknown', code: 'unreadable' };
  if (answer.meaning === 'wrong-account') return { state: 'needs_account', code: answer.code };
  const after = await api.findByKey(order.providerId);
  const made = after.ok ? cancellation(after.payment, order) : null;
  if (made) return made;
  if (answer.meaning === 'unknown') return { state: 'unknown', code: answer.code };
  if (answer.meaning === 'other-means' || answer.meaning === 'refused')
    return { state: 'failed', code: answer.code };
  // Something else went back before. While Toss has enough left we ask again, with what is left then; otherwise somebody
  // may have given this very sum by hand.
  if (!after.ok || (after.payment.balanceAmount ?? 0) >= order.amount.amount)
    return { state: 'unknown', code: answer.code, elsewhere: true };
  return byHand(after.payment, order) ?? { state: 'failed', code: answer.code };
}

/** All that has gone back of a payment, by our doing and by hand. Toss has no disputes. */
export async function aftermathAtToss(
  api: TossApi,
  { providerId }: { providerId: string },
): Promise<Aftermath> {
  const found = await api.findByKey(providerId);
  if (!found.ok) return { ok: false, code: found.code };
  return { ok: true, refunds: refundsOf(found.payment), disputes: [] };
}

/**
 * Toss repeats a refusal under its key for 15 days and does not look at the body: with another balance or another
 * account it is another request.
 */
const keyOf = ({ reference, refundable, accountsGiven }: RefundOrder): string =>
  `refund-${reference}-${refundable}${accountsGiven > 0 ? `-${accountsGiven}` : ''}`;

function byHand(payment: TossPayment, order: RefundOrder): RefundEvidence | null {
  const made = refundsOf(payment).find(
    ({ reference, amount, state }) =>
      reference === null && amount === order.amount.amount && state === 'succeeded',
  );
  return made ? { state: 'succeeded', providerRefundId: made.providerRefundId } : null;
}

function cancellation(payment: TossPayment, order: RefundOrder): RefundEvidence | null {
  const cancel = refundsOf(payment).find(({ reference }) => reference === order.reference);
  if (!cancel) return null;
  const { state, providerRefundId } = cancel;
  return state === 'failed' ? { state, code: 'ABORTED' } : { state, providerRefundId };
}
