import type { Stripe } from 'stripe';
import type { Clock } from '../clock.js';
import { newDispute } from './dispute-object.js';
import { StripeFault, missingResource } from './fault.js';
import { newRefund, type Cause, type Emit } from './payment-objects.js';
import type { StripeState } from './state.js';

/** How a dispute can end; an inquiry ends as `warning_closed`. */
export type DisputeEnd = 'won' | 'lost' | 'warning_closed';

/** What happens to money after it was taken: it is given back, or the buyer's bank asks for it. */
export function createAftermath({ state, clock, emit }: { state: StripeState; clock: Clock; emit: Emit }) {
  const isDisputed = (charge: Stripe.Charge): boolean =>
    Object.values(state.disputes).some(
      dispute => dispute.charge === charge.id && !dispute.is_charge_refundable && dispute.status !== 'won',
    );

  function refund(
    charge: Stripe.Charge,
    facts: {
      amount: number | null;
      reason: string | null;
      metadata: Record<string, string>;
      pending?: boolean;
    },
    cause: Cause,
  ): Stripe.Refund {
    if (isDisputed(charge)) {
      throw new StripeFault(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
        code: 'charge_disputed',
      });
    }
    const rest = charge.amount - charge.amount_refunded;
    if (rest === 0) {
      throw new StripeFault(`Charge ${charge.id} has already been refunded.`, {
        code: 'charge_already_refunded',
      });
    }
    const amount = facts.amount ?? rest;
    if (amount <= 0 || amount > rest) {
      throw new StripeFault(
        `Refund amount (${amount}) is greater than unrefunded amount on charge (${rest})`,
        { param: 'amount' },
      );
    }
    const made = newRefund(charge, { ...facts, amount, created: clock.seconds() });
    if (facts.pending) made.status = 'pending';
    state.refunds[made.id] = made;
    charge.amount_refunded += amount;
    charge.refunded = charge.amount_refunded === charge.amount;
    void emit('refund.created', made, cause);
    void emit('charge.refunded', charge, cause);
    return made;
  }

  function known<Row>(rows: Record<string, Row>, id: string, noun: string): Row {
    const row = rows[id];
    if (row === undefined) throw missingResource(noun, id, 'id');
    return row;
  }

  /** A refund that had to wait for the bank is done. */
  async function finishRefund(id: string): Promise<void> {
    const made = known(state.refunds, id, 'refund');
    if (made.status !== 'pending') return;
    made.status = 'succeeded';
    await emit('refund.updated', made);
  }

  /** A refund comes back, also one that had succeeded: the buyer's bank did not take it. */
  async function failRefund(id: string): Promise<void> {
    const made = known(state.refunds, id, 'refund');
    if (made.status === 'failed') return;
    made.status = 'failed';
    made.failure_reason = 'expired_or_canceled_card';
    const charge = typeof made.charge === 'string' ? state.charges[made.charge] : undefined;
    if (charge) {
      charge.amount_refunded -= made.amount;
      charge.refunded = false;
    }
    void emit('refund.updated', made);
    await emit('refund.failed', made);
  }

  /** The buyer complains to their bank, which asks for the money, or for an explanation first. */
  async function openDispute(
    charge: Stripe.Charge,
    { reason = 'fraudulent', amount = charge.amount, inquiry = false } = {},
  ): Promise<Stripe.Dispute> {
    const made = newDispute(charge, { amount, reason, inquiry, created: clock.seconds() });
    state.disputes[made.id] = made;
    charge.disputed = true;
    if (!inquiry) void emit('charge.dispute.funds_withdrawn', made);
    await emit('charge.dispute.created', made);
    return made;
  }

  /** The store has answered; the bank reads. */
  async function answerDispute(id: string): Promise<void> {
    const made = known(state.disputes, id, 'dispute');
    if (!made.status.endsWith('needs_response')) return;
    made.status = made.status === 'needs_response' ? 'under_review' : 'warning_under_review';
    made.evidence_details.submission_count += 1;
    made.evidence_details.has_evidence = true;
    await emit('charge.dispute.updated', made);
  }

  async function closeDispute(id: string, end: DisputeEnd): Promise<void> {
    const made = known(state.disputes, id, 'dispute');
    if (/^(won|lost|warning_closed)$/.test(made.status)) return;
    const inquiry = made.status.startsWith('warning_');
    made.status = inquiry && end === 'won' ? 'warning_closed' : end;
    made.is_charge_refundable = made.status !== 'lost';
    if (made.status === 'won') void emit('charge.dispute.funds_reinstated', made);
    await emit('charge.dispute.closed', made);
  }

  return { refund, finishRefund, failRefund, openDispute, answerDispute, closeDispute };
}
