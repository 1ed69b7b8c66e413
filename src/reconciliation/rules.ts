import { createHash } from 'node:crypto';
import { isCurrency } from '../lib/money.js';
import { addMs, HOUR } from '../lib/time.js';
import type {
  Evidence,
  PaymentState,
  Provider,
  ProviderRecord,
  ProviderRefund,
  RefundState,
} from '../payments/index.js';

export const KINDS = [
  'charge_without_order', // money there that no order of ours has, or has taken
  'order_without_charge', // we say it came in, they do not
  'different_amount',
  'different_id', // the same money, but our row has lost how they call it
  'refund_unknown', // went back there, not in our books
  'refund_missing', // went back, or should have, by our books; they do not have it
  'other_mode', // test and live mixed
] as const;
export type Kind = (typeof KINDS)[number];

export const FINDING_STATES = ['open', 'repaired', 'dismissed', 'gone'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** What one side's books say; amount in the currency's smallest unit. */
export interface Side {
  state: string;
  amount: number | null;
  currency: string | null;
  /** Charge, refund or session at the provider; our reference on our side. */
  id: string | null;
  attemptId: string | null;
  transactionId: string | null;
}

export interface Difference {
  kind: Kind;
  /** null: does not know it. */
  ours: Side | null;
  theirs: Side | null;
}

/** A payment's row as far as it is compared. */
export interface PaymentFacts {
  provider: Provider;
  reference: string;
  providerId: string | null;
  transactionId: string | null;
  live: boolean;
  state: PaymentState;
  currency: string;
  amount: number;
  capturedAmount: number;
  refundedAmount: number;
}

const TAKEN = new Set<PaymentState>(['captured', 'partially_refunded', 'refunded', 'refund_due', 'mismatch']);

const oursOf = (payment: PaymentFacts): Side => ({
  state: payment.state,
  amount:
    payment.state === 'mismatch' || payment.capturedAmount === 0 ? payment.amount : payment.capturedAmount,
  currency: payment.currency,
  id: payment.reference,
  attemptId: payment.providerId,
  transactionId: payment.transactionId,
});

/** Money that came in and has not been promised back. */
const heldOf = ({ capturedAmount, refundedAmount }: PaymentFacts): number => capturedAmount - refundedAmount;

/** Toss names each movement of a payment's money anew; only at Stripe is the transaction's name the payment's. */
const hasLostIds = (payment: PaymentFacts, transactionId: string | null): boolean =>
  payment.providerId === null ||
  payment.transactionId === null ||
  (payment.provider === 'stripe' && transactionId !== null && payment.transactionId !== transactionId);

/** Where a payment and what its provider says of it now differ. Nothing may be concluded from `unknown`. */
export function paymentDifferences(
  payment: PaymentFacts,
  { evidence, live }: { evidence: Exclude<Evidence, { state: 'unknown' }>; live: boolean },
): Difference[] {
  const ours = oursOf(payment);
  if (payment.live !== live) return [{ kind: 'other_mode', ours, theirs: null }];
  const charged =
    evidence.state === 'captured' && (evidence.reference === null || evidence.reference === payment.reference)
      ? evidence
      : null;
  const theirs: Side = {
    state: evidence.state,
    amount: charged?.amount ?? null,
    currency: charged?.currency.toUpperCase() ?? null,
    id: charged?.providerId ?? null,
    attemptId: charged?.providerId ?? null,
    transactionId: charged?.transactionId ?? null,
  };
  if (charged && charged.live !== payment.live) return [{ kind: 'other_mode', ours, theirs }];
  if (!TAKEN.has(payment.state)) {
    if (!charged || (charged.returned ?? 0) >= charged.amount) return [];
    const same = theirs.amount === payment.amount && theirs.currency === payment.currency;
    return [{ kind: same ? 'charge_without_order' : 'different_amount', ours, theirs }];
  }
  if (payment.state === 'refunded') return [];
  if (!charged) return [{ kind: 'order_without_charge', ours, theirs }];
  if (payment.state === 'mismatch' || payment.state === 'refund_due') {
    const kind = payment.state === 'mismatch' ? 'different_amount' : 'charge_without_order';
    return heldOf(payment) > 0 ? [{ kind, ours, theirs }] : [];
  }
  if (theirs.amount !== payment.capturedAmount || theirs.currency !== payment.currency)
    return [{ kind: 'different_amount', ours, theirs }];
  return hasLostIds(payment, theirs.transactionId) ? [{ kind: 'different_id', ours, theirs }] : [];
}

/** Whether a charge in the provider's list and our row say the same, so that nobody has to ask further. */
export function agrees(record: ProviderRecord, payment: PaymentFacts): boolean {
  if (!TAKEN.has(payment.state) || record.live !== payment.live) return false;
  if ((payment.state === 'mismatch' || payment.state === 'refund_due') && heldOf(payment) > 0) return false;
  return (
    record.amount === payment.capturedAmount &&
    record.currency.toUpperCase() === payment.currency &&
    !hasLostIds(payment, record.transactionId)
  );
}

/** Records whose money has moved or is moving, in the providers' words; what failed or was called off moved none. */
const MOVED = new Set(['succeeded', 'DONE', 'CANCELED', 'PARTIAL_CANCELED']);
const MOVING = new Set(['pending', 'requires_action']);
export const hasMoved = ({ kind, state }: ProviderRecord): boolean =>
  MOVED.has(state) || (kind === 'refund' && MOVING.has(state));

export const theirsOf = (record: ProviderRecord): Side => ({
  state: record.state,
  amount: record.amount,
  currency: record.currency.toUpperCase(),
  id: record.providerId,
  attemptId: record.attemptId,
  transactionId: record.transactionId,
});

/** A refund's row as far as it is compared. */
export interface RefundFacts {
  reference: string;
  amount: number;
  currency: string;
  state: RefundState;
  providerRefundId: string | null;
  createdAt: Date;
}

/** A refund of ours that the provider has not heard of after this long is worth a look, whatever its job does. */
export const REFUND_OVERDUE_MS = HOUR;

/** Where a refund of ours and what the provider has of it differ; either may be missing. */
export function refundDifferences(
  ours: RefundFacts | null,
  found: ProviderRefund | null,
  now: Date,
): Difference[] {
  const theirs: Side | null = found && {
    state: found.state,
    amount: found.amount,
    currency: found.currency.toUpperCase(),
    id: found.providerRefundId,
    attemptId: null,
    transactionId: null,
  };
  if (!ours) return found && found.state !== 'failed' ? [{ kind: 'refund_unknown', ours: null, theirs }] : [];
  const side: Side = {
    state: ours.state,
    amount: ours.amount,
    currency: ours.currency,
    id: ours.reference,
    attemptId: null,
    transactionId: ours.providerRefundId,
  };
  const gone = !found || found.state === 'failed';
  const overdue = addMs(ours.createdAt, REFUND_OVERDUE_MS) < now;
  const isMissing =
    ours.state === 'succeeded'
      ? gone
      : (ours.state === 'requested' || ours.state === 'pending') && !found && overdue;
  return isMissing ? [{ kind: 'refund_missing', ours: side, theirs }] : [];
}

export const REPAIRS = ['settle', 'give_back', 'import', 'resend', 'take_id', 'look'] as const;
/** `look` changes nothing but the finding: the provider is asked again. */
export type Repair = (typeof REPAIRS)[number];

/** What mends a finding, most useful first. */
export function repairsFor({ kind, ours, theirs }: Difference): Repair[] {
  const sameCurrency = ours === null || ours.currency === theirs?.currency;
  const settled = ours !== null && TAKEN.has(ours.state as PaymentState);
  switch (kind) {
    case 'charge_without_order':
    case 'different_amount':
      if (ours !== null && !settled) return ['settle', 'look'];
      if (ours !== null && ours.state !== 'mismatch' && ours.state !== 'refund_due') return ['look'];
      // Another currency has another smallest unit: a person gives that back at the provider, and it is imported.
      return sameCurrency && isCurrency(theirs?.currency) ? ['give_back', 'look'] : ['look'];
    case 'order_without_charge':
      return ['settle', 'look'];
    case 'different_id':
      return ['take_id', 'look'];
    case 'refund_unknown':
      return ['import', 'look'];
    case 'refund_missing':
      return ['resend', 'look'];
    case 'other_mode':
      return ['look'];
  }
}

/** Our name for giving back a charge that has no row of ours: the same charge, the same name, however often it is asked. */
export const returnReference = (provider: Provider, chargeId: string): string =>
  `ret_${createHash('sha256').update(`${provider}:${chargeId}`).digest('base64url')}`;
