import { newToken } from '../../lib/ids.js';
import { rows, type Tx } from '../../platform/db.js';
import { emit } from '../../platform/jobs.js';
import { log } from '../../platform/log.js';
import type { ProviderDispute, ProviderRefund } from '../gateways/gateway.js';
import { listDisputes, lockPayment, type Payment } from '../queries.js';
import { promise, settleRefund, tellOfRefund, type SettledEvidence } from './refunds.js';

interface Known {
  id: number;
  reference: string;
  providerRefundId: string | null;
  open: boolean;
}

/**
 * Brings all refunds of a payment to what its provider has. One that we did not ask for is taken into our books. Returns
 * how many could not be: their money is promised to a refund of ours that the provider is about to refuse, so the caller
 * asks again later. Repeatable; the order of calls does not matter. Needs the payment's lock.
 */
export async function settleRefunds(
  tx: Tx,
  payment: Payment,
  { refunds, now }: { refunds: readonly ProviderRefund[]; now: Date },
): Promise<number> {
  let left = 0;
  for (const found of refunds) {
    const known = await findKnown(tx, payment, found);
    if (known) await settleRefund(tx, payment, { refundId: known.id, evidence: evidenceOf(found), now });
    else if (
      !(await importRefund(tx, payment, { found, now })) &&
      !(await adopt(tx, payment, { found, now })) &&
      !(await displace(tx, payment, { found, now }))
    )
      left += 1;
    // What one refund did to the payment's state is where the next one starts.
    payment = await lockPayment(tx, { paymentId: payment.id });
  }
  return left;
}

/** Ours by the provider's id, or by our own name while we have not learned that id. */
async function findKnown(tx: Tx, payment: Payment, found: ProviderRefund): Promise<Known | undefined> {
  const known = await rows<Known>(
    tx,
    `select id, reference, provider_refund_id as "providerRefundId", state in ('requested', 'pending') as open
       from refunds where payment_id = :paymentId`,
    { paymentId: payment.id },
  );
  return (
    known.find(({ providerRefundId }) => providerRefundId === found.providerRefundId) ??
    known.find(({ reference, open }) => open && reference === found.reference)
  );
}

/**
 * Somebody gave by hand, over the same sum, what a refund of ours waits to give until it has an account: it is that
 * refund. Of other refunds of ours we cannot know; their job will hear.
 */
async function adopt(
  tx: Tx,
  payment: Payment,
  { found, now }: { found: ProviderRefund; now: Date },
): Promise<boolean> {
  const [open] = await rows<{ id: number }>(
    tx,
    `select id from refunds where payment_id = :paymentId and state = 'needs_account' and amount = :amount order by id limit 1`,
    { paymentId: payment.id, amount: found.amount },
  );
  if (!open || found.state !== 'succeeded') return false;
  await settleRefund(tx, payment, { refundId: open.id, evidence: evidenceOf(found), now });
  return true;
}

/**
 * What was given by hand leaves no room for refunds of ours that wait for an account: the money they would give has gone
 * another way. They never reached the provider, so they end here; staff see them as refused.
 */
async function displace(
  tx: Tx,
  payment: Payment,
  { found, now }: { found: ProviderRefund; now: Date },
): Promise<boolean> {
  const waiting = await rows<{ id: number }>(
    tx,
    `select id from refunds where payment_id = :paymentId and state = 'needs_account' order by amount desc, id`,
    { paymentId: payment.id },
  );
  for (const { id: refundId } of waiting) {
    await settleRefund(tx, payment, { refundId, evidence: { state: 'failed', code: 'given_before' }, now });
    payment = await lockPayment(tx, { paymentId: payment.id });
    if (await importRefund(tx, payment, { found, now })) return true;
  }
  return false;
}

const evidenceOf = ({ state, code, providerRefundId }: ProviderRefund): SettledEvidence =>
  state === 'failed' ? { state, code: code ?? 'failed', providerRefundId } : { state, providerRefundId };

/**
 * Takes a refund that was made by hand at the provider into our books, with the provider as its actor. False when more
 * would be promised than came in. Needs the payment's lock.
 */
export async function importRefund(
  tx: Tx,
  payment: Payment,
  { found, now }: { found: ProviderRefund; now: Date },
): Promise<boolean> {
  if (found.state !== 'failed' && !(await promise(tx, payment, found.amount))) return false;
  const [inserted] = await tx('refunds')
    .insert({
      payment_id: payment.id,
      reference: newToken(),
      amount: found.amount,
      state: found.state,
      provider_refund_id: found.providerRefundId,
      failure_code: found.state === 'failed' ? (found.code ?? 'failed').slice(0, 200) : null,
      imported: true,
      actor: payment.provider,
      cause: 'made by hand at the provider',
      created_at: found.at,
      settled_at: found.state === 'pending' ? null : now,
    })
    .returning<{ id: number }[]>('id');
  const refundId = inserted!.id;
  log.info('refund imported', { refund: refundId, payment: payment.id, state: found.state });
  await tellOfRefund(tx, payment, { refundId, state: found.state, now });
  return true;
}

/**
 * Brings all disputes of a payment to what its provider has; emits `dispute.opened` and `dispute.closed`. Needs the
 * payment's lock.
 */
export async function settleDisputes(
  tx: Tx,
  payment: Payment,
  { disputes, now }: { disputes: readonly ProviderDispute[]; now: Date },
): Promise<void> {
  for (const found of disputes) await settleDispute(tx, payment, found, now);
}

async function settleDispute(tx: Tx, payment: Payment, found: ProviderDispute, now: Date): Promise<void> {
  const all = await listDisputes(tx, { paymentId: payment.id });
  const known = all.find(({ providerDisputeId }) => providerDisputeId === found.providerDisputeId);
  const facts = {
    amount: found.amount,
    currency: found.currency,
    reason: found.reason.slice(0, 100),
    state: found.state,
    provider_state: found.providerState.slice(0, 100),
    evidence_due_at: found.evidenceDueAt,
    closed_at: found.state === 'open' ? null : (known?.closedAt ?? now),
  };
  let id = known?.id;
  if (id === undefined) {
    const key = { payment_id: payment.id, provider_dispute_id: found.providerDisputeId };
    const [inserted] = await tx('disputes')
      .insert({ ...key, ...facts, opened_at: found.openedAt, created_at: now })
      .returning<{ id: number }[]>('id');
    id = inserted!.id;
  } else await tx('disputes').where({ id }).update(facts);

  if (known?.state === found.state) return;
  const ids = { paymentId: payment.id, orderId: payment.orderId, disputeId: id };
  log.warn('dispute', { dispute: id, payment: payment.id, state: found.state });
  // One that was over before we heard of it was opened all the same: people must learn of both.
  if (!known || found.state === 'open') await emit(tx, 'dispute.opened', ids);
  if (found.state !== 'open') await emit(tx, 'dispute.closed', ids);
}
