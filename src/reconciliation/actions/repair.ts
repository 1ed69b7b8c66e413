import { lockCart } from '../../cart/index.js';
import { askAndSettle, askProvider, reviewPayment, type PayDeps } from '../../checkout/index.js';
import { isCurrency, money } from '../../lib/money.js';
import { findOrder, lockOrder, retryRefund } from '../../orders/index.js';
import {
  enqueueRefund,
  findPayment,
  findRefund,
  lockPayment,
  performRefund,
  requestRefund,
  settleRefund,
  takeIds,
  type Payment,
} from '../../payments/index.js';
import { change, inTransaction, refuse, type Tx } from '../../platform/db.js';
import { log } from '../../platform/log.js';
import { findFinding, type Finding } from '../queries.js';
import { findOrderRefundOf } from '../queries/books.js';
import { returnReference } from '../rules.js';
import { locate, lookAt, subjectOf } from './look.js';
import { recordEvent } from './note.js';

/** How a repair that left the finding open ended; for people, and short. */
type Outcome =
  | 'still' // done what there was to do, and the books differ as before
  | 'unanswered'
  | 'refused' // the provider said no
  | 'disputed'
  | 'too-much'
  | 'not-refundable';

/**
 * Does the repair that was asked for and looks at the finding anew: what the provider says then closes it or keeps it
 * open, never our own records. Repeatable: each repair finds what an earlier try of it has done. Run by a job that takes
 * turns with the payment's other jobs.
 */
export async function performRepair(
  deps: PayDeps,
  { findingId, now }: { findingId: number; now: Date },
): Promise<void> {
  const finding = await findFinding(deps.db, { findingId });
  if (finding?.state !== 'open' || !finding.repair) return;
  const subject = subjectOf(finding);
  // First of all: is it still so? What has mended itself needs no repair, and money is never moved on old news.
  let looked = await lookAt(deps, { runId: null, subject, now });
  const current = await findFinding(deps.db, { findingId });
  if (current?.state !== 'open' || !current.repair) return;
  const outcome: Outcome | null = looked === 'unanswered' ? 'unanswered' : await mend(deps, current, now);
  if (outcome !== 'unanswered' && current.repair !== 'look')
    looked = await lookAt(deps, { runId: null, subject, now });
  await answer(deps, current, outcome ?? (looked === 'unanswered' ? 'unanswered' : 'still'), now);
}

/** Writes down how it ended, where looking again has not closed the finding. */
async function answer({ db }: PayDeps, { id, repair, repairAskedBy }: Finding, outcome: Outcome, now: Date) {
  await inTransaction(db, async tx => {
    const left = await change(
      tx,
      `update reconciliation_findings set repair = null, repair_asked_at = null, repair_asked_by = null, outcome = :outcome
        where id = :id and state = 'open' and repair is not null`,
      { id, outcome },
    );
    if (left !== 1) return;
    const tried = { findingId: id, what: 'tried', actor: repairAskedBy ?? 'sweep' };
    await recordEvent(tx, { ...tried, data: { repair, outcome }, now });
  });
}

/** Null: done what there was to do. */
async function mend(deps: PayDeps, finding: Finding, now: Date): Promise<Outcome | null> {
  switch (finding.repair) {
    case 'settle':
      return await settle(deps, finding, now);
    case 'give_back':
      return finding.paymentId === null
        ? await returnCharge(deps, finding)
        : await giveBack(deps, finding, now);
    case 'import':
      return await importRefunds(deps, finding, now);
    case 'resend':
      return await resend(deps, finding, now);
    case 'take_id':
      return await takeId(deps, finding);
    case 'look':
    case null:
      return null;
  }
}

async function paymentOf({ db }: PayDeps, { id, paymentId }: Finding): Promise<Payment> {
  const payment = paymentId === null ? null : await findPayment(db, { paymentId });
  if (!payment) throw new Error(`finding ${id} has no payment`);
  return payment;
}

const actorOf = ({ repairAskedBy }: Finding): string => repairAskedBy ?? 'sweep';

/** The way of every payment: the provider is asked, and payment, order, stock and cart follow what it says. */
async function settle(deps: PayDeps, finding: Finding, now: Date): Promise<Outcome | null> {
  let payment = await paymentOf(deps, finding);
  if (payment.providerId === null) {
    const taken = await takeId(deps, finding);
    if (taken !== null && taken !== 'refused') return taken;
    payment = await paymentOf(deps, finding);
  }
  const how = payment.state === 'opened' && payment.confirmingAt ? 'resume' : 'ask';
  const { evidence } = await askAndSettle(deps, { payment, question: { how }, actor: actorOf(finding), now });
  return evidence.state === 'unknown' ? 'unanswered' : null;
}

/** Money that came in and that no order can use goes back the way late money does. Locks the payment. */
async function giveBack(deps: PayDeps, finding: Finding, now: Date): Promise<Outcome | null> {
  const { id } = await paymentOf(deps, finding);
  return await inTransaction<Outcome | null>(deps.db, async tx => {
    const payment = await lockPayment(tx, { paymentId: id });
    const amount = payment.capturedAmount - payment.refundedAmount;
    // A click before this one promised it all; or an order uses it now.
    if (amount <= 0 || (payment.state !== 'refund_due' && payment.state !== 'mismatch')) return null;
    const because = { actor: actorOf(finding), cause: 'no order can use it: reconciliation', now };
    const asked = await requestRefund(tx, payment, { amount, ...because });
    return asked.ok ? null : asked.reason;
  });
}

