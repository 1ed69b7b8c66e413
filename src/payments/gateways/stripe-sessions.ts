import type { Stripe } from 'stripe';
import type { Locale } from '../../lib/locale.js';
import { fromStripeAmount, toStripeAmount } from './stripe-amounts.js';
import type { Attempt, Evidence } from './gateway.js';

/** Any other id would reach another URL of the API: an empty one lists all sessions. */
export const SESSION_ID = /^cs_(test|live)_[A-Za-z0-9]+$/;

/** Stripe's page is not available in Uzbek; `auto` follows the browser. */
const PAGE_LOCALE = { en: 'en', ko: 'ko', uz: 'auto' } as const satisfies Record<Locale, string>;

/** The reservation ends first, then the page: a buyer never loses the stock while the form is still open. */
const GRACE_SECONDS = 5 * 60;

/** The hosted page closes this long after the store's own time is up (unix seconds). */
export function pageExpiry(attempt: Attempt): number {
  return Math.floor(attempt.expiresAt.getTime() / 1000) + GRACE_SECONDS;
}

/**
 * What is sent to open the hosted page. Made from the attempt alone, with no clock and no randomness: a repeat under
 * the same idempotency key must carry the same body, or Stripe refuses it.
 */
export function sessionParams(attempt: Attempt): Stripe.Checkout.SessionCreateParams {
  const metadata = { reference: attempt.reference, order_number: attempt.orderNumber };
  const separator = attempt.returnUrl.includes('?') ? '&' : '?';
  return {
    mode: 'payment',
    client_reference_id: attempt.reference,
    // One line for the whole order: discounts and shipping are already in it, to the unit.
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: attempt.amount.currency.toLowerCase(),
          unit_amount: toStripeAmount(attempt.amount),
          product_data: { name: [...attempt.orderName].slice(0, 250).join('') },
        },
      },
    ],
    customer_email: attempt.email,
    locale: PAGE_LOCALE[attempt.locale],
    // Otherwise Stripe may offer the buyer another currency than the order's.
    adaptive_pricing: { enabled: false },
    expires_at: pageExpiry(attempt),
    // Joined by hand: URL would encode the braces of the placeholder that Stripe fills in.
    success_url: `${attempt.returnUrl}${separator}session_id={CHECKOUT_SESSION_ID}`,
    cancel_url: attempt.cancelUrl,
    metadata,
    // Stripe copies nothing from the session to the intent, and its events name only the intent.
    payment_intent_data: { metadata },
  };
}

/** Whether an answer is a session at all: the SDK hands on whatever JSON came back. */
export function isSession(answer: unknown): answer is Stripe.Checkout.Session {
  const session = answer as Partial<Stripe.Checkout.Session> | null;
  return session?.object === 'checkout.session' && SESSION_ID.test(session.id ?? '');
}

/** What a session, read with its `payment_intent` expanded, says about the attempt. */
export function sessionEvidence(session: Stripe.Checkout.Session): Evidence {
  const providerId = session.id;
  if (session.status === 'open') return { state: 'open', providerId, redirectUrl: session.url };
  if (session.status === 'expired') return { state: 'expired' };
  if (session.status !== 'complete') return { state: 'unknown', code: `session_${session.status}` };

  const intent = session.payment_intent;
  if (session.payment_status === 'paid' || session.payment_status === 'no_payment_required') {
    if (session.amount_total === null || session.currency === null)
      return { state: 'unknown', code: 'no_amount' };
    return {
      state: 'captured',
      providerId,
      transactionId: typeof intent === 'string' ? intent : (intent?.id ?? null),
      ...fromStripeAmount(session.amount_total, session.currency),
      reference: session.client_reference_id,
      live: session.livemode,
    };
  }
  // Completed but unpaid is a delayed method. When that fails the session stays "complete" for ever; only the
  // intent tells, by asking for another method.
  if (
    intent &&
    typeof intent === 'object' &&
    ['requires_payment_method', 'canceled'].includes(intent.status)
  ) {
    return { state: 'failed', code: intent.last_payment_error?.code ?? intent.status };
  }
  return { state: 'pending', providerId };
}
