import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Attempt, Gateway } from '../../src/payments/gateways/gateway.js';
import { createTossGateway, type TossConfig } from '../../src/payments/gateways/toss.js';
import { startTossSimulator, type TossSimulator } from '../../src/simulators/index.js';
import { makeAttempt, queryOf } from './gateway-attempt.js';

const KEY = 'test_sk_gateway';
const MINUTE = 60_000;
let toss: TossSimulator;
let gateway: Gateway;

const gatewayWith = (given: Partial<TossConfig> = {}): Gateway =>
  createTossGateway({ secretKey: KEY, apiOrigin: toss.origin, ...given });

/** Opens the window and gives the attempt back as its row now stands. */
async function started(attempt: Attempt = makeAttempt()): Promise<Attempt & { providerId: string }> {
  const result = await gateway.start(attempt);
  if (!result.ok) throw new Error(`not started: ${result.code}`);
  return { ...attempt, providerId: result.providerId };
}

/** An attempt the buyer has agreed to, and the query the browser brings back. */
async function approved(attempt?: Attempt) {
  const row = await started(attempt);
  return { row, query: queryOf(toss.approve(row.providerId).location) };
}

const confirms = () => toss.requests().filter(({ path }) => path === '/v1/payments/confirm');
const statusOf = (key: string) => toss.payments().find(({ paymentKey }) => paymentKey === key)?.status;

beforeEach(async () => {
  toss = await startTossSimulator({ port: 0, secretKey: KEY, webhook: null });
  gateway = gatewayWith();
});
afterEach(() => toss.close());

describe('start', () => {
  test('opens one window for the attempt', async () => {
    const attempt = makeAttempt();
    const result = await gateway.start(attempt);
    const [payment] = toss.payments();
    expect(result).toEqual({
      ok: true,
      providerId: payment?.paymentKey,
      redirectUrl: payment?.checkout?.url,
    });
    expect(toss.requests()).toHaveLength(1);
    const [call] = toss.requests();
    expect(call?.idempotencyKey).toBe(`start-${attempt.reference}`);
    expect(JSON.parse(call?.body ?? '')).toEqual({
      method: '카드',
      amount: 1_290_000,
      currency: 'KRW',
      orderId: attempt.reference,
      orderName: '접이식 러닝머신 외 2건',
      successUrl: attempt.returnUrl,
      failUrl: attempt.cancelUrl,
      customerEmail: 'buyer@example.com',
    });
  });

  test('said twice leads to the same window, even when the key was forgotten', async () => {
    const attempt = makeAttempt();
    const one = await gateway.start(attempt);
    expect(await gateway.start(attempt)).toEqual(one);
    expect(toss.payments()).toHaveLength(1);
    // Sent on as Toss would answer without the key: the order id is taken.
    toss.trouble({ kind: 'error', effect: 'after', on: 'create', times: 1 });
    const other = makeAttempt();
    expect(await gateway.start(other)).toMatchObject({ ok: false, reason: 'unavailable' });
    expect(await gateway.start(other)).toMatchObject({
      ok: true,
      providerId: toss.payments()[1]?.paymentKey,
    });
    expect(toss.payments()).toHaveLength(2);
  });

  test('takes won only', async () => {
    const attempt = makeAttempt({ amount: { amount: 129_999, currency: 'USD' } });
    expect(await gateway.start(attempt)).toEqual({ ok: false, reason: 'refused', code: 'currency' });
    expect(toss.requests()).toEqual([]);
  });

  test('a refusal is told as one', async () => {
    const tooSmall = makeAttempt({ amount: { amount: 99, currency: 'KRW' } });
    expect(await gateway.start(tooSmall)).toEqual({
      ok: false,
      reason: 'refused',
      code: 'BELOW_MINIMUM_AMOUNT',
    });
    const wrongKey = gatewayWith({ secretKey: 'test_sk_other' });
    expect(await wrongKey.start(makeAttempt())).toEqual({
      ok: false,
      reason: 'refused',
      code: 'UNAUTHORIZED_KEY',
    });
    const strict = gatewayWith({ redirectOrigins: ['https://api.tosspayments.com'] });
    expect(await strict.start(makeAttempt())).toEqual({
      ok: false,
      reason: 'refused',
      code: 'redirect_origin',
    });
  });

  test('a long name in Korean is cut to what Toss takes, an overlong address is left out', async () => {
    const attempt = makeAttempt({ orderName: '러'.repeat(130), email: `${'a'.repeat(100)}@example.com` });
    expect(await gateway.start(attempt)).toMatchObject({ ok: true });
    expect(toss.payments()[0]?.orderName).toBe('러'.repeat(100));
  });

  test('gives up in time when Toss hangs', async () => {
    const hurried = gatewayWith({ timeoutMs: 200 });
    toss.trouble({ kind: 'hang', effect: 'before' });
    const begun = performance.now();
    expect(await hurried.start(makeAttempt())).toEqual({ ok: false, reason: 'unavailable', code: 'timeout' });
    expect(await hurried.ask(makeAttempt())).toEqual({ state: 'unknown', code: 'timeout' });
    expect(performance.now() - begun).toBeLessThan(5_000);
    const lonely = gatewayWith({ apiOrigin: 'http://127.0.0.1:1' });
    expect(await lonely.start(makeAttempt())).toMatchObject({ ok: false, reason: 'unavailable' });
  });
});

