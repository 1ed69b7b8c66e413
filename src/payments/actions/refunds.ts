import { newToken } from '../../lib/ids.js';
import { money } from '../../lib/money.js';
import { mayMove } from '../../lib/moves.js';
import { HOUR } from '../../lib/time.js';
import { change, inTransaction, row, type Db, type Tx } from '../../platform/db.js';
import { emit } from '../../platform/jobs.js';
import { log } from '../../platform/log.js';
import { movePayment } from './payments.js';
import { enqueueRefund, enqueueReview } from './refund-jobs.js';
import type { Gateways, RefundEvidence } from '../gateways/gateway.js';
import { hasLivingDispute, lockPayment, type Payment } from '../queries.js';
import {
  needsAccount,
  REFUND_MOVES,
  shortAccount,
  type PaymentState,
  type PayMethod,
  type RefundAccount,
  type RefundState,
} from '../rules.js';

export interface Refund {
  id: number;
  paymentId: number;
  reference: string;
  amount: number;
  state: RefundState;
  providerRefundId: string | null;
  /** Made by hand at the provider, so there is nothing to ask for. */
  imported: boolean;
  /** Where a deposit goes back to: whole while it is needed, shortened afterwards. */
  account: RefundAccount | null;
  /** Each account given is another request at the provider. */
  accountsGiven: number;
}

export type RequestResult =
  | { ok: true; refundId: number }
  /** `disputed`: the buyer's bank asks for the money, or has it; a refund would pay twice. */
  | { ok: false; reason: 'too-much' | 'not-refundable' | 'disputed' };

/** Payments that hold money which can go back. */
const REFUNDABLE = new Set<PaymentState>(['captured', 'partially_refunded', 'refund_due', 'mismatch']);

/**
 * Promises `amount` (smallest unit) of a payment back and enqueues the job that gives it, in the caller's transaction.
 * The promise counts at once: a second request sees what is left, and the table refuses to promise more than came in.
 * A deposit waits in `needs_account` until somebody names the account it goes to. Needs the payment's lock.
 */
export async function requestRefund(
  tx: Tx,
  payment: Payment,
  { amount, actor, cause, now }: { amount: number; actor: string; cause: string; now: Date },
): Promise<RequestResult> {
  if (!REFUNDABLE.has(payment.state)) return { ok: false, reason: 'not-refundable' };
  if (await hasLivingDispute(tx, { paymentId: payment.id })) return { ok: false, reason: 'disputed' };
  if (!(await promise(tx, payment, amount))) return { ok: false, reason: 'too-much' };
  const waits = needsAccount(payment);
  const state: RefundState = waits ? 'needs_account' : 'requested';
  const [refund] = await tx('refunds')
    .insert({ payment_id: payment.id, reference: newToken(), amount, state, actor, cause, created_at: now })
    .returning<{ id: number }[]>('id');
  const refundId = refund!.id;
  if (waits) await tellOfRefund(tx, payment, { refundId, state, now });
  else await enqueueRefund(tx, { refundId, paymentId: payment.id });
  log.info('refund requested', { refund: refundId, payment: payment.id });
  return { ok: true, refundId };
}

/** Counts `amount` as promised back; false when less than that is left. Needs the payment's lock. */
export async function promise(tx: Tx, payment: Payment, amount: number): Promise<boolean> {
  const promised = await change(
    tx,
    `update payments set refunded_amount = refunded_amount + :amount
      where id = :id and refunded_amount + :amount <= captured_amount`,
    { amount, id: payment.id },
  );
  return promised === 1;
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
  if (!refund || refund.imported || (refund.state !== 'requested' && refund.state !== 'pending')) return;
  const payment = await row<{
    provider: keyof Gateways;
    provider_id: string | null;
    transaction_id: string | null;
    method: PayMethod;
    state: PaymentState;
    live: boolean;
    currency: Payment['currency'];
    refundable: number;
  }>(
    db,
    `select provider, provider_id, transaction_id, method, state, live, currency,
            captured_amount - coalesce((select sum(amount) from refunds
                                         where payment_id = p.id and state in ('pending', 'succeeded') and id <> :refundId), 0)::bigint as refundable
       from payments p where id = :paymentId`,
    { paymentId: refund.paymentId, refundId },
  );
  // The bank took the deposit back: there is nothing to return. `resumeRefunds` asks again when it has arrived anew.
  if (payment?.state === 'reversed') return;
  const gateway = payment && gateways[payment.provider];
  if (!gateway || !payment.provider_id) throw new Error(`refund ${refundId}: no way to its provider`);
  if (gateway.live !== payment.live) throw new Error(`refund ${refundId}: its payment is of the other mode`);
  // The buyer's bank was faster than this job: what was promised is taken back before it is given twice.
  const disputed =
    refund.state === 'requested' && (await hasLivingDispute(db, { paymentId: refund.paymentId }));
  const evidence: RefundEvidence = disputed
    ? { state: 'failed', code: 'disputed' }
    : await gateway.refund({
        reference: refund.reference,
        providerId: payment.provider_id,
        transactionId: payment.transaction_id,
        amount: money(refund.amount, payment.currency),
        refundable: payment.refundable,
        account: needsAccount(payment) ? refund.account : null,
        accountsGiven: refund.accountsGiven,
      });
  if (evidence.state === 'unknown') {
    if (evidence.elsewhere) await inTransaction(db, tx => enqueueReview(tx, { paymentId: refund.paymentId }));
    throw new Error(`refund ${refundId}: ${evidence.code}`);
  }
  await inTransaction(db, async tx => {
    const locked = await lockPayment(tx, { paymentId: refund.paymentId });
    const fits = evidence.state !== 'succeeded' || !(await isTaken(tx, refund, evidence.providerRefundId));
    await settleRefund(tx, locked, {
      refundId,
      evidence: fits ? evidence : { state: 'failed', code: 'given_before' },
      now,
    });
    // A no may come of what somebody gave back by hand: that belongs into our books.
    if (evidence.state === 'failed') await enqueueReview(tx, { paymentId: locked.id });
  });
}

