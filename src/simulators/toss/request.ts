import type { Opening } from './state.js';
import { TossFault } from './fault.js';
import type { TossMethod } from './payment-object.js';
import type { CancelRequest } from './refund.js';

export type Body = Record<string, unknown>;

/** A JSON object; an empty body is an empty one. */
export function readBody(raw: string): Body {
  if (raw === '') return {};
  try {
    const json: unknown = JSON.parse(raw);
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Body;
  } catch {
    // Not JSON is as wrong as JSON of another kind.
  }
  throw new TossFault('INVALID_REQUEST');
}

/** English names are taken as well; the object always shows the Korean ones. */
const METHODS: Record<string, TossMethod> = {
  CARD: '카드',
  카드: '카드',
  VIRTUAL_ACCOUNT: '가상계좌',
  가상계좌: '가상계좌',
  TRANSFER: '계좌이체',
  계좌이체: '계좌이체',
  MOBILE_PHONE: '휴대폰',
  휴대폰: '휴대폰',
  CULTURE_GIFT_CERTIFICATE: '문화상품권',
  문화상품권: '문화상품권',
  BOOK_GIFT_CERTIFICATE: '도서문화상품권',
  도서문화상품권: '도서문화상품권',
  GAME_GIFT_CERTIFICATE: '게임문화상품권',
  게임문화상품권: '게임문화상품권',
};
const MINIMUM: Partial<Record<TossMethod, number>> = { 카드: 100, 가상계좌: 200, 계좌이체: 200 };
const HOUR = 3_600_000;

/** @throws TossFault for everything Toss checks of a create call. */
export function readOpening(body: Body, language: string | null): Opening {
  const method = METHODS[text(body, 'method', 20)];
  if (method === undefined) throw new TossFault('INVALID_REQUEST');
  if (body['currency'] !== undefined && body['currency'] !== 'KRW') throw new TossFault('INVALID_REQUEST');
  const orderId = text(body, 'orderId', 64);
  if (!/^[A-Za-z0-9_=-]{6,64}$/.test(orderId)) throw new TossFault('INVALID_REQUEST');
  const amount = whole(body, 'amount');
  if (amount === null || amount <= 0) throw new TossFault('INVALID_REQUEST');
  if (amount < (MINIMUM[method] ?? 0)) throw new TossFault('BELOW_MINIMUM_AMOUNT');
  if (body['customerEmail'] !== undefined) text(body, 'customerEmail', 100);
  return {
    orderId,
    orderName: text(body, 'orderName', 100),
    amount,
    taxFreeAmount: whole(body, 'taxFreeAmount') ?? 0,
    method,
    customerName: body['customerName'] === undefined ? '' : text(body, 'customerName', 100),
    depositMs: validHours(body) * HOUR,
    successUrl: url(body, 'successUrl'),
    failUrl: url(body, 'failUrl'),
    language,
    metadata: metadata(body),
  };
}

/** How long an account waits; `dueDate`, the other way to say it, is not used by a shop that counts hours. */
function validHours(body: Body): number {
  const hours = whole(body, 'validHours') ?? 168;
  if (hours < 1 || hours > 2160 || body['dueDate'] !== undefined) throw new TossFault('INVALID_REQUEST');
  return hours;
}

export function readConfirm(body: Body): { paymentKey: string; orderId: string; amount: number } {
  const amount = whole(body, 'amount');
  if (amount === null) throw new TossFault('INVALID_REQUEST');
  return { paymentKey: text(body, 'paymentKey', 200), orderId: text(body, 'orderId', 64), amount };
}

export function readCancel(body: Body): CancelRequest {
  const account = body['refundReceiveAccount'];
  return {
    cancelReason: text(body, 'cancelReason', 200),
    cancelAmount: whole(body, 'cancelAmount'),
    refundableAmount: whole(body, 'refundableAmount'),
    refundReceiveAccount:
      typeof account === 'object' && account !== null
        ? (account as CancelRequest['refundReceiveAccount'])
        : null,
  };
}

function text(body: Body, name: string, limit: number): string {
  const value = body[name];
  // Counted as people count: a Korean letter is one.
  if (typeof value !== 'string' || value === '' || [...value].length > limit)
    throw new TossFault('INVALID_REQUEST');
  return value;
}

function whole(body: Body, name: string): number | null {
  const value = body[name];
  if (value === undefined || value === null) return null;
  if (!Number.isSafeInteger(value)) throw new TossFault('INVALID_REQUEST');
  return value as number;
}

function url(body: Body, name: string): string {
  const value = text(body, name, 2000);
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) throw new TossFault('INVALID_REQUEST');
  return value;
}

function metadata(body: Body): Record<string, string> | null {
  const value = body['metadata'];
  if (value === undefined || value === null) return null;
  const entries = Object.entries(value);
  const fits = ([key, entry]: [string, unknown]) =>
    /^[^[\]]{1,40}$/.test(key) && typeof entry === 'string' && entry.length <= 2000;
  if (typeof value !== 'object' || entries.length > 5 || !entries.every(fits))
    throw new TossFault('INVALID_REQUEST');
  return Object.fromEntries(entries);
}