describe('ask', () => {
  test('knows every state and never confirms', async () => {
    const attempt = await started();
    const { providerId } = attempt;
    const url = toss.payments()[0]?.checkout?.url;
    expect(await gateway.ask(attempt)).toEqual({ state: 'open', providerId, redirectUrl: url });
    toss.approve(providerId);
    expect(await gateway.ask(attempt)).toEqual({ state: 'authorised', providerId });
    toss.advance(10 * MINUTE);
    expect(await gateway.ask(attempt)).toEqual({ state: 'expired' });

    const slow = await started();
    toss.advance(30 * MINUTE);
    expect(await gateway.ask(slow)).toEqual({ state: 'expired' });
    expect(await gateway.ask(makeAttempt())).toEqual({ state: 'missing' });
    expect(await gateway.ask(makeAttempt({ providerId: 'nobody' }))).toEqual({ state: 'missing' });
    expect(confirms()).toEqual([]);
  });

  test('finds the payment when the answer to start was lost', async () => {
    toss.trouble({ kind: 'cut', on: 'create', times: 1 });
    const attempt = makeAttempt();
    expect(await gateway.start(attempt)).toMatchObject({ ok: false, reason: 'unavailable' });
    expect(await gateway.ask(attempt)).toMatchObject({
      state: 'open',
      providerId: toss.payments()[0]?.paymentKey,
    });
  });

  test.each([
    [200, '<h1>soon back</h1>'],
    [200, '{"paymentKey":'],
    [200, '{"status":"DONE"}'],
    [404, '<h1>not here</h1>'],
    [503, '{"code":"maintenance"}'],
  ])('an answer that is not of Toss concludes nothing (%i %s)', async (status, body) => {
    const stranger = createServer((_req, res) => res.writeHead(status).end(body));
    await new Promise<void>(resolve => stranger.listen(0, '127.0.0.1', resolve));
    const { port } = stranger.address() as AddressInfo;
    const misled = gatewayWith({ apiOrigin: `http://127.0.0.1:${port}` });
    expect(await misled.start(makeAttempt())).toMatchObject({ ok: false, reason: 'unavailable' });
    expect(await misled.ask(makeAttempt())).toMatchObject({ state: 'unknown' });
    stranger.closeAllConnections();
    stranger.close();
  });

  test('concludes nothing from a failure', async () => {
    const attempt = await started();
    toss.trouble({ kind: 'cut', on: 'get', times: 1 });
    expect(await gateway.ask(attempt)).toMatchObject({ state: 'unknown' });
    toss.trouble({ kind: 'error', effect: 'before', on: 'get', times: 1 });
    expect(await gateway.ask(attempt)).toEqual({
      state: 'unknown',
      code: 'FAILED_INTERNAL_SYSTEM_PROCESSING',
    });
    const wrongKey = gatewayWith({ secretKey: 'test_sk_other' });
    expect(await wrongKey.ask(attempt)).toEqual({ state: 'unknown', code: 'UNAUTHORIZED_KEY' });
  });
});

