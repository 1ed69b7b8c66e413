import { bankName } from '../banks.js';
import type { Evidence, ProviderRefund } from './gateway.js';
import type { TossAnswer, TossPayment } from './toss-api.js';
import { isOurFault } from './toss-errors.js';

/** What an answer of Toss says about an attempt. */
export function evidenceOf(answer: TossAnswer, live: boolean): Evidence {
  if (answer.ok) return paymentEvidence(answer.payment, live);
  if (answer.meaning === 'not-found') return { state: 'missing' };
  if (answer.meaning === 'session-gone') return { state: 'expired' };
  return { state: 'unknown', code: answer.code };
}

/** An answered no. */
export const failed = (code: string): Evidence =>
  isOurFault(code) ? { state: 'failed', code, alarm: true } : { state: 'failed', code };

function paymentEvidence(payment: TossPayment, live: boolean): Evidence {
  const providerId = payment.paymentKey;
  switch (payment.status) {
    case 'READY':
      return { state: 'open', providerId, redirectUrl: payment.checkout?.url ?? null };
    case 'IN_PROGRESS':
      return { state: 'authorised', providerId };
    case 'WAITING_FOR_DEPOSIT':
      return waiting(payment);
    case 'DONE':
    case 'PARTIAL_CANCELED':
      return captured(payment, live);
    case 'CANCELED':
      // Canceled says nothing about whether money came: an account can be canceled before any deposit, and the bank can
      // take a deposit back. Only what was approved and given back had been paid.
      return payment.approvedAt && payment.cancels?.length
        ? captured(payment, live)
        : failed(payment.failure?.code ?? payment.status);
    case 'ABORTED':
      return failed(payment.failure?.code ?? payment.status);
    case 'EXPIRED':
      return { state: 'expired' };
    default:
      return { state: 'unknown', code: `status_${payment.status}` };
  }
}

function captured(payment: TossPayment, live: boolean): Evidence {
  const returned = refundsOf(payment).reduce(
    (sum, { amount, state }) => sum + (state === 'failed' ? 0 : amount),
    0,
  );
  return {
    state: 'captured',
    providerId: payment.paymentKey,
    transactionId: payment.lastTransactionKey ?? null,
    amount: payment.totalAmount,
    currency: payment.currency,
    reference: payment.orderId,
    live,
    ...(returned > 0 ? { returned } : {}),
  };
}

/** An account that waits for its deposit, as the buyer has to know it. */
function waiting(payment: TossPayment): Evidence {
  const providerId = payment.paymentKey;
  const account = payment.virtualAccount;
  const due = account && koreanMoment(account.dueDate);
  if (!account || !due) return { state: 'pending', providerId };
  return {
    state: 'pending',
    providerId,
    deposit: {
      secret: payment.secret ?? null,
      instructions: {
        bank: account.bankCode,
        bankName: bankName(account.bankCode, 'ko'),
        accountNumber: account.accountNumber,
        holder: account.customerName ?? '',
        amount: payment.totalAmount,
        due: due.toISOString(),
      },
    },
  };
}

/** Times carry an offset in API objects; where one is missing it is Korea's. Null for what is no time. */
export function koreanMoment(text: string): Date | null {
  const moment = new Date(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text.replace(' ', 'T')}+09:00`);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

const REASON = /^Refund ([A-Za-z0-9_-]{6,64})$/;

/** What a refund of ours is called at Toss: the only field of a cancellation that is free for us. */
export const reasonOf = (reference: string): string => `Refund ${reference}`;

/** Every cancellation of a payment; those whose reason is not ours were made at Toss's own console. */
export function refundsOf(payment: TossPayment): ProviderRefund[] {
  return (payment.cancels ?? []).map(cancel => ({
    providerRefundId: cancel.transactionKey,
    reference: REASON.exec(cancel.cancelReason)?.[1] ?? null,
    amount: cancel.cancelAmount,
    currency: payment.currency,
    state:
      cancel.cancelStatus === 'IN_PROGRESS'
        ? 'pending'
        : cancel.cancelStatus === 'ABORTED'
          ? 'failed'
          : 'succeeded',
    code: cancel.cancelStatus === 'ABORTED' ? 'ABORTED' : null,
    at: koreanMoment(cancel.canceledAt ?? '') ?? new Date(0),
  }));
}