/** A charge without any row of ours goes back whole, under a name of its own that the provider knows again. */
async function returnCharge(
  { gateways }: PayDeps,
  { provider, providerId, theirs }: Finding,
): Promise<Outcome | null> {
  const gateway = gateways[provider];
  const currency = theirs?.currency;
  if (!gateway || !theirs?.amount || !isCurrency(currency)) return 'refused';
  const given = await gateway.refund({
    reference: returnReference(provider, providerId),
    providerId: theirs.attemptId ?? '',
    transactionId: theirs.transactionId,
    amount: money(theirs.amount, currency),
    refundable: theirs.amount,
    account: null,
    accountsGiven: 0,
  });
  if (given.state === 'unknown') return 'unanswered';
  return given.state === 'failed' || given.state === 'needs_account' ? 'refused' : null;
}

/** Reads all refunds and disputes of the payment and takes into our books what they lack. */
async function importRefunds(deps: PayDeps, finding: Finding, now: Date): Promise<Outcome | null> {
  const { id: paymentId } = await paymentOf(deps, finding);
  try {
    await reviewPayment(deps, { paymentId, now });
    return null;
  } catch (error) {
    // No answer, or one that fits only when a refund of ours has been refused: the finding says that it is still open.
    log.warn('reconciliation: not imported', { payment: paymentId, error: (error as Error).name });
    return 'unanswered';
  }
}

/**
 * A promise that was never kept is asked of the provider now. One that we took for kept and that they do not have, or
 * that failed there, failed: the money is ours to give, and is promised and given again.
 */
async function resend(deps: PayDeps, finding: Finding, now: Date): Promise<Outcome | null> {
  const refundId = finding.refundId!;
  const refund = await findRefund(deps.db, refundId);
  if (refund?.state === 'requested' || refund?.state === 'pending') {
    try {
      await performRefund(deps, { refundId, now });
      return null;
    } catch (error) {
      await inTransaction(deps.db, tx => enqueueRefund(tx, { refundId, paymentId: refund.paymentId }));
      log.warn('reconciliation: refund not given', { refund: refundId, error: (error as Error).name });
      return 'unanswered';
    }
  }
  const { id: paymentId, orderId } = await paymentOf(deps, finding);
  const order = await findOrder(deps.db, { orderId });
  if (!order) throw new Error(`no order for payment ${paymentId}`);
  return await inTransaction<Outcome | null>(deps.db, async tx => {
    await lockCart(tx, { cartId: order.cartId });
    await lockOrder(tx, { orderId });
    const payment = await lockPayment(tx, { paymentId });
    const current = await findRefund(tx, refundId);
    if (current?.state !== 'succeeded') return null;
    const evidence = { state: 'failed', code: finding.theirs ? 'failed_later' : 'not_at_provider' } as const;
    await settleRefund(tx, payment, { refundId, evidence, now });
    // What somebody had given by hand is nothing that we owe.
    if (current.imported) return null;
    const again = await promiseAgain(tx, {
      orderId,
      paymentId,
      refundId,
      amount: current.amount,
      finding,
      now,
    });
    return again === null ? null : refuse<Outcome>(again);
  });
}

async function promiseAgain(
  tx: Tx,
  given: {
    orderId: number;
    paymentId: number;
    refundId: number;
    amount: number;
    finding: Finding;
    now: Date;
  },
): Promise<Outcome | null> {
  const { orderId, paymentId, refundId, amount, finding, now } = given;
  const because = { actor: actorOf(finding), cause: 'the provider does not have it', now };
  const orderRefundId = await findOrderRefundOf(tx, { refundId });
  if (orderRefundId !== null) {
    const retried = await retryRefund(tx, { orderId, orderRefundId, ...because });
    if (retried.ok) return null;
    return retried.reason === 'disputed' || retried.reason === 'too-much' ? retried.reason : 'not-refundable';
  }
  const asked = await requestRefund(tx, await lockPayment(tx, { paymentId }), { amount, ...because });
  return asked.ok ? null : asked.reason;
}

/** Learns how the provider names the payment, from an answer that is about it and over its sum. Locks the payment. */
async function takeId(deps: PayDeps, finding: Finding): Promise<Outcome | null> {
  const payment = await paymentOf(deps, finding);
  const transactionId = finding.theirs?.transactionId ?? null;
  let providerId: string | null;
  try {
    providerId = await locate(deps, { payment, transactionId });
  } catch {
    return 'unanswered';
  }
  const evidence = await askProvider(deps, { payment, providerId });
  if (evidence.state === 'unknown') return 'unanswered';
  if (evidence.state !== 'captured' || evidence.reference !== payment.reference) return 'refused';
  return await inTransaction<Outcome | null>(deps.db, async tx => {
    const locked = await lockPayment(tx, { paymentId: payment.id });
    return (await takeIds(tx, locked, evidence)) ? null : 'refused';
  });
}
