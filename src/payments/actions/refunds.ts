import { newToken } from '../../lib/ids.js';
import { money } from '../../lib/money.js';
import { HOUR } from '../../lib/time.js';
import { change, inTransaction, row, type Db, type Tx } from '../../platform/db.js';
import { emit, enqueue } from '../../platform/jobs.js';
import { log } from '../../platform/log.js';
import { movePayment } from './payments.js';
import type { Gateways, RefundEvidence } from '../gateways/gateway.js';
import { lockPayment, type Payment } from '../queries.js';

export type RefundState = 'requested' | 'pending' | 'succeeded' | 'failed';

interface Refund {
  id: number;
  paymentId: number;
  reference: string;
  amount: number;
  state: RefundState;
}

export type RequestResult =
  { ok: true; refundId: number } | { ok: false; reason: 'too-much' | 'not-refundable' };

/** Payments that hold money which can go back. */
const REFUNDABLE = new Set<Payment['state']>(['captured', 'partially_refunded', 'refund_due']);

/**
 * Promises `amount` (smallest unit) of a payment back and enqueues the job that gives it, in the caller's transaction.
 * The promise counts at once: a second request sees what is left, and the table refuses to promise more than came in.
 * Needs the payment's lock.
 */
export async function requestRefund(
  tx: Tx,
  payment: Payment,
  { amount, actor, cause, now }: { amount: number; actor: string; cause: string; now: Date },
): Promise<RequestResult> {
  if (!REFUNDABLE.has(payment.state)) return { ok: false, reason: 'not-refundable' };
  const promised = await change(
    tx,
    `update payments set refunded_amount = refunded_amount + :amount
      where id = :id and refunded_amount + :amount <= captured_amount`,
    { amount, id: payment.id },
  );
  if (promised === 0) return { ok: false, reason: 'too-much' };
  const [refund] = await tx('refunds')
    .insert({ payment_id: payment.id, reference: newToken(), amount, actor, cause, created_at: now })
    .returning<{ id: number }[]>('id');
  const refundId = refund!.id;
  await enqueue(
    tx,
    'payments.refund',
    { refundId },
    { key: `refund:${refundId}`, queue: `payment:${payment.id}` },
  );
  log.info('refund requested', { refund: refundId, payment: payment.id });
  return { ok: true, refundId };
}

/**
 * Gives the money back at the provider (outside any transaction) and settles the answer. Repeatable: the provider is
 * told one reference. Throws when there was no usable answer, so that the job tries again, later each time.
 */
export async function performRefund(
  { db, gateways }: { db: Db; gateways: Gateways },
  { refundId, now }: { refundId: number; now: Date },
): Promise<void> {
  const refund = await findRefund(db, refundId);
  if (!refund || refund.state === 'succeeded' || refund.state === 'failed') return;
  const payment = await row<{
    provider: keyof Gateways;
    provider_id: string | null;
    transaction_id: string | null;
    currency: Payment['currency'];
    refundable: number;
  }>(
    db,
    `select provider, provider_id, transaction_id, currency,
            captured_amount - coalesce((select sum(amount) from refunds
                                         where payment_id = p.id and state in ('pending', 'succeeded') and id <> :refundId), 0)::bigint as refundable
       from payments p where id = :paymentId`,
    { paymentId: refund.paymentId, refundId },
  );
  const gateway = payment && gateways[payment.provider];
  if (!gateway || !payment.provider_id) throw new Error(`refund ${refundId}: no way to its provider`);
  const evidence = await gateway.refund({
    reference: refund.reference,
    providerId: payment.provider_id,
    transactionId: payment.transaction_id,
    amount: money(refund.amount, payment.currency),
    refundable: payment.refundable,
  });
  if (evidence.state === 'unknown') throw new Error(`refund ${refundId}: ${evidence.code}`);
  await settleRefund(db, { refundId, evidence, now });
}

/** Brings a refund and its payment to what the provider says. Locks the payment; the second time changes nothing. */
async function settleRefund(
  db: Db,
  {
    refundId,
    evidence,
    now,
  }: { refundId: number; evidence: Exclude<RefundEvidence, { state: 'unknown' }>; now: Date },
): Promise<void> {
  const found = await findRefund(db, refundId);
  if (!found) return;
  await inTransaction(db, async tx => {
    const payment = await lockPayment(tx, { paymentId: found.paymentId });
    const refund = await findRefund(tx, refundId);
    if (!refund || refund.state === 'succeeded' || refund.state === 'failed') return;
    if (evidence.state === 'pending') {
      await tx('refunds')
        .where({ id: refundId })
        .update({ state: 'pending', provider_refund_id: evidence.providerRefundId });
      // Banks take their time; the provider knows when it is done.
      await enqueue(
        tx,
        'payments.refund',
        { refundId },
        {
          key: `refund:${refundId}`,
          queue: `payment:${payment.id}`,
          runAt: new Date(now.getTime() + HOUR),
        },
      );
      return;
    }
    const ids = { paymentId: payment.id, orderId: payment.orderId, refundId };
    if (evidence.state === 'failed') {
      await tx('refunds')
        .where({ id: refundId })
        .update({ state: 'failed', failure_code: evidence.code.slice(0, 200), settled_at: now });
      await change(tx, `update payments set refunded_amount = refunded_amount - :amount where id = :id`, {
        amount: refund.amount,
        id: payment.id,
      });
      log.error('refund failed', { refund: refundId, payment: payment.id, code: evidence.code });
      await emit(tx, 'refund.failed', ids);
      return;
    }
    await tx('refunds')
      .where({ id: refundId })
      .update({ state: 'succeeded', provider_refund_id: evidence.providerRefundId, settled_at: now });
    await deriveState(tx, payment, now);
    await emit(tx, 'refund.succeeded', ids);
  });
}

/** `partially_refunded` and `refunded` follow from the refunds done; nothing else writes them. */
async function deriveState(tx: Tx, payment: Payment, now: Date): Promise<void> {
  const done = await row<{ sum: number }>(
    tx,
    `select coalesce(sum(amount), 0)::bigint as sum from refunds where payment_id = :id and state = 'succeeded'`,
    { id: payment.id },
  );
  const to = done!.sum >= payment.capturedAmount ? 'refunded' : 'partially_refunded';
  if (to === payment.state || (to === 'partially_refunded' && payment.state === 'refund_due')) return;
  await movePayment(tx, payment, to, { actor: payment.provider, cause: 'refund', now });
}

async function findRefund(db: Db, refundId: number): Promise<Refund | null> {
  return await row<Refund>(
    db,
    `select id, payment_id as "paymentId", reference, amount, state from refunds where id = :refundId`,
    { refundId },
  );
}
