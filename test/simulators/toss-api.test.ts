import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  startTossSimulator,
  type TossPaymentObject,
  type TossSimulator,
} from '../../src/simulators/index.js';
import { openWebhookDesk, type WebhookDesk } from './webhook-desk.js';

const KEY = 'test_sk_simulators';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
let desk: WebhookDesk;
let toss: TossSimulator;

interface Answer {
  status: number;
  json: TossPaymentObject & { code?: string; message?: string };
}

async function call(path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(toss.origin + path, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `Basic ${Buffer.from(`${KEY}:`).toString('base64')}`,
      'content-type': 'application/json',
      ...headers,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, json: (await response.json()) as Answer['json'] };
}

let openings = 0;
const opening = (given: object = {}) => ({
  method: '카드',
  amount: 11_000,
  orderId: `order-${(openings += 1)}`,
  orderName: '요가 매트',
  successUrl: 'http://shop.test/return',
  failUrl: 'http://shop.test/failed/1',
  ...given,
});

async function opened(given: object = {}): Promise<TossPaymentObject> {
  const answer = await call('/v1/payments', opening(given));
  expect(answer.status).toBe(200);
  return answer.json;
}

const confirm = (
  { paymentKey, orderId, totalAmount }: TossPaymentObject,
  headers: Record<string, string> = {},
) => call('/v1/payments/confirm', { paymentKey, orderId, amount: totalAmount }, headers);

async function paid(given: object = {}): Promise<TossPaymentObject> {
  const payment = await opened(given);
  toss.approve(payment.paymentKey);
  return (await confirm(payment)).json;
}

beforeEach(async () => {
  desk = await openWebhookDesk();
  toss = await startTossSimulator({
    port: 0,
    secretKey: KEY,
    webhook: { url: desk.url },
    retryDelaysMs: [5, 10],
  });
});
afterEach(async () => {
  await toss.close();
  await desk.close();
});

describe('the way of a payment', () => {
  test('from ready over in progress to done', async () => {
    const payment = await opened();
    expect(payment).toMatchObject({
      status: 'READY',
      method: null,
      approvedAt: null,
      balanceAmount: 11_000,
      vat: 1_000,
    });
    expect(payment.requestedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00$/);
    const { location } = toss.approve(payment.paymentKey);
    expect(Object.fromEntries(new URL(location).searchParams)).toEqual({
      paymentType: 'NORMAL',
      orderId: payment.orderId,
      paymentKey: payment.paymentKey,
      amount: '11000',
    });
    expect((await call(`/v1/payments/${payment.paymentKey}`)).json.status).toBe('IN_PROGRESS');
    const { json } = await confirm(payment);
    expect(json).toMatchObject({ status: 'DONE', method: '카드', card: { amount: 11_000 }, failure: null });
    expect((await call(`/v1/payments/orders/${payment.orderId}`)).json).toEqual(json);
  });

  test('confirmation needs the buyer, the right sum and ten minutes', async () => {
    const payment = await opened();
    expect(await confirm(payment)).toMatchObject({
      status: 404,
      json: { code: 'NOT_FOUND_PAYMENT_SESSION' },
    });
    toss.approve(payment.paymentKey);
    expect(await confirm({ ...payment, totalAmount: 1 })).toMatchObject({
      status: 403,
      json: { code: 'FORBIDDEN_REQUEST' },
    });
    expect(await confirm({ ...payment, orderId: 'order-x' })).toMatchObject({
      json: { code: 'FORBIDDEN_REQUEST' },
    });
    toss.advance(10 * MINUTE);
    expect(await confirm(payment)).toMatchObject({
      status: 404,
      json: { code: 'NOT_FOUND_PAYMENT_SESSION' },
    });
    expect((await call(`/v1/payments/${payment.paymentKey}`)).json).toMatchObject({
      status: 'EXPIRED',
      method: null,
      failure: { code: 'EXPIRED_PAYMENT' },
    });
    const done = await paid();
    expect(await confirm(done)).toMatchObject({ status: 400, json: { code: 'ALREADY_PROCESSED_PAYMENT' } });
  });

  test('a refused confirmation aborts it', async () => {
    const payment = await opened();
    toss.approve(payment.paymentKey);
    const refused = await confirm(payment, { 'tosspayments-test-code': 'REJECT_CARD_PAYMENT' });
    expect(refused).toMatchObject({ status: 403, json: { code: 'REJECT_CARD_PAYMENT' } });
    expect((await call(`/v1/payments/${payment.paymentKey}`)).json).toMatchObject({ status: 'ABORTED' });
  });

  test('a window nobody used expires after half an hour', async () => {
    const payment = await opened();
    toss.advance(30 * MINUTE - 1_000);
    expect(toss.payments()[0]?.status).toBe('READY');
    toss.advance(1_000);
    expect(toss.payments()[0]?.status).toBe('EXPIRED');
    toss.approve(payment.paymentKey);
    expect(toss.payments()[0]?.status).toBe('EXPIRED');
  });

  test('cancelling and being refused lead back without an end of the payment', async () => {
    const { paymentKey, orderId } = await opened();
    const refused = new URL(toss.refuse(paymentKey).location);
    expect([refused.pathname, refused.searchParams.get('code'), refused.searchParams.get('orderId')]).toEqual(
      ['/failed/1', 'REJECT_CARD_COMPANY', orderId],
    );
    const canceled = new URL(toss.cancel(paymentKey).location);
    expect([canceled.searchParams.get('code'), canceled.searchParams.has('orderId')]).toEqual([
      'PAY_PROCESS_CANCELED',
      false,
    ]);
    expect(toss.payments()[0]?.status).toBe('READY');
  });
});