describe('complete', () => {
  test('confirms the stored sum with a key of the attempt', async () => {
    const { row, query } = await approved();
    const [{ reference, providerId }, found] = [row, await gateway.complete(row, query)];
    expect(found).toEqual({
      state: 'captured',
      providerId,
      transactionId: toss.payments()[0]?.lastTransactionKey,
      amount: 1_290_000,
      currency: 'KRW',
      reference,
      live: false,
    });
    expect(confirms().map(call => call.idempotencyKey)).toEqual([`confirm-${reference}`]);
    expect(JSON.parse(confirms()[0]?.body ?? '')).toEqual({
      paymentKey: providerId,
      orderId: reference,
      amount: 1_290_000,
    });
    // A reload of the page asks; it does not confirm again.
    expect(await gateway.complete(row, query)).toEqual(found);
    expect(confirms()).toHaveLength(1);
  });

  test('works when the answer to start was lost', async () => {
    toss.trouble({ kind: 'cut', on: 'create', times: 1 });
    const attempt = makeAttempt();
    await gateway.start(attempt);
    const query = queryOf(toss.approve(toss.payments()[0]?.paymentKey ?? '').location);
    expect(await gateway.complete(attempt, query)).toMatchObject({
      state: 'captured',
      reference: attempt.reference,
    });
  });

  test('a return that does not fit never confirms', async () => {
    const other = await started();
    const wrong = [
      { amount: '1' },
      { amount: '' },
      { amount: 'NaN' },
      { amount: ['1290000', '1'] },
      { orderId: other.reference },
      { paymentKey: other.providerId },
    ];
    for (const lie of wrong) {
      const { row, query } = await approved();
      expect(await gateway.complete(row, { ...query, ...lie })).toEqual({
        state: 'failed',
        code: 'RETURN_MISMATCH',
      });
      expect(statusOf(row.providerId)).toBe('IN_PROGRESS');
    }
    toss.trouble({ kind: 'tampered-return', amount: 1000, times: 1 });
    const { row, query } = await approved();
    expect(query['amount']).toBe('1000');
    expect(await gateway.complete(row, query)).toEqual({ state: 'failed', code: 'RETURN_MISMATCH' });
    expect(confirms()).toEqual([]);
  });

  test('a return without its query asks, and leaves the money where it is', async () => {
    const { row, query } = await approved();
    const { amount: _amount, ...partial } = query;
    expect(await gateway.complete(row, {})).toEqual({ state: 'authorised', providerId: row.providerId });
    expect(await gateway.complete(row, partial)).toEqual({ state: 'authorised', providerId: row.providerId });
    expect(confirms()).toEqual([]);
    expect(await gateway.complete(row, query)).toMatchObject({ state: 'captured' });
  });

  test('a lie told after the money moved does not hide it', async () => {
    const { row, query } = await approved();
    await gateway.complete(row, query);
    expect(await gateway.complete(row, { ...query, amount: '1' })).toMatchObject({ state: 'captured' });
  });

  test('a payment over another sum than the attempt is not confirmed', async () => {
    const { row, query } = await approved();
    const dearer = { ...row, amount: { amount: 2_000_000, currency: 'KRW' as const } };
    expect(await gateway.complete(dearer, { ...query, amount: '2000000' })).toEqual({
      state: 'failed',
      code: 'PAYMENT_MISMATCH',
    });
    expect(confirms()).toEqual([]);
  });

  test.each(['cut', 'error'] as const)('finds by asking that a confirmation worked (%s)', async kind => {
    const { row, query } = await approved();
    toss.trouble(kind === 'cut' ? { kind, on: 'confirm' } : { kind, effect: 'after', on: 'confirm' });
    expect(await gateway.complete(row, query)).toMatchObject({ state: 'captured', amount: 1_290_000 });
    expect(confirms()).toHaveLength(1);
  });

  test('finds by asking that a confirmation worked which never answered', async () => {
    const hurried = gatewayWith({ timeoutMs: 1_000 });
    const { row, query } = await approved();
    toss.trouble({ kind: 'hang', effect: 'after', on: 'confirm' });
    expect(await hurried.complete(row, query)).toMatchObject({ state: 'captured' });
  });

  test('says again, with the same key, what did not arrive', async () => {
    const { row, query } = await approved();
    toss.trouble({ kind: 'error', effect: 'before', on: 'confirm', times: 1 });
    expect(await gateway.complete(row, query)).toMatchObject({ state: 'captured' });
    expect(confirms().map(call => call.idempotencyKey)).toEqual(Array(2).fill(`confirm-${row.reference}`));
  });

  test('stays unknown while Toss gives no answer, and settles later', async () => {
    const { row, query } = await approved();
    toss.trouble([
      { kind: 'hang', effect: 'after', on: 'confirm' },
      { kind: 'hang', effect: 'before', on: 'get' },
    ]);
    const hurried = gatewayWith({ timeoutMs: 200 });
    // Already the first question hangs: nothing is confirmed blindly.
    expect(await hurried.complete(row, query)).toEqual({ state: 'unknown', code: 'timeout' });
    expect(confirms()).toEqual([]);
    toss.calm();
    expect(await gateway.complete(row, query)).toMatchObject({ state: 'captured' });
  });

  test('ten returns at once charge once', async () => {
    const { row, query } = await approved();
    const found = await Promise.all(Array.from({ length: 10 }, () => gateway.complete(row, query)));
    expect(new Set(found.map(({ state }) => state))).toEqual(new Set(['captured']));
    expect(new Set(confirms().map(call => call.idempotencyKey))).toEqual(
      new Set([`confirm-${row.reference}`]),
    );
  });

  test.each([
    ['REJECT_CARD_COMPANY', { state: 'failed', code: 'REJECT_CARD_COMPANY' }],
    ['EXCEED_MAX_AMOUNT', { state: 'failed', code: 'EXCEED_MAX_AMOUNT' }],
    ['NOT_FOUND_PAYMENT_SESSION', { state: 'expired' }],
    ['NOT_FOUND_PAYMENT', { state: 'missing' }],
    // Ours to mend; nothing was charged.
    ['FORBIDDEN_REQUEST', { state: 'failed', code: 'FORBIDDEN_REQUEST', alarm: true }],
  ])('a confirmation answered with %s', async (code, expected) => {
    const { row, query } = await approved();
    toss.trouble({ kind: 'answer-code', code, on: 'confirm' });
    expect(await gateway.complete(row, query)).toEqual(expected);
    expect(confirms()).toHaveLength(1);
  });

  test.each(['PROVIDER_ERROR', 'ALREADY_PROCESSED_PAYMENT'])(
    '%s alone says neither paid nor failed',
    async code => {
      const { row, query } = await approved();
      toss.trouble({ kind: 'answer-code', code, on: 'confirm', times: 1 });
      // Toss repeats the answer under this key, whatever is true by then: only the payment itself can tell.
      expect(await gateway.complete(row, query)).toEqual({ state: 'unknown', code });
      expect(statusOf(row.providerId)).toBe('IN_PROGRESS');
      toss.advance(10 * MINUTE);
      expect(await gateway.complete(row, query)).toEqual({ state: 'expired' });
    },
  );

  test('a virtual account waits for its deposit', async () => {
    const row = await started(makeAttempt({ method: 'virtual_account' }));
    const query = queryOf(toss.approve(row.providerId).location);
    const account = () => toss.payments()[0]?.virtualAccount;
    const found = await gateway.complete(row, query);
    const pending = {
      state: 'pending',
      providerId: row.providerId,
      deposit: {
        secret: toss.payments()[0]?.secret,
        instructions: {
          bank: '11',
          bankName: '농협은행',
          accountNumber: account()?.accountNumber,
          holder: '김민지',
          amount: 1_290_000,
          due: new Date(account()?.dueDate ?? '').toISOString(),
        },
      },
    };
    expect(found).toEqual(pending);
    const hours = (Date.parse(pending.deposit.instructions.due) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);
    await toss.deposit(row.providerId);
    expect(await gateway.ask(row)).toMatchObject({ state: 'captured', amount: 1_290_000 });
    await toss.loseDeposit(row.providerId);
    expect(await gateway.ask(row)).toEqual(pending);
  });

  test('reports another sum than was confirmed', async () => {
    const { row, query } = await approved();
    toss.trouble({ kind: 'pay-another-amount', amount: 1_000, times: 1 });
    expect(await gateway.complete(row, query)).toMatchObject({ state: 'captured', amount: 1_000 });
  });

  test('comes too late after ten minutes', async () => {
    const { row, query } = await approved();
    toss.advance(10 * MINUTE);
    expect(await gateway.complete(row, query)).toEqual({ state: 'expired' });
    expect(confirms()).toEqual([]);
  });
});

