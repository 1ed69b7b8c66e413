import { setTimeout as pause } from 'node:timers/promises';
import express, { type Request, type Response, type Router } from 'express';
import type { Stripe } from 'stripe';
import type { Clock } from '../clock.js';
import { randomId, sendAnswer, type Answer, type ReceivedCall } from '../desk.js';
import type { TroubleBook } from '../trouble.js';
import type { StripeAccount } from './account.js';
import { createSession } from './create-session.js';
import { StripeFault, missingResource } from './fault.js';
import { parseFormTree } from './form-body.js';
import { oncePerKey } from './idempotency.js';
import { SESSION_EXPIRE, refuseUnknown } from './known-params.js';
import { expandIntent, expandSession, listAnswer } from './reading.js';
import { createCoupon, createRefund } from './refund-calls.js';
import type { StripeRequest } from './request.js';
import { lineItems } from './session-object.js';
import type { StripeCall, StripeTrouble } from './trouble.js';

type Work = (call: StripeRequest) => unknown;

/** The part of Stripe's API that a shop with hosted Checkout uses. */
export function stripeApi(parts: {
  account: StripeAccount;
  clock: Clock;
  secretKey: string;
  live: boolean;
  troubles: TroubleBook<StripeTrouble>;
  log: (call: ReceivedCall) => void;
  save: () => void;
  pageUrl: (id: string) => string;
}): Router {
  const { account, clock, troubles } = parts;
  const { state } = account;
  const router = express.Router();
  router.use(express.text({ type: () => true, limit: '1mb' }));

  /** Serves one kind of call, with the trouble ordered for it and, for a POST, at most once per idempotency key. */
  function serve(call: StripeCall, work: Work) {
    return async (req: Request, res: Response): Promise<void> => {
      const requestId = randomId('req_', 14);
      const idempotencyKey = req.get('idempotency-key') ?? null;
      const raw = typeof req.body === 'string' ? req.body : '';
      parts.log({ method: req.method, path: req.originalUrl, idempotencyKey, body: raw });
      res.set('request-id', requestId);
      if (troubles.take('hang', { on: call, effect: 'before' })) return;
      await pause(troubles.take('slow', { on: call, effect: 'before' })?.ms ?? 0);

      const answer = await answerTo(req, raw, requestId, idempotencyKey, call, work);
      parts.save();
      if (troubles.take('hang', { on: call, effect: 'after' })) return;
      await pause(troubles.take('slow', { on: call, effect: 'after' })?.ms ?? 0);
      sendAnswer(res, answer, troubles.take('cut', { on: call }) !== null);
    };
  }

  async function answerTo(
    req: Request,
    raw: string,
    requestId: string,
    key: string | null,
    call: StripeCall,
    work: Work,
  ): Promise<Answer> {
    try {
      if (req.get('authorization') !== `Bearer ${parts.secretKey}`) {
        throw new StripeFault('Invalid API Key provided.', { status: 401, forgotten: true });
      }
      if (troubles.take('error', { on: call, effect: 'before' })) return serverError();
      const decoded = {
        id: String(req.params['id'] ?? ''),
        body: parseFormTree(raw),
        query: parseFormTree(req.originalUrl.split('?')[1] ?? ''),
        cause: { id: requestId, idempotency_key: key },
      };
      const run = async (): Promise<Answer> => {
        const body = structuredClone(await work(decoded));
        // The SDK heeds this header: a repeat would only get the kept 500 once more.
        const dropped = troubles.take('error', { on: call, effect: 'after' });
        return dropped ? serverError({ 'stripe-should-retry': 'false' }) : { status: 200, body };
      };
      if (req.method !== 'POST') return await run();
      return await oncePerKey(state.keys, { key, request: `${req.originalUrl}\n${raw}` }, run);
    } catch (error) {
      if (error instanceof StripeFault) return { status: error.status, body: error.body };
      throw error;
    }
  }

  const sessionOf = (id: string) => account.getSession(id);

  router.post(
    '/v1/checkout/sessions',
    serve('create', async ({ body }) => {
      const context = { state, seconds: clock.seconds(), live: parts.live, pageUrl: parts.pageUrl };
      const stored = createSession(body, context);
      state.sessions[stored.session.id] = stored;
      const answer = expandSession(state, stored, body);
      if (troubles.take('paid-before-answer')) await account.pay(stored);
      return answer;
    }),
  );
  router.get(
    '/v1/checkout/sessions',
    serve('list', ({ query }) => {
      account.expireDue();
      const sessions = Object.values(state.sessions).map(stored => stored.session);
      return listAnswer(sessions, query, '/v1/checkout/sessions', ['payment_intent', 'status']);
    }),
  );
  router.get(
    '/v1/checkout/sessions/:id',
    serve('retrieve', ({ id, query }) => expandSession(state, sessionOf(id), query)),
  );
  router.post(
    '/v1/checkout/sessions/:id/expire',
    serve('expire', ({ id, body, cause }) => {
      refuseUnknown(body, SESSION_EXPIRE);
      const stored = sessionOf(id);
      account.expire(stored, cause);
      return expandSession(state, stored, body);
    }),
  );
  router.get(
    '/v1/checkout/sessions/:id/line_items',
    serve('other', ({ id, query }) =>
      listAnswer(lineItems(sessionOf(id)), query, `/v1/checkout/sessions/${id}/line_items`),
    ),
  );
  router.post(
    '/v1/refunds',
    serve('refund', call => createRefund(account, call, troubles.take('refunds-pending') !== null)),
  );
  router.post(
    '/v1/coupons',
    serve('other', call => createCoupon(account, call, clock.seconds(), parts.live)),
  );
  const lists: Record<string, [rows: Record<string, object>, noun: string, filters: string[]]> = {
    payment_intents: [state.intents, 'payment_intent', ['customer']],
    charges: [state.charges, 'charge', ['payment_intent']],
    refunds: [state.refunds, 'refund', ['payment_intent', 'charge']],
    disputes: [state.disputes, 'dispute', ['payment_intent', 'charge']],
    coupons: [state.coupons, 'coupon', []],
    events: [state.events, 'event', ['type']],
  };
  for (const [name, [rows, noun, filters]] of Object.entries(lists)) {
    const url = `/v1/${name}`;
    router.get(
      url,
      serve('list', ({ query }) => listAnswer(Object.values(rows), query, url, filters)),
    );
    router.get(
      `${url}/:id`,
      serve('other', ({ id, query }) => {
        const row = known(rows, id, noun);
        return name === 'payment_intents' ? expandIntent(state, row as Stripe.PaymentIntent, query) : row;
      }),
    );
  }
  router.all(
    '/v1/*rest',
    serve('other', () => {
      throw new StripeFault('Unrecognized request URL. The simulator does not have this part of the API.', {
        status: 404,
        forgotten: true,
      });
    }),
  );
  return router;
}

function known<Row>(rows: Record<string, Row>, id: string, noun: string): Row {
  const row = rows[id];
  if (row === undefined) throw missingResource(noun, id, 'id');
  return row;
}

function serverError(headers: Record<string, string> = {}): Answer {
  return {
    status: 500,
    body: { error: { type: 'api_error', message: 'An unknown error occurred' } },
    headers,
  };
}
