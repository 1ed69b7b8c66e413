import { randomBytes } from 'node:crypto';
import type { Attempt } from '../../src/payments/gateways/gateway.js';

/** A valid attempt to pay ₩1,290,000 within half an hour; `given` replaces what a test is about. */
export function makeAttempt(given: Partial<Attempt> = {}): Attempt {
  const reference = `pay_${randomBytes(8).toString('hex')}`;
  return {
    reference,
    providerId: null,
    method: 'card',
    amount: { amount: 1_290_000, currency: 'KRW' },
    orderNumber: 'T-2026-0001',
    orderName: '접이식 러닝머신 외 2건',
    email: 'buyer@example.com',
    name: '김민지',
    locale: 'ko',
    expiresAt: new Date(Date.now() + 30 * 60_000),
    returnUrl: `http://shop.test/ko/checkout/return/${reference}`,
    cancelUrl: `http://shop.test/ko/checkout/canceled/${reference}`,
    ...given,
  };
}

/** The query a browser brings back to a return URL. */
export function queryOf(location: string): Record<string, string> {
  return Object.fromEntries(new URL(location).searchParams);
}
