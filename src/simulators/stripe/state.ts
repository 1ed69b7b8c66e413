import type { Stripe } from 'stripe';

/** A line as it was sent; the API's line item is made from it when asked for. */
export interface SessionLine {
  id: string;
  name: string;
  unitAmount: number;
  quantity: number;
}

export interface StoredSession {
  session: Stripe.Checkout.Session;
  lines: SessionLine[];
  /** What will become of `payment_intent_data` once the buyer pays. */
  intentMetadata: Record<string, string>;
  intentDescription: string | null;
  /** There from the first try to pay, though the session shows it only when that succeeds. */
  intentId: string | null;
}

/** An answer kept under an idempotency key. `status` 0: the call is still running. */
export interface KeptAnswer {
  request: string;
  status: number;
  body: unknown;
}

/** All that the simulated account holds, by id, oldest first. */
export interface StripeState {
  sessions: Record<string, StoredSession>;
  intents: Record<string, Stripe.PaymentIntent>;
  charges: Record<string, Stripe.Charge>;
  refunds: Record<string, Stripe.Refund>;
  disputes: Record<string, Stripe.Dispute>;
  coupons: Record<string, Stripe.Coupon>;
  events: Record<string, Stripe.Event>;
  keys: Record<string, KeptAnswer>;
}

export const emptyState = (): StripeState => ({
  sessions: {},
  intents: {},
  charges: {},
  refunds: {},
  disputes: {},
  coupons: {},
  events: {},
  keys: {},
});
