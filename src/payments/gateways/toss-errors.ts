/**
 * What an error code of Toss means for us. The code decides, not the HTTP status: `PROVIDER_ERROR` is a 400 and
 * passes, `NOT_CANCELABLE_AMOUNT` is a 403 and stays.
 * `unknown`: the call may have had its effect; ask what became of the payment.
 * `session-gone`: too late to confirm; final, nothing was charged.
 * `declined`: the issuer or the bank said no; the buyer can pay another way.
 * `refused`: an answered no that no repeat will change (our request or our keys are wrong); someone must look.
 * `not-found`: Toss has no such payment.
 * Of cancellations:
 * `already-canceled`: nothing is left to give back; somebody was faster, perhaps we ourselves.
 * `other-balance`: Toss has another sum left than we believe; look and ask anew.
 * `other-means`: this payment takes no (such) cancellation; the money has to go back another way.
 * `wrong-account`: the bank does not know the account; ask for it again.
 */
export type TossMeaning =
  | 'unknown'
  | 'session-gone'
  | 'declined'
  | 'refused'
  | 'not-found'
  | 'already-canceled'
  | 'other-balance'
  | 'other-means'
  | 'wrong-account';

const CODES: Record<TossMeaning, readonly string[]> = {
  unknown: [
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
  ],
  'session-gone': ['NOT_FOUND_PAYMENT_SESSION'],
  declined: [
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
  ],
  refused: [
    'UNAUTHORIZED_KEY',
    'INVALID_API_KEY',
    'INCORRECT_BASIC_AUTH_FORMAT',
    'FORBIDDEN_REQUEST',
    'INVALID_REQUEST',
    'UNAPPROVED_ORDER_ID',
    'DUPLICATED_ORDER_ID',
    'NOT_FOUND_TERMINAL_ID',
    'INVALID_UNREGISTERED_SUBMALL',
    'NOT_REGISTERED_BUSINESS',
    'BELOW_MINIMUM_AMOUNT',
    'INVALID_IDEMPOTENCY_KEY',
  ],
  'not-found': ['NOT_FOUND_PAYMENT', 'NOT_FOUND'],
  'already-canceled': ['ALREADY_CANCELED_PAYMENT', 'ALREADY_REFUND_PAYMENT'],
  'other-balance': ['NOT_CANCELABLE_AMOUNT', 'NOT_MATCHES_REFUNDABLE_AMOUNT'],
  'other-means': [
    'NOT_CANCELABLE_PAYMENT',
    'NOT_ALLOWED_PARTIAL_REFUND',
    'NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT',
    'EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT',
    'EXCEED_MAX_REFUND_DUE',
    'EXCEED_CANCEL_LIMIT',
    'REFUND_REJECTED',
    'NOT_CANCELABLE_PAYMENT_FOR_DORMANT_USER',
    'FORBIDDEN_BANK_REFUND_REQUEST',
  ],
  'wrong-account': ['INVALID_REFUND_ACCOUNT_INFO', 'INVALID_REFUND_ACCOUNT_NUMBER', 'INVALID_BANK'],
};

const MEANING = new Map(
  Object.entries(CODES).flatMap(([meaning, codes]) =>
    codes.map(code => [code, meaning as TossMeaning] as const),
  ),
);

/** Codes may be added at any time: an unlisted 5xx or 429 is `unknown`, any other unlisted answer is `refused`. */
export function tossMeaning(code: string, status: number): TossMeaning {
  return MEANING.get(code) ?? (status >= 500 || status === 429 ? 'unknown' : 'refused');
}

/** Whether an answered no says that our own request or keys are wrong. */
export const isOurFault = (code: string): boolean => MEANING.get(code) === 'refused';
