import type { Stripe } from 'stripe';
import { randomId } from '../desk.js';
import type { StoredSession } from './state.js';

export function newIntent(
  { session, intentMetadata, intentDescription }: StoredSession,
  created: number,
): Stripe.PaymentIntent {
  const id = randomId('pi_3');
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: session.amount_total ?? 0,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${id}_secret_${randomId('', 25)}`,
    confirmation_method: 'automatic',
    created,
    currency: session.currency ?? '',
    customer: null,
    customer_account: null,
    description: intentDescription,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: session.livemode,
    managed_payments: null,
    metadata: intentMetadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: session.payment_method_types,
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  };
}

export function newCharge(
  intent: Stripe.PaymentIntent,
  { created, email }: { created: number; email: string | null },
): Stripe.Charge {
  return {
    id: randomId('ch_3'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: intent.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: randomId('txn_3'),
    billing_details: { address: null, email, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: 'SIMULATED',
    captured: true,
    created,
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: intent.livemode,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: 'approved_by_network',
      reason: null,
      risk_level: 'normal',
      seller_message: 'Payment complete.',
      type: 'authorized',
    },
    paid: true,
    payment_intent: intent.id,
    payment_method: randomId('pm_1'),
    // Only the type: the store has no business with the buyer's card.
    payment_method_details: { type: 'card' },
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'succeeded',
    transfer_data: null,
    transfer_group: null,
  };
}

export function newRefund(
  charge: Stripe.Charge,
  facts: { amount: number; created: number; reason: string | null; metadata: Record<string, string> },
): Stripe.Refund {
  return {
    id: randomId('re_3'),
    object: 'refund',
    amount: facts.amount,
    balance_transaction: randomId('txn_3'),
    charge: charge.id,
    created: facts.created,
    currency: charge.currency,
    customer: null,
    customer_account: null,
    destination_details: { card: { type: 'refund' }, type: 'card' },
    metadata: facts.metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: facts.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  };
}

export type EventType = Stripe.Event['type'];
/** The object an event of this type speaks of. */
export type SubjectOf<Type extends EventType> = Extract<Stripe.Event, { type: Type }>['data']['object'];

/** The API call that led to an event; null when it was the buyer or the clock. */
export type Cause = { id: string; idempotency_key: string | null } | null;

/** Records an event and sends it off; resolves when the store has answered the first try. */
export type Emit = <Type extends EventType>(
  type: Type,
  object: SubjectOf<Type>,
  cause?: Cause,
) => Promise<void>;

/** An event with a copy of its object as it is now: what is delivered late still shows what was then. */
export function newEvent<Type extends EventType>(
  type: Type,
  object: SubjectOf<Type>,
  facts: { created: number; live: boolean; request: { id: string; idempotency_key: string | null } | null },
): Stripe.Event {
  const event = {
    id: randomId('evt_1'),
    object: 'event',
    api_version: API_VERSION,
    created: facts.created,
    data: { object: structuredClone(object) },
    livemode: facts.live,
    pending_webhooks: 1,
    request: facts.request ?? { id: null, idempotency_key: null },
    type,
  } satisfies Omit<Stripe.EventBase, 'data'> & { data: { object: unknown } };
  // The union of all events cannot be narrowed by a type parameter; the signature above ties type and object.
  return event as unknown as Stripe.Event;
}

/** Payloads are written in the version of the SDK the simulator is typed by. */
export const API_VERSION = '2026-10-28.endive' satisfies Stripe.LatestApiVersion;
