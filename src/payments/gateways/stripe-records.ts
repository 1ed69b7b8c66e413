import type { Stripe } from 'stripe';
import type { ProviderRecord } from './gateway.js';
import { readRefund } from './stripe-aftermath.js';
import { fromStripeAmount } from './stripe-amounts.js';

/** A list is read in the background, page by page; nobody waits for a page of ours meanwhile. */
const OPTIONS = { timeout: 20_000 };

const seconds = (moment: Date): number => Math.ceil(moment.getTime() / 1_000);
const idOf = (field: string | { id: string } | null): string | null =>
  typeof field === 'string' ? field : (field?.id ?? null);

/**
 * All charges and refunds that Stripe made in a period, oldest page last, as its lists have them. Charges carry the
 * metadata of their intent, and so our reference. A charge that failed moved no money and is left out.
 */
export async function* recordsAtStripe(
  stripe: Stripe,
  { from, to, live }: { from: Date; to: Date; live: boolean },
): AsyncGenerator<ProviderRecord> {
  const params = { created: { gte: seconds(from), lt: seconds(to) }, limit: 100 };
  for await (const charge of stripe.charges.list(params, OPTIONS)) {
    if (charge.status === 'failed') continue;
    yield {
      kind: 'payment',
      providerId: charge.id,
      transactionId: idOf(charge.payment_intent),
      attemptId: null,
      reference: charge.metadata.reference ?? null,
      ...fromStripeAmount(charge.amount, charge.currency),
      at: new Date(charge.created * 1_000),
      live: charge.livemode,
      state: charge.status,
    };
  }
  // Refunds do not say which mode they are of; the key that lists them does.
  for await (const refund of stripe.refunds.list(params, OPTIONS)) {
    const { providerRefundId: providerId, reference, amount, currency, at } = readRefund(refund);
    yield {
      kind: 'refund',
      providerId,
      transactionId: idOf(refund.payment_intent),
      attemptId: null,
      reference,
      amount,
      currency,
      at,
      live,
      state: refund.status ?? '',
    };
  }
}
