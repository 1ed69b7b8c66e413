import { askProvider, type PayDeps } from '../../checkout/index.js';
import { findPayment, lockPayment, type Payment, type ProviderRefund } from '../../payments/index.js';
import { inTransaction, type Tx } from '../../platform/db.js';
import { log } from '../../platform/log.js';
import { type Finding } from '../queries.js';
import { listPaymentsNamed, listRefundsOf } from '../queries/books.js';
import { paymentDifferences, refundDifferences, type Difference } from '../rules.js';
import { noteDifferences, type Names, type Subject } from './note.js';

/** What looking at a subject ended in: noted, or the provider did not answer and nothing was concluded. */
export type Looked = 'noted' | 'unanswered';

/** What a finding is about, for looking at it again. */
export function subjectOf({ kind, provider, providerId, paymentId, refundId, theirs }: Finding): Subject {
  if (paymentId === null) {
    if (!theirs) throw new Error('a charge without a row of ours has its facts from the provider');
    return { of: 'charge', provider, chargeId: providerId, theirs, reference: null };
  }
  if (kind === 'refund_unknown' || kind === 'refund_missing') {
    const providerRefundId = kind === 'refund_unknown' ? providerId : null;
    return { of: 'refund', provider, paymentId, refundId, providerRefundId };
  }
  return { of: 'payment', provider, paymentId, transactionId: theirs?.transactionId ?? null };
}

/** A payment that keeps moving while its provider is asked is left for the next run. */
const ROUNDS = 3;

/**
 * Asks the provider about one subject, outside transactions, and notes where the books differ. What moved in our books in
 * the meantime makes the answer too old: it is asked again. Safe to repeat and to race with itself.
 */
export async function lookAt(
  deps: PayDeps,
  { runId, subject, now }: { runId: number | null; subject: Subject; now: Date },
): Promise<Looked> {
  for (let round = 1; round <= ROUNDS; round += 1) {
    const seen = await see(deps, subject, now);
    if (seen === null) return 'unanswered';
    const { names, differences, about } = seen;
    const fresh = await inTransaction(deps.db, async tx => {
      if (subject.of !== 'charge' && (await stateOf(tx, subject.paymentId)) !== about) return false;
      await noteDifferences(tx, { runId, subject, names, differences, now });
      return true;
    });
    if (fresh) return 'noted';
  }
  log.info('reconciliation: moves while it is looked at', { of: subject.of });
  return 'unanswered';
}

interface Seen {
  names: Names;
  differences: Difference[];
  /** What our books said when the provider was asked. */
  about: string | null;
}

async function see(deps: PayDeps, subject: Subject, now: Date): Promise<Seen | null> {
  switch (subject.of) {
    case 'payment':
      return await seePayment(deps, subject);
    case 'charge':
      return await seeCharge(deps, subject);
    case 'refund':
      return await seeRefund(deps, subject, now);
  }
}

/** All of a payment and its refunds that a comparison goes by, in one word. Locks the payment. */
async function stateOf(tx: Tx, paymentId: number): Promise<string> {
  const payment = await lockPayment(tx, { paymentId });
  const refunds = await listRefundsOf(tx, { paymentIds: [paymentId] });
  return JSON.stringify([
    payment.state,
    payment.capturedAmount,
    payment.refundedAmount,
    payment.providerId,
    payment.transactionId,
    refunds.map(({ state, providerRefundId }) => [state, providerRefundId]),
  ]);
}

async function known(deps: PayDeps, paymentId: number): Promise<{ payment: Payment; about: string }> {
  return await inTransaction(deps.db, async tx => {
    const about = await stateOf(tx, paymentId);
    return { about, payment: (await findPayment(tx, { paymentId }))! };
  });
}

/** How the provider calls the attempt, also where our row has lost it; null: `ask` must find it by our reference. */
export async function locate(
  { gateways }: PayDeps,
  { payment, transactionId }: { payment: Payment; transactionId: string | null },
): Promise<string | null> {
  const transaction = payment.transactionId ?? transactionId;
  if (payment.providerId !== null || transaction === null) return payment.providerId;
  return (await gateways[payment.provider]?.locate?.(transaction)) ?? null;
}

