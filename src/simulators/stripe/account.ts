import type { Stripe } from 'stripe';
import type { Clock } from '../clock.js';
import type { Courier } from '../courier.js';
import type { StateFile } from '../state-file.js';
import { createAftermath } from './aftermath.js';
import { StripeFault, missingResource } from './fault.js';
import {
  newCharge,
  newEvent,
  newIntent,
  type Cause,
  type EventType,
  type SubjectOf,
} from './payment-objects.js';
import { chargeOf } from './reading.js';
import { customerDetails } from './session-object.js';
import { signedHeaders } from './signature.js';
import type { StoredSession, StripeState } from './state.js';

/**
 * The simulated account: what buyers, clock and API do to its objects, and the events that follow. Every change is
 * made and saved before the first event leaves, as at Stripe.
 */
export function createAccount({
  file,
  clock,
  courier,
  live,
  webhookSecret,
  signingTime,
}: {
  file: StateFile<StripeState>;
  clock: Clock;
  courier: Courier;
  live: boolean;
  webhookSecret: () => string;
  /** The clock deliveries are signed by: the real one, even where the account's own was pushed forward. */
  signingTime: () => Date;
}) {
  const { state } = file;

  /** Records the event and sends it off. Resolves when the store has answered the first try. */
  function emit<Type extends EventType>(
    type: Type,
    object: SubjectOf<Type>,
    cause: Cause = null,
  ): Promise<void> {
    const event = newEvent<Type>(type, object, { created: clock.seconds(), live, request: cause });
    state.events[event.id] = event;
    file.save();
    // Indented, as Stripe sends it: a store that parses and re-writes the body loses the signature.
    const body = JSON.stringify(event, null, 2);
    return courier.send({
      name: `${type} ${event.id}`,
      body,
      headers: () => signedHeaders(body, webhookSecret(), signingTime()),
    });
  }

  function getSession(id: string): StoredSession {
    const stored = state.sessions[id];
    if (!stored) throw missingResource('checkout.session', id, 'session');
    if (stored.session.status === 'open' && clock.seconds() >= stored.session.expires_at) expire(stored);
    return stored;
  }

  function intentOf(stored: StoredSession): Stripe.PaymentIntent {
    const known = stored.intentId === null ? undefined : state.intents[stored.intentId];
    if (known) return known;
    const intent = newIntent(stored, clock.seconds());
    state.intents[intent.id] = intent;
    stored.intentId = intent.id;
    return intent;
  }

  function complete(stored: StoredSession, intent: Stripe.PaymentIntent): void {
    const { session } = stored;
    session.status = 'complete';
    session.url = null;
    session.payment_intent = intent.id;
    session.customer_details ??= customerDetails('buyer@example.com');
  }

  function succeed(stored: StoredSession, intent: Stripe.PaymentIntent): Stripe.Charge {
    const email = stored.session.customer_email;
    const charge = newCharge(intent, { created: clock.seconds(), email });
    state.charges[charge.id] = charge;
    intent.status = 'succeeded';
    intent.amount_received = intent.amount;
    intent.latest_charge = charge.id;
    intent.payment_method = charge.payment_method;
    intent.last_payment_error = null;
    stored.session.payment_status = 'paid';
    return charge;
  }

  function refuseToPay(
    intent: Stripe.PaymentIntent,
    code: string,
    declineCode: string,
    message: string,
  ): void {
    intent.status = 'requires_payment_method';
    intent.last_payment_error = { type: 'card_error', code, decline_code: declineCode, message };
  }

  /** The buyer pays. Paying what is not open changes nothing: a second click must not charge twice. */
  async function pay(stored: StoredSession, amount?: number): Promise<void> {
    const { session } = stored;
    if (session.status !== 'open') return;
    if (amount !== undefined) session.amount_total = amount;
    if (session.amount_total === 0) {
      session.status = 'complete';
      session.url = null;
      session.payment_status = 'no_payment_required';
      await emit('checkout.session.completed', session);
      return;
    }
    const intent = intentOf(stored);
    intent.amount = session.amount_total ?? 0;
    complete(stored, intent);
    const charge = succeed(stored, intent);
    void emit('charge.succeeded', charge);
    void emit('payment_intent.succeeded', intent);
    // Stripe keeps the buyer's browser until the store has taken this one (or ten seconds are over).
    await emit('checkout.session.completed', session);
  }

  async function decline(stored: StoredSession): Promise<void> {
    if (stored.session.status !== 'open') return;
    const intent = intentOf(stored);
    refuseToPay(intent, 'card_declined', 'generic_decline', 'Your card was declined.');
    await emit('payment_intent.payment_failed', intent);
  }

  /** The buyer chooses a method that pays days later: complete, but unpaid. */
  async function payLater(stored: StoredSession): Promise<void> {
    if (stored.session.status !== 'open') return;
    const intent = intentOf(stored);
    intent.status = 'processing';
    complete(stored, intent);
    await emit('checkout.session.completed', stored.session);
  }

  /** The delayed payment arrives, or does not. */
  async function settleLater(stored: StoredSession, outcome: 'succeed' | 'fail'): Promise<void> {
    const intent = stored.intentId === null ? undefined : state.intents[stored.intentId];
    if (intent?.status !== 'processing') return;
    if (outcome === 'succeed') {
      const charge = succeed(stored, intent);
      void emit('charge.succeeded', charge);
      void emit('payment_intent.succeeded', intent);
      await emit('checkout.session.async_payment_succeeded', stored.session);
      return;
    }
    refuseToPay(
      intent,
      'payment_intent_payment_attempt_failed',
      'generic_decline',
      'The payment did not arrive.',
    );
    void emit('payment_intent.payment_failed', intent);
    await emit('checkout.session.async_payment_failed', stored.session);
  }

  function expire(stored: StoredSession, cause: Cause = null): void {
    const { session } = stored;
    if (session.status !== 'open') {
      throw new StripeFault(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Session has a status of ${session.status}.`,
      );
    }
    session.status = 'expired';
    session.url = null;
    void emit('checkout.session.expired', session, cause);
  }

  /** Ends every session whose time is up; the real ones end without anybody looking. */
  function expireDue(): void {
    for (const id of Object.keys(state.sessions)) getSession(id);
  }

  /** What a session's buyer was charged, if they were. */
  function chargeOfSession(stored: StoredSession): Stripe.Charge | undefined {
    const intent = stored.intentId === null ? undefined : state.intents[stored.intentId];
    return intent && chargeOf(state, intent);
  }

  const aftermath = createAftermath({ state, clock, emit });
  return {
    state,
    getSession,
    chargeOfSession,
    pay,
    decline,
    payLater,
    settleLater,
    expire,
    expireDue,
    ...aftermath,
  };
}

export type StripeAccount = ReturnType<typeof createAccount>;
