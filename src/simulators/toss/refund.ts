import { randomId } from '../desk.js';
import { TossFault } from './fault.js';
import type { TossPaymentObject, TossStatus } from './payment-object.js';

export interface CancelRequest {
  cancelReason: string;
  /** Absent: all that is left. */
  cancelAmount: number | null;
  /** What the store believes is left. */
  refundableAmount: number | null;
  refundReceiveAccount: RefundAccount | null;
}

export interface RefundAccount {
  bank: unknown;
  accountNumber: unknown;
  holderName: unknown;
}

/**
 * Writes a cancellation into the payment and says which state it takes the payment to.
 * @throws TossFault with the code Toss refuses it by.
 */
export function cancelPayment(
  payment: TossPaymentObject,
  request: CancelRequest,
  canceledAt: string,
): { amount: number; status: TossStatus } {
  if (payment.status === 'CANCELED') throw new TossFault('ALREADY_CANCELED_PAYMENT');
  if (!['DONE', 'PARTIAL_CANCELED', 'WAITING_FOR_DEPOSIT'].includes(payment.status)) {
    throw new TossFault('NOT_CANCELABLE_PAYMENT');
  }
  const left = payment.balanceAmount;
  const amount = request.cancelAmount ?? left;
  if (request.refundableAmount !== null && request.refundableAmount !== left) {
    throw new TossFault('NOT_MATCHES_REFUNDABLE_AMOUNT');
  }
  if (amount <= 0 || amount > left) throw new TossFault('NOT_CANCELABLE_AMOUNT');
  const unpaid = payment.status === 'WAITING_FOR_DEPOSIT';
  if (unpaid && amount !== left) throw new TossFault('NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT');
  checkAccount(request.refundReceiveAccount, payment.virtualAccount !== null && !unpaid);
  payment.balanceAmount = left - amount;
  payment.lastTransactionKey = randomId('', 32).toUpperCase();
  payment.cancels = [
    ...(payment.cancels ?? []),
    {
      cancelAmount: amount,
      cancelReason: request.cancelReason,
      taxFreeAmount: 0,
      taxExemptionAmount: 0,
      refundableAmount: payment.balanceAmount,
      cardDiscountAmount: 0,
      transferDiscountAmount: 0,
      easyPayDiscountAmount: 0,
      canceledAt,
      transactionKey: payment.lastTransactionKey,
      receiptKey: null,
      cancelStatus: 'DONE',
      cancelRequestId: null,
    },
  ];
  // A payment that was once returned in part stays "partial" even when nothing is left of it.
  const whole = payment.cancels.length === 1 && payment.balanceAmount === 0;
  return { amount, status: whole ? 'CANCELED' : 'PARTIAL_CANCELED' };
}

/** Codes of banks as Toss documents them, two digits; its English names are taken as well and not needed here. */
const BANKS = new Set(
  '02 03 06 07 11 12 20 23 27 31 32 34 35 37 39 45 48 50 54 64 71 81 88 89 90 92'.split(' '),
);

/** A number that no bank knows, for playing a mistyped account. */
const UNKNOWN_ACCOUNT = '0000000000';

/** A paid deposit goes back to an account; nothing else may name one. */
function checkAccount(account: RefundAccount | null, needed: boolean): void {
  if (!account) {
    if (needed) throw new TossFault('INVALID_REFUND_ACCOUNT_INFO');
    return;
  }
  if (!needed) throw new TossFault('INVALID_REQUEST');
  const { bank, accountNumber, holderName } = account;
  if (typeof bank !== 'string' || !BANKS.has(bank)) throw new TossFault('INVALID_BANK');
  if (
    typeof accountNumber !== 'string' ||
    !/^\d{1,20}$/.test(accountNumber) ||
    accountNumber === UNKNOWN_ACCOUNT
  )
    throw new TossFault('INVALID_REFUND_ACCOUNT_NUMBER');
  if (typeof holderName !== 'string' || holderName === '' || [...holderName].length > 60)
    throw new TossFault('INVALID_REFUND_ACCOUNT_INFO');
}