async function seePayment(
  deps: PayDeps,
  { paymentId, transactionId }: Extract<Subject, { of: 'payment' }>,
): Promise<Seen | null> {
  const { payment, about } = await known(deps, paymentId);
  const gateway = deps.gateways[payment.provider];
  if (!gateway) return null;
  const { reference: providerId, orderId } = payment;
  const names = { providerId, paymentId, orderId, refundId: null };
  const { live } = gateway;
  if (payment.live !== live) {
    // Its keys are not ours to ask with; what it is, is known without.
    const differences = paymentDifferences(payment, { evidence: { state: 'missing' }, live });
    return { names, differences, about };
  }
  const located = await answered(() => locate(deps, { payment, transactionId }));
  if (!located) return null;
  const evidence = await askProvider(deps, { payment, providerId: located.answer });
  if (evidence.state === 'unknown') return null;
  return { names, differences: paymentDifferences(payment, { evidence, live }), about };
}

/** A charge that no payment of ours names: whether that is still so, and whether its money has gone back since. */
async function seeCharge(
  deps: PayDeps,
  { provider, chargeId, theirs, reference }: Extract<Subject, { of: 'charge' }>,
): Promise<Seen | null> {
  const gateway = deps.gateways[provider];
  if (!gateway) return null;
  const names = { providerId: chargeId, paymentId: null, orderId: null, refundId: null };
  const ours = await listPaymentsNamed(deps.db, {
    provider,
    references: reference === null ? [] : [reference],
    attempts: theirs.attemptId === null ? [] : [theirs.attemptId],
    transactions: theirs.transactionId === null ? [] : [theirs.transactionId],
  });
  if (ours.length > 0) return { names, differences: [], about: null };
  const after = await gateway.aftermath({
    providerId: theirs.attemptId ?? '',
    transactionId: theirs.transactionId,
  });
  if (!after.ok) return null;
  const returned = after.refunds.reduce(
    (sum, { amount, state }) => sum + (state === 'failed' ? 0 : amount),
    0,
  );
  const differences: Difference[] =
    returned >= (theirs.amount ?? 0) ? [] : [{ kind: 'charge_without_order', ours: null, theirs }];
  return { names, differences, about: null };
}

async function seeRefund(
  deps: PayDeps,
  { paymentId, refundId, providerRefundId }: Extract<Subject, { of: 'refund' }>,
  now: Date,
): Promise<Seen | null> {
  const { payment, about } = await known(deps, paymentId);
  const gateway = deps.gateways[payment.provider];
  if (!gateway || gateway.live !== payment.live || payment.state === 'reversed') return null;
  const providerId = payment.providerId ?? '';
  const after = await gateway.aftermath({ providerId, transactionId: payment.transactionId });
  if (!after.ok) return null;
  const refunds = await listRefundsOf(deps.db, { paymentIds: [paymentId] });
  const isOpen = (state: string) => state !== 'failed' && state !== 'succeeded';
  const same = (one: (typeof refunds)[number], other: ProviderRefund) =>
    one.providerRefundId === other.providerRefundId ||
    (one.providerRefundId === null && isOpen(one.state) && one.reference === other.reference);
  const ours =
    refundId === null
      ? refunds.find(one =>
          after.refunds.some(other => other.providerRefundId === providerRefundId && same(one, other)),
        )
      : refunds.find(({ id }) => id === refundId);
  const found = ours
    ? after.refunds.find(other => same(ours, other))
    : after.refunds.find(other => other.providerRefundId === providerRefundId);
  // One that turned out to be ours is no longer unknown, whatever else is wrong with it: the run looks at our row, too.
  const differences = ours && refundId === null ? [] : refundDifferences(ours ?? null, found ?? null, now);
  return {
    names: {
      providerId: ours && refundId !== null ? ours.reference : (providerRefundId ?? ''),
      paymentId,
      orderId: payment.orderId,
      refundId: refundId === null ? null : (ours?.id ?? null),
    },
    differences,
    about,
  };
}

/** Calls that throw when there is no answer, as values. */
async function answered<T>(ask: () => Promise<T>): Promise<{ answer: T } | null> {
  try {
    return { answer: await ask() };
  } catch {
    return null;
  }
}
