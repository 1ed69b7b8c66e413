import { randomInt } from 'node:crypto';
import { randomId } from '../desk.js';

export type TossStatus =
  | 'READY'
  | 'IN_PROGRESS'
  | 'WAITING_FOR_DEPOSIT'
  | 'DONE'
  | 'CANCELED'
  | 'PARTIAL_CANCELED'
  | 'ABORTED'
  | 'EXPIRED';

export const TOSS_METHODS = [
  '카드',
  '가상계좌',
  '계좌이체',
  '휴대폰',
  '문화상품권',
  '도서문화상품권',
  '게임문화상품권',
] as const;
export type TossMethod = (typeof TOSS_METHODS)[number];

export interface TossCancel {
  cancelAmount: number;
  cancelReason: string;
  taxFreeAmount: number;
  taxExemptionAmount: number;
  refundableAmount: number;
  cardDiscountAmount: number;
  transferDiscountAmount: number;
  easyPayDiscountAmount: number;
  canceledAt: string;
  transactionKey: string;
  receiptKey: string | null;
  cancelStatus: 'DONE' | 'IN_PROGRESS' | 'ABORTED';
  cancelRequestId: string | null;
}

/** Toss's Payment object, version 2022-11-16, as far as the ways to pay a Korean shop offers fill it. */
export interface TossPaymentObject {
  mId: string;
  version: '2022-11-16';
  paymentKey: string;
  type: 'NORMAL';
  orderId: string;
  orderName: string;
  currency: string;
  method: string | null;
  totalAmount: number;
  balanceAmount: number;
  suppliedAmount: number;
  vat: number;
  taxFreeAmount: number;
  taxExemptionAmount: number;
  cultureExpense: boolean;
  status: TossStatus;
  requestedAt: string;
  approvedAt: string | null;
  useEscrow: boolean | null;
  lastTransactionKey: string | null;
  isPartialCancelable: boolean;
  card: Record<string, unknown> | null;
  virtualAccount: {
    accountType: '일반' | '고정';
    accountNumber: string;
    bankCode: string;
    customerName: string;
    depositorName: string | null;
    dueDate: string;
    refundStatus: 'NONE' | 'PENDING' | 'FAILED' | 'PARTIAL_FAILED' | 'COMPLETED';
    expired: boolean;
    settlementStatus: 'INCOMPLETED' | 'COMPLETED';
    refundReceiveAccount: object | null;
  } | null;
  secret: string | null;
  transfer: { bankCode: string; settlementStatus: 'INCOMPLETED' | 'COMPLETED' } | null;
  mobilePhone: { customerMobilePhone: string; settlementStatus: string; receiptUrl: string } | null;
  giftCertificate: { approveNo: string; settlementStatus: string } | null;
  easyPay: { provider: string; amount: number; discountAmount: number } | null;
  country: string;
  cancels: TossCancel[] | null;
  receipt: { url: string } | null;
  checkout: { url: string } | null;
  failure: { code: string; message: string } | null;
  cashReceipt: null;
  cashReceipts: null;
  discount: null;
  metadata: Record<string, string> | null;
}

/** Korean time with its offset, as the API writes it. */
export function koreanTime(date: Date): string {
  return `${shifted(date).slice(0, 19)}+09:00`;
}

/** Korean time without an offset, as webhooks write it. */
export function webhookTime(date: Date): string {
  return `${shifted(date).slice(0, 23)}000`;
}

const shifted = (date: Date): string => new Date(date.getTime() + 9 * 3_600_000).toISOString();

export function newPayment(facts: {
  orderId: string;
  orderName: string;
  amount: number;
  taxFreeAmount: number;
  now: Date;
  checkoutUrl: (paymentKey: string) => string;
  metadata: Record<string, string> | null;
}): TossPaymentObject {
  const paymentKey = randomId('', 48);
  return {
    mId: 'simulator',
    version: '2022-11-16',
    paymentKey,
    type: 'NORMAL',
    orderId: facts.orderId,
    orderName: facts.orderName,
    currency: 'KRW',
    method: null,
    ...amounts(facts.amount, facts.taxFreeAmount),
    taxExemptionAmount: 0,
    cultureExpense: false,
    status: 'READY',
    requestedAt: koreanTime(facts.now),
    approvedAt: null,
    useEscrow: null,
    lastTransactionKey: null,
    isPartialCancelable: true,
    card: null,
    virtualAccount: null,
    secret: null,
    transfer: null,
    mobilePhone: null,
    giftCertificate: null,
    easyPay: null,
    country: 'KR',
    cancels: null,
    receipt: null,
    checkout: { url: facts.checkoutUrl(paymentKey) },
    failure: null,
    cashReceipt: null,
    cashReceipts: null,
    discount: null,
    metadata: facts.metadata,
  };
}

/** The fields that follow from a total: the tenth part of VAT is contained in it. */
export function amounts(total: number, taxFree: number) {
  const vat = Math.round((total - taxFree) / 11);
  return {
    totalAmount: total,
    balanceAmount: total,
    suppliedAmount: total - vat - taxFree,
    vat,
    taxFreeAmount: taxFree,
  };
}

export function cardDetails(amount: number): Record<string, unknown> {
  return {
    issuerCode: '71',
    acquirerCode: '71',
    number: '12345678****000*',
    installmentPlanMonths: 0,
    isInterestFree: false,
    interestPayer: null,
    approveNo: '00000000',
    useCardPoint: false,
    cardType: '신용',
    ownerType: '개인',
    acquireStatus: 'READY',
    amount,
  };
}

/** The part of a done payment that tells how it was paid. */
export function methodDetails(payment: TossPaymentObject): Partial<TossPaymentObject> {
  const { totalAmount } = payment;
  switch (payment.method) {
    case '간편결제':
      // A wallet that draws on its own balance: nothing comes from a card.
      return { easyPay: { provider: '토스페이', amount: totalAmount, discountAmount: 0 } };
    case '계좌이체':
      return { transfer: { bankCode: '88', settlementStatus: 'INCOMPLETED' } };
    case '휴대폰':
      return {
        mobilePhone: {
          customerMobilePhone: '010****0000',
          settlementStatus: 'INCOMPLETED',
          receiptUrl: payment.checkout?.url ?? '',
        },
      };
    case '문화상품권':
    case '도서문화상품권':
    case '게임문화상품권':
      return { giftCertificate: { approveNo: '00000000', settlementStatus: 'INCOMPLETED' } };
    default:
      return { card: cardDetails(totalAmount) };
  }
}

export function virtualAccount(
  dueDate: Date,
  customerName: string,
): NonNullable<TossPaymentObject['virtualAccount']> {
  return {
    accountType: '일반',
    // Accounts of test keys start with X.
    accountNumber: `X${randomInt(1e9, 1e10)}`,
    bankCode: '11',
    customerName,
    depositorName: null,
    dueDate: koreanTime(dueDate),
    refundStatus: 'NONE',
    expired: false,
    settlementStatus: 'INCOMPLETED',
    refundReceiveAccount: null,
  };
}