describe('what is refused', () => {
  test.each([
    ['INVALID_REQUEST', { method: '수표' }],
    ['INVALID_REQUEST', { amount: 1.5 }],
    ['INVALID_REQUEST', { amount: '11000' }],
    ['INVALID_REQUEST', { orderId: 'short' }],
    ['INVALID_REQUEST', { orderId: 'with space' }],
    ['INVALID_REQUEST', { orderName: '러'.repeat(101) }],
    ['INVALID_REQUEST', { successUrl: '/return' }],
    ['INVALID_REQUEST', { currency: 'USD' }],
    ['INVALID_REQUEST', { metadata: { 'a[b]': 'c' } }],
    ['BELOW_MINIMUM_AMOUNT', { amount: 99 }],
    ['BELOW_MINIMUM_AMOUNT', { method: '가상계좌', amount: 199 }],
  ])('%s for %j', async (code, given) => {
    expect(await call('/v1/payments', opening(given))).toMatchObject({ status: 400, json: { code } });
  });

  test('a key without its colon, a wrong key, a used order id, an unknown path', async () => {
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    expect(await call('/v1/payments/x', undefined, basic(KEY))).toMatchObject({
      status: 403,
      json: { code: 'INCORRECT_BASIC_AUTH_FORMAT' },
    });
    expect(await call('/v1/payments/x', undefined, basic('no:'))).toMatchObject({
      status: 401,
      json: { code: 'UNAUTHORIZED_KEY' },
    });
    const { orderId } = await opened();
    expect(await call('/v1/payments', opening({ orderId }))).toMatchObject({
      json: { code: 'DUPLICATED_ORDER_ID' },
    });
    expect(await call('/v1/nothing')).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
  });

  test('messages are Korean unless English is asked for', async () => {
    const korean = await call('/v1/payments/x');
    const english = await call('/v1/payments/x', undefined, { 'accept-language': 'en-US' });
    expect([korean.json.message, english.json.message]).toEqual([
      '존재하지 않는 결제 정보입니다.',
      'There is no such payment.',
    ]);
  });
});

describe('an idempotency key', () => {
  const key = { 'idempotency-key': 'one' };

  test('repeats answers for 15 days, refusals too, whatever the body', async () => {
    const first = await call('/v1/payments', opening(), key);
    expect(await call('/v1/payments', opening({ amount: 500 }), key)).toEqual(first);
    const payment = first.json;
    const refusal = await confirm(payment, key);
    expect(refusal.json.code).toBe('NOT_FOUND_PAYMENT_SESSION');
    toss.approve(payment.paymentKey);
    expect(await confirm(payment, key)).toEqual(refusal);
    toss.advance(15 * DAY);
    expect((await call('/v1/payments', opening(), key)).json.orderId).not.toBe(payment.orderId);
    expect(await call('/v1/payments', opening(), { 'idempotency-key': 'x'.repeat(301) })).toMatchObject({
      status: 400,
      json: { code: 'INVALID_IDEMPOTENCY_KEY' },
    });
  });

  test('answers 409 while the first call runs', async () => {
    const payment = await opened();
    toss.approve(payment.paymentKey);
    toss.trouble({ kind: 'webhook-before-answer', times: 1 });
    const { reached, open } = desk.keepWaiting();
    const first = confirm(payment, key);
    await reached;
    expect(await confirm(payment, key)).toMatchObject({
      status: 409,
      json: { code: 'IDEMPOTENT_REQUEST_PROCESSING' },
    });
    open();
    expect(await first).toMatchObject({ status: 200, json: { status: 'DONE' } });
    expect(await confirm(payment, key)).toEqual(await first);
  });
});

