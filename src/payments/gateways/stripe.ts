import { Stripe } from 'stripe';
import type { Attempt, Evidence, Gateway, StartResult } from './gateway.js';
import { aftermathAtStripe } from './stripe-aftermath.js';
import { readStripeError, startDeadline, type Within } from './stripe-errors.js';
import { recordsAtStripe } from './stripe-records.js';
import { readRefundError, refundAtStripe } from './stripe-refunds.js';
import { SESSION_ID, isSession, sessionEvidence, sessionParams } from './stripe-sessions.js';
import { createWebhookReader } from './stripe-webhook.js';

export interface StripeConfig {
  secretKey: string;
  /** All that are valid at present; two while a secret is being rolled. None: every delivery is refused. */
  webhookSecrets: readonly string[];
  /** Protocol, host and port of the API. Only for a local stand-in. */
  apiOrigin?: string;
  /** Where the hosted pages live; a start whose page is elsewhere is refused. */
  checkoutOrigin?: string;
  /** The longest one gateway operation may take, retries included. */
  timeoutMs?: number;
  now?: () => Date;
}

/** Three tries of about 7 s and the pauses between them: well under the half minute a page may hang. */
const DEFAULT_TIMEOUT_MS = 24_000;
/** Sessions opened in this time before the attempt's end are searched when only the list can tell. */
const SEARCH_SECONDS = 2 * 60 * 60;
const SEARCH_PAGES = 5;

/**
 * Stripe's hosted Checkout. The attempt's reference is the session's `client_reference_id`; amounts leave and return
 * in the store's smallest unit, currencies in the store's spelling (`KRW`).
 */
