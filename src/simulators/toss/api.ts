import { setTimeout as pause } from 'node:timers/promises';
import express, { type Request, type Response, type Router } from 'express';
import type { Clock } from '../clock.js';
import { randomId, sendAnswer, type Answer, type ReceivedCall } from '../desk.js';
import type { TroubleBook } from '../trouble.js';
import type { TossAccount } from './account.js';
import { TossFault, endsPayment, messageOf, statusOf } from './fault.js';
import { oncePerKey } from './idempotency.js';
import { readBody, readCancel, readConfirm, readOpening, type Body } from './request.js';
import type { TossCall, TossTrouble } from './trouble.js';

interface Call {
  id: string;
  body: Body;
  query: Request['query'];
  language: string | null;
}

/** The part of Toss's API a shop uses: open, look up, confirm, cancel, list. */
export function tossApi(parts: {
  account: TossAccount;
  clock: Clock;
  secretKey: string;
  troubles: TroubleBook<TossTrouble>;
  log: (call: ReceivedCall) => void;
  save: () => void;
}): Router {
  const { account, troubles } = parts;
  const router = express.Router();
  router.use(express.text({ type: () => true, limit: '1mb' }));

  /** Serves one kind of call, with the trouble ordered for it and, for a POST, at most once per idempotency key. */
  function serve(call: TossCall, work: (call: Call) => unknown) {
    return async (req: Request, res: Response): Promise<void> => {
      const raw = typeof req.body === 'string' ? req.body : '';
      const idempotencyKey = req.get('idempotency-key') ?? null;
      parts.log({ method: req.method, path: req.originalUrl, idempotencyKey, body: raw });
      if (troubles.take('hang', { on: call, effect: 'before' })) return;
      await pause(troubles.take('slow', { on: call, effect: 'before' })?.ms ?? 0);
      const answer = await answerTo(req, raw, idempotencyKey, call, work);
      parts.save();
      if (troubles.take('hang', { on: call, effect: 'after' })) return;
      await pause(troubles.take('slow', { on: call, effect: 'after' })?.ms ?? 0);
      const traced = { ...answer, headers: { 'x-tosspayments-trace-id': randomId('', 32) } };
      sendAnswer(res, traced, troubles.take('cut', { on: call }) !== null);
    };
  }

  async function answerTo(
    req: Request,
    raw: string,
    key: string | null,
    call: TossCall,
    work: (call: Call) => unknown,
  ): Promise<Answer> {
    const language = req.get('accept-language') ?? null;
    const fault = (code: string): Answer => ({
      status: statusOf(code),
      body: { code, message: messageOf(code, language ?? '') },
    });
    const run = async (): Promise<Answer> => {
      const body = readBody(raw);
      const code = req.get('tosspayments-test-code') ?? troubles.take('answer-code', { on: call })?.code;
      if (code !== undefined) {
        if (call === 'confirm' && endsPayment(code)) account.abort(textOf(body['paymentKey']), code);
        return fault(code);
      }
      try {
        const made = await work({ id: textOf(req.params['id']), body, query: req.query, language });
        const dropped = troubles.take('error', { on: call, effect: 'after' });
        return dropped
          ? fault('FAILED_INTERNAL_SYSTEM_PROCESSING')
          : { status: 200, body: structuredClone(made) };
      } catch (error) {
        if (error instanceof TossFault) return fault(error.code);
        throw error;
      }
    };
    try {
      checkKey(req.get('authorization') ?? '', parts.secretKey);
      if (troubles.take('error', { on: call, effect: 'before' }))
        return fault('FAILED_INTERNAL_SYSTEM_PROCESSING');
      if (req.method !== 'POST') return await run();
      const now = parts.clock.now().getTime();
      return await oncePerKey(account.state.keys, { key, url: req.originalUrl, now }, run);
    } catch (error) {
      if (error instanceof TossFault) return fault(error.code);
      throw error;
    }
  }

  router.post(
    '/v1/payments',
    serve('create', ({ body, language }) => account.open(readOpening(body, language))),
  );
  router.post(
    '/v1/payments/confirm',
    serve('confirm', async ({ body }) => {
      const { payment, told } = account.confirm(
        readConfirm(body),
        troubles.take('pay-another-amount')?.amount,
      );
      if (troubles.take('webhook-before-answer')) await told;
      return payment;
    }),
  );
  router.get(
    '/v1/payments/orders/:id',
    serve('get', ({ id }) => account.getByOrder(id).payment),
  );
  router.get(
    '/v1/payments/:id',
    serve('get', ({ id }) => account.get(id).payment),
  );
  router.post(
    '/v1/payments/:id/cancel',
    serve('cancel', ({ id, body }) => account.cancel(id, readCancel(body)).payment),
  );
  router.get(
    '/v1/transactions',
    serve('other', ({ query }) => {
      const { transactions } = account.state;
      const from = Date.parse(`${textOf(query['startDate'])}+09:00`);
      const to = Date.parse(`${textOf(query['endDate'])}+09:00`);
      if (Number.isNaN(from) || Number.isNaN(to)) throw new TossFault('INVALID_REQUEST');
      const after = transactions.findIndex(row => row.transactionKey === query['startingAfter']) + 1;
      if (query['startingAfter'] !== undefined && after === 0) throw new TossFault('INVALID_REQUEST');
      const limit = Math.min(Number(query['limit'] ?? 100) || 100, 5000);
      return transactions
        .slice(after)
        .filter(row => Date.parse(row.transactionAt) >= from && Date.parse(row.transactionAt) <= to)
        .slice(0, limit);
    }),
  );
  router.all(
    '/v1/*rest',
    serve('other', () => {
      throw new TossFault('NOT_FOUND');
    }),
  );
  return router;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The key stands as the user name of an empty password: the colon behind it must be there. */
function checkKey(header: string, secretKey: string): void {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/.exec(header)?.[1] ?? '';
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  if (!decoded.includes(':')) throw new TossFault('INCORRECT_BASIC_AUTH_FORMAT');
  if (decoded !== `${secretKey}:`) throw new TossFault('UNAUTHORIZED_KEY');
}
