const STATUS: Record<string, number> = {
  UNAUTHORIZED_KEY: 401,
  INCORRECT_BASIC_AUTH_FORMAT: 403,
  FORBIDDEN_REQUEST: 403,
  FORBIDDEN_CONSECUTIVE_REQUEST: 403,
  EXCEED_MAX_AUTH_COUNT: 403,
  EXCEED_MAX_ONE_DAY_AMOUNT: 403,
  NOT_AVAILABLE_BANK: 403,
  INVALID_PASSWORD: 403,
  FDS_ERROR: 403,
  NOT_CANCELABLE_AMOUNT: 403,
  NOT_CANCELABLE_PAYMENT: 403,
  NOT_ALLOWED_PARTIAL_REFUND: 403,
  NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT: 403,
  IDEMPOTENT_REQUEST_PROCESSING: 409,
  UNKNOWN_PAYMENT_ERROR: 500,
  COMMON_ERROR: 500,
};

/** The HTTP status Toss sends with a code. It is no classification: some 400s pass and some 403s stay. */
export function statusOf(code: string): number {
  const known = STATUS[code];
  if (known !== undefined) return known;
  if (code.startsWith('REJECT_')) return 403;
  if (code.startsWith('NOT_FOUND')) return 404;
  return code.startsWith('FAILED_') ? 500 : 400;
}

/** Whether a confirmation answered with this code leaves the payment `ABORTED`: the card or the account was refused. */
export function endsPayment(code: string): boolean {
  return /^(REJECT_|EXCEED_|INVALID_(CARD|REJECT_CARD|STOPPED_CARD|PASSWORD)|RESTRICTED_|FDS_ERROR)/.test(
    code,
  );
}

const MESSAGES: Record<string, { en: string; ko: string }> = {
  REJECT_CARD_COMPANY: { en: 'The card company refused the payment.', ko: '카드사에서 결제를 거절했습니다.' },
  REJECT_CARD_PAYMENT: {
    en: 'Over the limit or not enough balance.',
    ko: '한도초과 혹은 잔액부족으로 결제에 실패했습니다.',
  },
  PAY_PROCESS_CANCELED: {
    en: 'The payment was canceled by the buyer.',
    ko: '사용자에 의해 결제가 취소되었습니다.',
  },
  NOT_FOUND_PAYMENT: { en: 'There is no such payment.', ko: '존재하지 않는 결제 정보입니다.' },
  NOT_FOUND_PAYMENT_SESSION: {
    en: 'The time to pay is over; the payment data is gone.',
    ko: '결제 시간이 만료되어 결제 진행 데이터가 존재하지 않습니다.',
  },
  ALREADY_PROCESSED_PAYMENT: { en: 'The payment has already been processed.', ko: '이미 처리된 결제입니다.' },
  DUPLICATED_ORDER_ID: {
    en: 'The order id has been used before.',
    ko: '이미 승인 및 취소가 진행된 중복된 주문번호입니다.',
  },
  UNAUTHORIZED_KEY: { en: 'Unknown secret key.', ko: '인증되지 않은 시크릿 키입니다.' },
  FORBIDDEN_REQUEST: { en: 'The request is not allowed.', ko: '허용되지 않은 요청입니다.' },
  EXPIRED_PAYMENT: { en: 'The payment has expired.', ko: '결제가 만료되었습니다.' },
};

/** The text of a code; Korean unless English is asked for, as at Toss. */
export function messageOf(code: string, language: string | undefined): string {
  const message = MESSAGES[code];
  return message ? message[/^\s*en\b/i.test(language ?? '') ? 'en' : 'ko'] : code;
}

/** An error answer of the API. */
export class TossFault extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}