describe('cancellation', () => {
  const cancel = (paymentKey: string, body: object = {}) =>
    call(`/v1/payments/${paymentKey}/cancel`, { cancelReason: 'changed my mind', ...body });

  test('whole, and not twice', async () => {
    const { paymentKey } = await paid();
    expect((await cancel(paymentKey)).json).toMatchObject({ status: 'CANCELED', balanceAmount: 0 });
    expect(await cancel(paymentKey)).toMatchObject({
      status: 400,
      json: { code: 'ALREADY_CANCELED_PAYMENT' },
    });
  });

  test('in parts stays partial to the end', async () => {
    const { paymentKey } = await paid();
    const lock = { cancelAmount: 1_000, refundableAmount: 10_000 };
    expect(await cancel(paymentKey, lock)).toMatchObject({ json: { code: 'NOT_MATCHES_REFUNDABLE_AMOUNT' } });
    const part = await cancel(paymentKey, { ...lock, refundableAmount: 11_000 });
    expect(part.json).toMatchObject({ status: 'PARTIAL_CANCELED', balanceAmount: 10_000 });
    expect((await cancel(paymentKey, { cancelAmount: 10_001 })).json.code).toBe('NOT_CANCELABLE_AMOUNT');
    const rest = await cancel(paymentKey);
    expect(rest.json).toMatchObject({ status: 'PARTIAL_CANCELED', balanceAmount: 0 });
    expect(rest.json.cancels?.map(({ cancelAmount }) => cancelAmount)).toEqual([1_000, 10_000]);
    expect(await cancel(paymentKey)).toMatchObject({ status: 403, json: { code: 'NOT_CANCELABLE_AMOUNT' } });
    const day = (offset: number) =>
      new Date(Date.now() + 9 * 60 * MINUTE + offset).toISOString().slice(0, 19);
    const { json } = await call(`/v1/transactions?startDate=${day(-DAY)}&endDate=${day(DAY)}`);
    expect(json).toMatchObject([{ amount: 11_000 }, { amount: -1_000 }, { amount: -10_000 }]);
  });

  test('of a virtual account: whole before the deposit, with an account after it', async () => {
    const waiting = await paid({ method: '가상계좌' });
    expect(waiting).toMatchObject({
      status: 'WAITING_FOR_DEPOSIT',
      secret: expect.stringMatching(/^ps_/) as string,
    });
    expect((await cancel(waiting.paymentKey, { cancelAmount: 1 })).json.code).toBe(
      'NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT',
    );
    expect((await cancel(waiting.paymentKey)).json.status).toBe('CANCELED');
    const done = await paid({ method: '가상계좌' });
    await toss.deposit(done.paymentKey);
    expect((await cancel(done.paymentKey)).json.code).toBe('INVALID_REFUND_ACCOUNT_INFO');
    const refundReceiveAccount = { bank: '88', accountNumber: '1', holderName: '김' };
    expect((await cancel(done.paymentKey, { refundReceiveAccount })).json.status).toBe('CANCELED');
    const late = await paid({ method: '가상계좌' });
    toss.advance(8 * DAY);
    expect((await call(`/v1/payments/${late.paymentKey}`)).json).toMatchObject({
      status: 'WAITING_FOR_DEPOSIT',
      virtualAccount: { expired: true },
    });
  });
});

describe('webhooks', () => {
  test('tell of the end of a payment, unsigned, with one id for all tries', async () => {
    desk.answerWith(count => (count === 1 ? 500 : 200));
    const { paymentKey } = await paid();
    await toss.idle();
    expect(desk.bodies()).toMatchObject(
      Array(2).fill({ eventType: 'PAYMENT_STATUS_CHANGED', data: { paymentKey, status: 'DONE' } }),
    );
    expect(desk.bodies()[0]?.['createdAt']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
    const [one, two] = desk.received.map(({ headers }) => headers);
    expect(one?.['tosspayments-webhook-transmission-id']).toBe(two?.['tosspayments-webhook-transmission-id']);
    expect([one, two].map(headers => headers?.['tosspayments-webhook-transmission-retried-count'])).toEqual([
      '0',
      '1',
    ]);
    expect(Object.keys(one ?? {}).filter(name => name.includes('signature'))).toEqual([]);
  });

  test('tell of a deposit twice, once of them flat', async () => {
    const { paymentKey, secret, orderId } = await paid({ method: '가상계좌' });
    await toss.idle();
    expect(desk.received).toEqual([]);
    await toss.deposit(paymentKey);
    await toss.loseDeposit(paymentKey);
    await toss.idle();
    const flat = desk.bodies().filter(body => !('eventType' in body));
    expect(flat).toMatchObject([
      { status: 'DONE', secret, orderId },
      { status: 'WAITING_FOR_DEPOSIT', secret, orderId },
    ]);
    expect(desk.received).toHaveLength(3);
  });

  test('tell of expiry, and of a confirmation before it has answered', async () => {
    await opened();
    toss.advance(30 * MINUTE);
    await toss.idle();
    expect(desk.bodies()).toMatchObject([{ data: { status: 'EXPIRED' } }]);
    const payment = await opened();
    toss.approve(payment.paymentKey);
    toss.trouble({ kind: 'webhook-before-answer', times: 1 });
    await confirm(payment);
    expect(desk.bodies()).toHaveLength(2);
  });
});
