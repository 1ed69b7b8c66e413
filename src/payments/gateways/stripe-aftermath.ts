import type { Stripe } from 'stripe';
import type { Aftermath, CapturedAt, ProviderDispute, ProviderRefund } from './gateway.js';
import { fromStripeAmount } from './stripe-amounts.js';
import { readStripeError, type Within } from './stripe-errors.js';

/** Far more than one payment ever has; a list that is longer is not understood, rather than cut. */
const PAGE = 100;

/** Reads every refund and every dispute of a PaymentIntent, ours and those made in Stripe's dashboard. */
export async function aftermathAtStripe(
  stripe: Stripe,
  { transactionId }: CapturedAt,
  within: Within,
): Promise<Aftermath> {
  if (!transactionId) return { ok: false, code: 'no_payment_intent' };
  const params = { payment_intent: transactionId, limit: PAGE };
  try {
    const refunds = await within(({ timeout }) => stripe.refunds.list(params, { timeout }));
    const disputes = await within(({ timeout }) => stripe.disputes.list(params, { timeout }));
    if (refunds.has_more || disputes.has_more) return { ok: false, code: 'too_many' };
    // Stripe lists the newest first.
    return {
      ok: true,
      refunds: refunds.data.map(readRefund).toReversed(),
      disputes: disputes.data.map(readDispute).toReversed(),
    };
  } catch (error) {
    return { ok: false, code: readStripeError(error).code };
  }
}

const at = (seconds: number): Date => new Date(seconds * 1_000);

const REFUND_STATES: Readonly<Record<string, ProviderRefund['state']>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'failed',
};

export function readRefund(refund: Stripe.Refund): ProviderRefund {
  // A word we do not know is not the end of it: whatever follows will say.
  const state = REFUND_STATES[refund.status ?? ''] ?? 'pending';
  return {
    providerRefundId: refund.id,
    reference: refund.metadata?.refund ?? null,
    ...fromStripeAmount(refund.amount, refund.currency),
    state,
    code: state === 'failed' ? (refund.failure_reason ?? refund.status) : null,
    at: at(refund.created),
  };
}

const DISPUTE_STATES: Readonly<Record<string, ProviderDispute['state']>> = {
  won: 'won',
  warning_closed: 'won',
  lost: 'lost',
  // Stripe gave the money back before the bank could take it.
  prevented: 'lost',
};

function readDispute(dispute: Stripe.Dispute): ProviderDispute {
  return {
    providerDisputeId: dispute.id,
    ...fromStripeAmount(dispute.amount, dispute.currency),
    reason: dispute.reason,
    state: DISPUTE_STATES[dispute.status] ?? 'open',
    providerState: dispute.status,
    evidenceDueAt: dispute.evidence_details.due_by ? at(dispute.evidence_details.due_by) : null,
    openedAt: at(dispute.created),
  };
}
