/**
 * What an error code of Toss means for us. The code decides, not the HTTP status: `PROVIDER_ERROR` is a 400 and
 * passes, `NOT_CANCELABLE_AMOUNT` is a 403 and stays.
 * `unknown`: the call may have had its effect; ask what became of the payment.
 * `session-gone`: too late to confirm; final, nothing was charged.
 * `declined`: the issuer or the bank said no; the buyer can pay another way.
 * `not-found`: Toss has no such payment.
 * `refused`: an answered no that no repeat will change (our request or our keys are wrong); someone must look.
 */
export type TossMeaning = 'unknown' | 'session-gone' | 'declined' | 'not-found' | 'refused';

const UNKNOWN = [
  'ALREADY_PROCESSED_PAYMENT',
  'IDEMPOTENT_REQUEST_PROCESSING',
  'FORBIDDEN_CONSECUTIVE_REQUEST',
  'PROVIDER_ERROR',
  'FAILED_INTERNAL_SYSTEM_PROCESSING',
  'FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING',
  'UNKNOWN_PAYMENT_ERROR',
  'COMMON_ERROR',
  'FAILED_REFUND_PROCESS',
  'FAILED_METHOD_HANDLING_CANCEL',
  'FAILED_PARTIAL_REFUND',
];

const DECLINED = [
  'REJECT_CARD_COMPANY',
  'REJECT_CARD_PAYMENT',
  'REJECT_ACCOUNT_PAYMENT',
  'REJECT_TOSSPAY_INVALID_ACCOUNT',
  'INVALID_REJECT_CARD',
  'INVALID_STOPPED_CARD',
  'INVALID_CARD_LOST_OR_STOLEN',
  'INVALID_CARD_EXPIRATION',
  'INVALID_CARD_NUMBER',
  'INVALID_CARD_INSTALLMENT_PLAN',
  'EXCEED_MAX_CARD_INSTALLMENT_PLAN',
  'NOT_SUPPORTED_INSTALLMENT_PLAN_CARD_OR_MERCHANT',
  'NOT_SUPPORTED_MONTHLY_INSTALLMENT_PLAN',
  'NOT_ALLOWED_POINT_USE',
  'EXCEED_MAX_DAILY_PAYMENT_COUNT',
  'EXCEED_MAX_PAYMENT_AMOUNT',
  'EXCEED_MAX_MONTHLY_PAYMENT_AMOUNT',
  'EXCEED_MAX_AMOUNT',
  'EXCEED_MAX_ONE_DAY_AMOUNT',
  'EXCEED_MAX_ONE_DAY_WITHDRAW_AMOUNT',
  'EXCEED_MAX_ONE_TIME_WITHDRAW_AMOUNT',
  'EXCEED_MAX_AUTH_COUNT',
  'RESTRICTED_TRANSFER_ACCOUNT',
  'INVALID_PASSWORD',
  'INVALID_ACCOUNT_INFO_RE_REGISTER',
  'NOT_AVAILABLE_BANK',
  'NOT_AVAILABLE_PAYMENT',
  'CARD_PROCESSING_ERROR',
  'FDS_ERROR',
  'INVALID_AUTHORIZE_AUTH',
];

const MEANING = new Map<string, TossMeaning>([
  ...UNKNOWN.map(code => [code, 'unknown'] as const),
  ...DECLINED.map(code => [code, 'declined'] as const),
  ['NOT_FOUND_PAYMENT_SESSION', 'session-gone'],
  ['NOT_FOUND_PAYMENT', 'not-found'],
  ['NOT_FOUND', 'not-found'],
]);

/** Codes may be added at any time: an unlisted 5xx or 429 is `unknown`, any other unlisted answer is `refused`. */
export function tossMeaning(code: string, status: number): TossMeaning {
  return MEANING.get(code) ?? (status >= 500 || status === 429 ? 'unknown' : 'refused');
}
