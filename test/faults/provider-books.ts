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
  metadata: Record<string, string> | null;
}

/** A refund that the store asked for, as the provider has it. */
export interface Given {
  /** The store's name for it. */
  reference: string;
  providerRefundId: string;
  amount: number;
}

/** Refunds as the last event about each tells them. */
function stripeRefunds(stripe: StripeSimulator): Refund[] {
  const refunds = new Map<string, Refund>();
  for (const { type, data } of stripe.events()) {
    if (!type.startsWith('refund.')) continue;
    const refund = data.object as unknown as Refund;
    refunds.set(refund.id, refund);
  }
  return [...refunds.values()];
}

/** Stripe's side, told from its events: every charge and every refund leaves one, whatever the session says later. */
function stripeCaptures(stripe: StripeSimulator): Capture[] {
  const charges = stripe
    .events()
    .filter(({ type }) => type === 'charge.succeeded')
    .map(({ data }) => data.object as unknown as Charge);
  const refunds = stripeRefunds(stripe);
  return stripe.sessions().flatMap(session => {
    const intent = session.payment_intent;
    const own = charges.filter(charge => charge.payment_intent === intent);
    if (typeof intent !== 'string' || own.length === 0) return [];
    const back = refunds.filter(refund => refund.payment_intent === intent && refund.status === 'succeeded');
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

/** What the store asked for carries its name for it: as metadata at Stripe, as the end of the reason at Toss. */
function refundsGiven(stripe: StripeSimulator, toss: TossSimulator): Given[] {
  const atStripe = stripeRefunds(stripe).map(({ id, amount, metadata }) => ({
    reference: metadata?.refund ?? '',
    providerRefundId: id,
    amount,
  }));
  const atToss = toss
    .payments()
    .flatMap(({ cancels }) => cancels ?? [])
    // A bank that knows no such account makes nothing: the store asks again under the same name.
    .filter(({ cancelStatus }) => cancelStatus !== 'ABORTED')
    .map(({ cancelReason, transactionKey, cancelAmount }) => ({
      reference: /^Refund (\S+)$/.exec(cancelReason)?.[1] ?? '',
      providerRefundId: transactionKey,
      amount: cancelAmount,
    }));
  return [...atStripe, ...atToss].filter(({ reference }) => reference !== '');
}

export interface ProviderBooks {
  captures: Capture[];
  given: Given[];
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
    given: refundsGiven(stripe, toss),
    stripeEvents: new Set(stripe.events().map(({ id }) => id)),
    letters,
  };
}
