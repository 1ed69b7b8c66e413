import { Stripe } from 'stripe';
import type { StripeSimulator } from '../../src/simulators/index.js';

export const STRIPE_KEY = 'sk_test_simulators';

/** The official SDK, without its own retries, turned to a simulator. */
export function stripeClient(simulator: StripeSimulator, secretKey = STRIPE_KEY): Stripe {
  const { hostname, port } = new URL(simulator.origin);
  return new Stripe(secretKey, {
    host: hostname,
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
    timeout: 5_000,
  });
}

/** The id of an expandable field, unfolded or not. */
export function idOf(field: string | { id: string } | null | undefined): string {
  return typeof field === 'string' ? field : (field?.id ?? '');
}

/** A valid body for a session over ₩39,000; `given` replaces what a test is about. */
export function sessionBody(
  given: Stripe.Checkout.SessionCreateParams = {},
): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'payment',
    line_items: [
      {
        quantity: 1,
        price_data: { currency: 'krw', unit_amount: 39_000, product_data: { name: '요가 매트' } },
      },
    ],
    client_reference_id: 'pay_1',
    metadata: { reference: 'pay_1' },
    payment_intent_data: { metadata: { reference: 'pay_1' } },
    customer_email: 'buyer@example.com',
    success_url: 'http://shop.test/return?session_id={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://shop.test/canceled',
    ...given,
  };
}
