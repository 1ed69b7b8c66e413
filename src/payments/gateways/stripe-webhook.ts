import type { Stripe } from 'stripe';
import type { Gateway, Webhook } from './gateway.js';

const TOLERANCE_SECONDS = 300;

/**
 * Makes the reader of Stripe's deliveries. Several secrets are tried in turn, so that a secret can be rolled without
 * losing a delivery. An event of the other mode (a live endpoint fed test events, or the reverse) is refused as
 * `malformed`: its signature may be right, but it cannot speak of a payment of ours.
 */
export function createWebhookReader(
  stripe: Stripe,
  { secrets, live, now }: { secrets: readonly string[]; live: boolean; now: () => Date },
): Gateway['readWebhook'] {
  return (rawBody, headers) => {
    const signature = headers['stripe-signature'];
    if (typeof signature !== 'string') return { ok: false, reason: 'signature' };
    for (const secret of secrets) {
      const event = verified(stripe, rawBody, signature, secret, now());
      if (event) return event.livemode === live ? read(event) : { ok: false, reason: 'malformed' };
    }
    return { ok: false, reason: 'signature' };
  };
}

function verified(
  stripe: Stripe,
  body: Buffer,
  signature: string,
  secret: string,
  now: Date,
): Stripe.Event | null {
  try {
    return stripe.webhooks.constructEvent(
      body,
      signature,
      secret,
      TOLERANCE_SECONDS,
      undefined,
      now.getTime(),
    );
  } catch {
    // Not only signature errors: signed text that is no JSON, or no event, throws other classes. None may get in.
    return null;
  }
}

function read(event: Stripe.Event): Webhook {
  // Which of the many object types it is does not matter here, only whether it carries our marks.
  const { data } = event as { data?: { object?: unknown } };
  const subject = data?.object as
    | {
        id?: unknown;
        object?: unknown;
        client_reference_id?: unknown;
        payment_intent?: unknown;
        metadata?: { reference?: unknown } | null;
      }
    | null
    | undefined;
  if (typeof event.id !== 'string' || typeof event.type !== 'string' || !subject) {
    return { ok: false, reason: 'malformed' };
  }
  return {
    ok: true,
    eventId: event.id,
    type: event.type,
    reference: text(subject.client_reference_id) ?? text(subject.metadata?.reference),
    providerId: subject.object === 'checkout.session' ? text(subject.id) : null,
    transactionId:
      subject.object === 'payment_intent' ? text(subject.id) : text(idOf(subject.payment_intent)),
    signed: true,
    ...(AFTERMATH.test(event.type) ? { about: 'aftermath' } : {}),
  };
}

/** `charge.refund.updated` is the old name of `refund.updated`. */
const AFTERMATH = /^(refund|charge\.refunded|charge\.refund|charge\.dispute)(\.|$)/;

/** Objects may come unfolded where an id is expected. */
const idOf = (field: unknown): unknown =>
  typeof field === 'object' && field !== null ? (field as { id?: unknown }).id : field;

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
