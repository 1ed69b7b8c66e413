import type { Stripe } from 'stripe';
import type { RefundEvidence, RefundOrder } from './gateway.js';
import { readRefund } from './stripe-aftermath.js';
import { toStripeAmount } from './stripe-amounts.js';
import { readStripeError } from './stripe-errors.js';

/**
 * Gives money back, or finds the refund when an earlier call made it: refunds of the PaymentIntent carry our reference,
 * and the idempotency key alone would repeat a stale answer (a refund that was pending then).
 */
export async function refundAtStripe(
  stripe: Stripe,
  { reference, transactionId, amount }: RefundOrder,
  { timeout }: { timeout: number },
): Promise<RefundEvidence> {
  if (!transactionId) return { state: 'failed', code: 'no_payment_intent' };
  const known = await stripe.refunds.list({ payment_intent: transactionId, limit: 100 }, { timeout });
  const found = known.data.find(refund => refund.metadata?.refund === reference);
  if (found) return refundEvidence(found);
  const made = await stripe.refunds.create(
    { payment_intent: transactionId, amount: toStripeAmount(amount), metadata: { refund: reference } },
    { idempotencyKey: `refund-${reference}`, timeout },
  );
  return refundEvidence(made);
}

function refundEvidence(refund: Stripe.Refund): RefundEvidence {
  const { state, providerRefundId, code } = readRefund(refund);
  return state === 'failed'
    ? { state, code: code ?? 'failed', providerRefundId }
    : { state, providerRefundId };
}

/** What a failed call means for the refund: only an answered no is a no. */
export function readRefundError(error: unknown): RefundEvidence {
  const failure = readStripeError(error);
  return failure.kind === 'refused' || failure.kind === 'not-found'
    ? { state: 'failed', code: failure.code }
    : { state: 'unknown', code: failure.code };
}