/** Whether what the provider names is a refund that has its own row already. */
async function isTaken(db: Db, refund: Refund, providerRefundId: string): Promise<boolean> {
  const other = await row(
    db,
    `select 1 from refunds where payment_id = :paymentId and provider_refund_id = :providerRefundId and id <> :id`,
    { paymentId: refund.paymentId, providerRefundId, id: refund.id },
  );
  return other !== null;
}

/** What the provider says of a refund now. */
export type SettledEvidence = Exclude<RefundEvidence, { state: 'unknown' }>;

/**
 * Brings a refund and its payment to what the provider says; the second time changes nothing, and an older answer
 * nothing either. A refund that was done and comes back makes the money ours to give again. Needs the payment's lock.
 */
export async function settleRefund(
  tx: Tx,
  payment: Payment,
  { refundId, evidence, now }: { refundId: number; evidence: SettledEvidence; now: Date },
): Promise<void> {
  const refund = await findRefund(tx, refundId);
  if (!refund) return;
  if (evidence.state === 'pending') await askAgain(tx, payment, refund, now);
  if (!mayMove(REFUND_MOVES, refund.state, evidence.state)) return;
  await tx('refunds')
    .where({ id: refundId })
    .update({
      state: evidence.state,
      ...('code' in evidence ? { failure_code: evidence.code.slice(0, 200) } : {}),
      // The whole number is needed no more, or is wrong.
      ...(refund.account && evidence.state !== 'pending'
        ? { refund_account: JSON.stringify(shortAccount(refund.account)) }
        : {}),
      ...('providerRefundId' in evidence ? { provider_refund_id: evidence.providerRefundId } : {}),
      ...(evidence.state === 'succeeded' || evidence.state === 'failed' ? { settled_at: now } : {}),
    });
  if (evidence.state === 'failed') {
    await tx('payments').where({ id: payment.id }).decrement('refunded_amount', refund.amount);
  }
  await tellOfRefund(tx, payment, { refundId, state: evidence.state, now });
}

/** Lets the payment's state follow from its refunds and tells the others how this one ended. Needs the payment's lock. */
export async function tellOfRefund(
  tx: Tx,
  payment: Payment,
  { refundId, state, now }: { refundId: number; state: RefundState; now: Date },
): Promise<void> {
  const ids = { paymentId: payment.id, orderId: payment.orderId, refundId };
  if (state === 'needs_account') await emit(tx, 'refund.needs_account', ids);
  if (state !== 'succeeded' && state !== 'failed') return;
  await deriveState(tx, payment, now);
  if (state === 'failed') log.error('refund failed', { refund: refundId, payment: payment.id });
  await emit(tx, `refund.${state}`, ids);
}

/** Banks take their time; the provider knows when it is done. */
async function askAgain(tx: Tx, payment: Payment, refund: Refund, now: Date): Promise<void> {
  if (refund.state !== 'requested' && refund.state !== 'pending') return;
  const runAt = new Date(now.getTime() + HOUR);
  if (refund.imported) await enqueueReview(tx, { paymentId: payment.id, runAt });
  else await enqueueRefund(tx, { refundId: refund.id, paymentId: payment.id, runAt });
}

/** What a payment was, last, before anything of it went back: a deposit that arrives anew may find no use any more. */
const WHOLE = ['captured', 'refund_due', 'mismatch'] as const satisfies readonly PaymentState[];
/** States that follow from refunds, and those they start from. */
const DERIVED = new Set<PaymentState>([...WHOLE, 'partially_refunded', 'refunded']);

/** `partially_refunded` and `refunded` follow from the refunds done, both ways; nothing else writes them. */
export async function deriveState(tx: Tx, payment: Payment, now: Date): Promise<void> {
  if (!DERIVED.has(payment.state)) return;
  const facts = await row<{ done: number; whole: (typeof WHOLE)[number] }>(
    tx,
    `select coalesce((select sum(amount) from refunds where payment_id = :id and state = 'succeeded'), 0)::bigint as done,
            (select to_state from payment_events where payment_id = :id and to_state = any(:whole)
              order by id desc limit 1) as whole`,
    { id: payment.id, whole: [...WHOLE] },
  );
  const { done, whole } = facts!;
  const some = whole === 'captured' && done > 0 ? 'partially_refunded' : whole;
  const to = done >= payment.capturedAmount ? 'refunded' : some;
  if (to !== payment.state)
    await movePayment(tx, payment, to, { actor: payment.provider, cause: 'refund', now });
}

export async function findRefund(db: Db, refundId: number): Promise<Refund | null> {
  return await row<Refund>(
    db,
    `select id, payment_id as "paymentId", reference, amount, state, provider_refund_id as "providerRefundId", imported,
            refund_account as account, accounts_given as "accountsGiven"
       from refunds where id = :refundId`,
    { refundId },
  );
}
