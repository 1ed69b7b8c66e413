import type { SimulatedLetter, StripeSimulator, TossSimulator } from '../../src/simulators/index.js';

/** Money a provider took from a buyer, as the provider's own books have it. */
export interface Capture {
  provider: 'stripe' | 'toss';
  /** The store's name for the attempt, as the provider was told it. */
  reference: string;
  providerId: string;
  /** In the provider's unit. For the three currencies of the demo that is the store's too: cent, won, tiyin. */
  amount: number;
  currency: string;
  /** What went back. */
  returned: number;
  /** How often the buyer was charged at this one page. */
  charges: number;
}

interface Charge {
  amount: number;
  payment_intent: string;
}
interface Refund extends Charge {
  id: string;
  status: string;
}

/** Stripe's side, told from its events: every charge and every refund leaves one, whatever the session says later. */
function stripeCaptures(stripe: StripeSimulator): Capture[] {
  const charges: Charge[] = [];
  const refunds = new Map<string, Refund>();
  for (const { type, data } of stripe.events()) {
    if (type === 'charge.succeeded') charges.push(data.object as unknown as Charge);
    if (type.startsWith('refund.')) {
      const refund = data.object as unknown as Refund;
      refunds.set(refund.id, refund);
    }
  }
  return stripe.sessions().flatMap(session => {
    const intent = session.payment_intent;
    const own = charges.filter(charge => charge.payment_intent === intent);
    if (typeof intent !== 'string' || own.length === 0) return [];
    const back = [...refunds.values()].filter(
      refund => refund.payment_intent === intent && refund.status === 'succeeded',
    );
    return {
      provider: 'stripe',
      reference: session.client_reference_id ?? '',
      providerId: session.id,
      amount: total(own),
      currency: (session.currency ?? '').toUpperCase(),
      returned: total(back),
      charges: own.length,
    };
  });
}

const total = (moved: readonly { amount: number }[]): number =>
  moved.reduce((sum, { amount }) => sum + amount, 0);

function tossCaptures(toss: TossSimulator): Capture[] {
  return toss
    .payments()
    .filter(({ approvedAt }) => approvedAt !== null)
    .map(payment => ({
      provider: 'toss',
      reference: payment.orderId,
      providerId: payment.paymentKey,
      amount: payment.totalAmount,
      currency: payment.currency,
      returned: payment.totalAmount - payment.balanceAmount,
      charges: 1,
    }));
}

export interface ProviderBooks {
  captures: Capture[];
  /** Ids of all events that Stripe ever sent. */
  stripeEvents: ReadonlySet<string>;
  letters: readonly SimulatedLetter[];
}

export function readProviderBooks(
  stripe: StripeSimulator,
  toss: TossSimulator,
  letters: readonly SimulatedLetter[],
): ProviderBooks {
  return {
    captures: [...stripeCaptures(stripe), ...tossCaptures(toss)],
    stripeEvents: new Set(stripe.events().map(({ id }) => id)),
    letters,
  };
}