describe('close', () => {
  test('an open or approved window counts as expired, a paid one as paid', async () => {
    const open = await started();
    expect(await gateway.close(open)).toEqual({ state: 'expired' });
    const { row, query } = await approved();
    expect(await gateway.close(row)).toEqual({ state: 'expired' });
    await gateway.complete(row, query);
    expect(await gateway.close(row)).toMatchObject({ state: 'captured' });
    expect(await gateway.close(makeAttempt())).toEqual({ state: 'missing' });
    toss.trouble({ kind: 'error', effect: 'before', on: 'get' });
    expect(await gateway.close(open)).toMatchObject({ state: 'unknown' });
  });
});

describe('webhooks', () => {
  const read = (body: string, headers: Record<string, string> = {}) =>
    gateway.readWebhook(Buffer.from(body), headers);

  test('a change of status names the payment and proves nothing', () => {
    const body = JSON.stringify({
      eventType: 'PAYMENT_STATUS_CHANGED',
      createdAt: '2026-01-01T00:00:00.000000',
      data: { paymentKey: 'key_1', orderId: 'pay_123', status: 'DONE', totalAmount: 1 },
    });
    expect(read(body, { 'tosspayments-webhook-transmission-id': 'abc-1' })).toEqual({
      ok: true,
      eventId: 'abc-1',
      type: 'PAYMENT_STATUS_CHANGED',
      reference: 'pay_123',
      providerId: 'key_1',
    });
  });

  test('a deposit is flat', () => {
    const body = JSON.stringify({
      createdAt: '2026-01-01T00:00:00.000000',
      secret: 'ps_1',
      status: 'DONE',
      transactionKey: 'A1',
      orderId: 'pay_123',
    });
    expect(read(body)).toMatchObject({
      ok: true,
      type: 'DEPOSIT_CALLBACK',
      reference: 'pay_123',
      providerId: null,
    });
  });

  test('without a usable transmission id the body itself tells deliveries apart', () => {
    const body = '{"eventType":"X","data":{}}';
    const long = read(body, { 'tosspayments-webhook-transmission-id': 'x'.repeat(500) });
    expect(read(body)).toEqual(read(body));
    expect(long).toEqual(read(body));
    expect(read(`${body} `)).not.toEqual(read(body));
  });

  test.each(['', 'no json', 'null', '[]', '{}', '{"eventType":"X"}', '{"orderId":7,"status":"DONE"}'])(
    'refuses %j as malformed',
    body => {
      expect(read(body)).toEqual({ ok: false, reason: 'malformed' });
    },
  );

  test('live keys are known by their name', () => {
    expect([gateway.live, gatewayWith({ secretKey: 'live_sk_x' }).live]).toEqual([false, true]);
    expect(createTossGateway({ secretKey: KEY }).redirectOrigins).toEqual(['https://api.tosspayments.com']);
  });
});
