import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRefundError } from '../../src/payments/gateways/stripe-refunds.js';
import { readStripeError, type StripeFailure } from '../../src/payments/gateways/stripe-errors.js';

// What Stripe's SDK makes of each answer, and what we make of that. The SDK is the real one; only the far end is ours.

type Answer = { status: number; body: string } | 'cut' | 'none';
let answer: Answer;
let port: number;
const server = http.createServer((_req, res) => {
  if (answer === 'none') return void res.destroy();
  if (answer === 'cut') {
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': '400' });
    res.write('{"object":"checkout.session",');
    return void setImmediate(() => res.destroy());
  }
  res.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
});
beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => void server.close());

const error = (status: number, type: string, code?: string): Answer => ({
  status,
  body: JSON.stringify({ error: { type, ...(code ? { code } : {}), message: 'typed by a buyer' } }),
});

async function failureOf(given: Answer): Promise<unknown> {
  answer = given;
  const stripe = new Stripe('sk_test_x', { host: '127.0.0.1', port, protocol: 'http', maxNetworkRetries: 0 });
  return await stripe.checkout.sessions
    .retrieve('cs_test_1')
    .then(() => null)
    .catch((thrown: unknown) => thrown);
}

const OUTCOMES: readonly [what: string, given: Answer, kind: StripeFailure['kind'], code: string][] = [
  [
    '400 of a wrong parameter',
    error(400, 'invalid_request_error', 'parameter_unknown'),
    'refused',
    'parameter_unknown',
  ],
  [
    '400 of a sum too small',
    error(400, 'invalid_request_error', 'amount_too_small'),
    'refused',
    'amount_too_small',
  ],
  [
    '400 of a charge refunded already',
    error(400, 'invalid_request_error', 'charge_already_refunded'),
    'refused',
    'charge_already_refunded',
  ],
  ['404', error(404, 'invalid_request_error', 'resource_missing'), 'not-found', 'resource_missing'],
  ['a key that had another body', error(400, 'idempotency_error'), 'stored-failure', 'idempotency_error'],
  [
    'a key that is in use',
    error(409, 'invalid_request_error', 'idempotency_key_in_use'),
    'stored-failure',
    'idempotency_key_in_use',
  ],
  ['401', error(401, 'invalid_request_error'), 'misconfigured', 'invalid_request_error'],
  ['403', error(403, 'invalid_request_error'), 'misconfigured', 'invalid_request_error'],
  ['402', error(402, 'card_error', 'card_declined'), 'refused', 'card_declined'],
  ['429', error(429, 'rate_limit_error', 'rate_limit'), 'no-answer', 'rate_limit'],
  ['500', error(500, 'api_error'), 'stored-failure', 'api_error'],
  ['503', error(503, 'api_error'), 'stored-failure', 'api_error'],
  ['a connection that ends', 'none', 'no-answer', 'connection'],
  ['an answer that is cut off', 'cut', 'no-answer', 'connection'],
];

describe('what came of a call to Stripe', () => {
  it.each(OUTCOMES)('%s is its own class', async (_what, given, kind, code) => {
    expect(readStripeError(await failureOf(given))).toEqual({ kind, code });
  });

  it.each([
    ['an error that is no JSON', { status: 502, body: '<html>bad gateway</html>' }],
    ['an answer that is no JSON', { status: 200, body: '<html>maintenance</html>' }],
  ])('%s concludes nothing', async (_what, given) => {
    expect(['no-answer', 'stored-failure']).toContain(readStripeError(await failureOf(given)).kind);
  });

  it('never repeats what Stripe wrote: a buyer may have typed it', async () => {
    for (const [, given] of OUTCOMES)
      expect(JSON.stringify(readStripeError(await failureOf(given)))).not.toContain('typed by a buyer');
  });
});

describe('what that means for a refund', () => {
  it.each(OUTCOMES)('%s', async (_what, given, kind) => {
    const answered = kind === 'refused' || kind === 'not-found';
    expect(readRefundError(await failureOf(given)).state).toBe(answered ? 'failed' : 'unknown');
  });
});