export function createStripeGateway(config: StripeConfig): Gateway {
  const now = config.now ?? (() => new Date());
  const live = /^(sk|rk)_live_/.test(config.secretKey);
  const checkoutOrigin = config.checkoutOrigin ?? 'https://checkout.stripe.com';
  const stripe = new Stripe(config.secretKey, {
    ...(config.apiOrigin === undefined ? {} : address(config.apiOrigin)),
    maxNetworkRetries: 2,
    telemetry: false,
  });
  const deadline = () => startDeadline(config.timeoutMs ?? DEFAULT_TIMEOUT_MS);

  const create = (attempt: Attempt, within: Within) =>
    within(({ timeout }) =>
      stripe.checkout.sessions.create(sessionParams(attempt), {
        idempotencyKey: `start-${attempt.reference}`,
        timeout,
      }),
    );

  const retrieve = (id: string, within: Within) =>
    within(({ timeout }) =>
      stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] }, { timeout }),
    );

  /** Looks for the session among recent ones; null when it is not there. Costs up to five calls: a last resort. */
  async function search(attempt: Attempt, within: Within): Promise<Stripe.Checkout.Session | null> {
    const since = Math.floor(attempt.expiresAt.getTime() / 1000) - SEARCH_SECONDS;
    let after: string | undefined;
    for (let page = 0; page < SEARCH_PAGES; page += 1) {
      const params = { created: { gte: since }, limit: 100, ...(after ? { starting_after: after } : {}) };
      const list = await within(({ timeout }) => stripe.checkout.sessions.list(params, { timeout }));
      const found = list.data.find(session => session.client_reference_id === attempt.reference);
      if (found) return found;
      after = list.data.at(-1)?.id;
      if (!list.has_more || !after) return null;
    }
    return null;
  }

  async function start(attempt: Attempt): Promise<StartResult> {
    // Nothing to pay is settled without a provider; whoever comes here with it has a bug.
    if (attempt.amount.amount <= 0) throw new RangeError('no payment page for nothing');
    const within = deadline();
    try {
      return opened(await create(attempt, within));
    } catch (error) {
      const failure = readStripeError(error);
      if (failure.kind === 'refused' || failure.kind === 'not-found' || failure.kind === 'misconfigured') {
        return { ok: false, reason: 'refused', code: failure.code };
      }
      // Stripe keeps a 500 under its key and answers it again and again, though the page may well be there.
      const found =
        failure.kind === 'stored-failure' ? await search(attempt, within).catch(() => null) : null;
      if (found?.url) return opened(found);
      const reason = failure.code === 'idempotency_error' ? 'refused' : 'unavailable';
      return { ok: false, reason, code: failure.code };
    }
  }

  function opened(session: unknown): StartResult {
    if (!isSession(session)) return { ok: false, reason: 'unavailable', code: 'unreadable' };
    if (!session.url) return { ok: false, reason: 'refused', code: 'not_open' };
    if (!URL.canParse(session.url) || new URL(session.url).origin !== checkoutOrigin) {
      return { ok: false, reason: 'refused', code: 'redirect_origin' };
    }
    return { ok: true, providerId: session.id, redirectUrl: session.url };
  }

  /** The session's id, from the row or, when the answer to `start` was lost, by saying the same thing again. */
  async function learnId(attempt: Attempt, within: Within): Promise<{ id: string } | Evidence> {
    if (attempt.providerId !== null && SESSION_ID.test(attempt.providerId)) return { id: attempt.providerId };
    try {
      const session: unknown = await create(attempt, within);
      return isSession(session) ? { id: session.id } : { state: 'unknown', code: 'unreadable' };
    } catch (error) {
      const failure = readStripeError(error);
      // A known key is answered from Stripe's memory before the body is looked at: a no to the body (most often
      // "expires too soon") means that no session was ever made with it.
      if (failure.kind === 'refused' || failure.kind === 'not-found') return { state: 'missing' };
      const found = failure.kind === 'stored-failure' ? await search(attempt, within) : null;
      return found ? { id: found.id } : { state: 'unknown', code: failure.code };
    }
  }

  async function look(id: string, within: Within): Promise<Evidence> {
    if (id.startsWith('cs_live_') !== live) return { state: 'unknown', code: 'other_mode' };
    const session: unknown = await retrieve(id, within);
    return isSession(session) ? sessionEvidence(session) : { state: 'unknown', code: 'unreadable' };
  }

  /** Turns every failed call into evidence that concludes no more than it must. */
  async function evidence(work: (within: Within) => Promise<Evidence>): Promise<Evidence> {
    try {
      return await work(deadline());
    } catch (error) {
      const failure = readStripeError(error);
      return failure.kind === 'not-found' ? { state: 'missing' } : { state: 'unknown', code: failure.code };
    }
  }

  const ask = (attempt: Attempt) =>
    evidence(async within => {
      const known = await learnId(attempt, within);
      return 'id' in known ? look(known.id, within) : known;
    });

  return {
    provider: 'stripe',
    redirectOrigins: [checkoutOrigin],
    live,
    start,
    ask,
    // Stripe has taken the money before it sends the browser back. `session_id` in the query adds nothing to what
    // `ask` finds by our own key, and anyone can type one.
    complete: ask,
    close: attempt =>
      evidence(async within => {
        const known = await learnId(attempt, within);
        if (!('id' in known)) return known;
        try {
          await within(({ timeout }) => stripe.checkout.sessions.expire(known.id, {}, { timeout }));
        } catch {
          // Already paid, already expired, or no answer: what the session says now decides.
        }
        const found = await look(known.id, within);
        return found.state === 'open' ? { state: 'unknown', code: 'still_open' } : found;
      }),
    refund: async order => {
      const within = deadline();
      return await within(options => refundAtStripe(stripe, order, options)).catch(readRefundError);
    },
    aftermath: payment => aftermathAtStripe(stripe, payment, deadline()),
    async referenceOf(transactionId) {
      try {
        const intent = await deadline()(({ timeout }) =>
          stripe.paymentIntents.retrieve(transactionId, {}, { timeout }),
        );
        return intent.metadata.reference ?? null;
      } catch (error) {
        if (readStripeError(error).kind === 'not-found') return null;
        throw error;
      }
    },
    async locate(transactionId) {
      const params = { payment_intent: transactionId, limit: 1 };
      const list = await deadline()(({ timeout }) => stripe.checkout.sessions.list(params, { timeout }));
      return list.data[0]?.id ?? null;
    },
    list: period => recordsAtStripe(stripe, { ...period, live }),
    readWebhook: createWebhookReader(stripe, { secrets: config.webhookSecrets, live, now }),
  };
}

function address(origin: string): { protocol: 'http' | 'https'; host: string; port: string } {
  const { protocol, hostname, port } = new URL(origin);
  const secure = protocol === 'https:';
  return { protocol: secure ? 'https' : 'http', host: hostname, port: port || (secure ? '443' : '80') };
}
