import type { Attempt } from './gateway.js';
import type { TossOpening } from './toss-api.js';
import type { PayMethod } from '../rules.js';

/** Toss's own words for the ways to pay. 카드 offers the wallets (Toss Pay, Naver Pay …) as well. */
const METHODS: Record<Exclude<PayMethod, ''>, string> = {
  card: '카드',
  transfer: '계좌이체',
  virtual_account: '가상계좌',
  mobile_phone: '휴대폰',
  gift_certificate: '문화상품권',
};

/** How long a virtual account waits for its deposit, and the order with its stock. */
export const DEPOSIT_HOURS = 24;

/** What is asked of Toss to open the window of an attempt. */
export function opening(attempt: Attempt, amount: number): TossOpening {
  const { method } = attempt;
  const name = cut(attempt.name, 100);
  return {
    method: METHODS[method === '' ? 'card' : method],
    amount,
    currency: 'KRW',
    orderId: attempt.reference,
    orderName: cut(attempt.orderName, 100),
    successUrl: attempt.returnUrl,
    failUrl: attempt.cancelUrl,
    // Only a convenience: an address Toss would refuse as too long must not stop the payment.
    ...(attempt.email.length <= 100 ? { customerEmail: attempt.email } : {}),
    // The bank shows it as the name on the account.
    ...(method === 'virtual_account' ? { customerName: name, validHours: DEPOSIT_HOURS } : {}),
  };
}

/** By what people count as letters: half a Korean syllable is worse than none. */
const cut = (text: string, letters: number): string => [...text].slice(0, letters).join('');
