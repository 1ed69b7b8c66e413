import { z } from 'zod';
import { tossMeaning, type TossMeaning } from './toss-errors.js';

/** The part of Toss's Payment object the store acts on. Toss adds fields and values without notice: the rest passes. */
const paymentShape = z.object({
  paymentKey: z.string().min(1).max(200),
  orderId: z.string().min(1),
  status: z.string(),
  currency: z.string(),
  totalAmount: z.number(),
  lastTransactionKey: z.string().nullish(),
  checkout: z.object({ url: z.string() }).nullish(),
  failure: z.object({ code: z.string() }).nullish(),
  approvedAt: z.string().nullish(),
  secret: z.string().max(100).nullish(),
  virtualAccount: z
    .object({
      accountNumber: z.string().max(40),
      bankCode: z.string().max(20),
      customerName: z.string().nullish(),
      dueDate: z.string(),
      expired: z.boolean().nullish(),
    })
    .nullish(),
  balanceAmount: z.number().nullish(),
  cancels: z
    .array(
      z.object({
        cancelAmount: z.number(),
        cancelReason: z.string(),
        transactionKey: z.string(),
        canceledAt: z.string().nullish(),
        cancelStatus: z.string().nullish(),
      }),
    )
    .nullish(),
});

const transactionShape = z.object({
  transactionKey: z.string(),
  paymentKey: z.string(),
  orderId: z.string(),
  status: z.string(),
  transactionAt: z.string(),
  currency: z.string(),
  amount: z.number(),
});

const errorShape = z.object({ code: z.string().regex(/^[A-Z0-9_]{1,80}$/) });

export type TossPayment = z.infer<typeof paymentShape>;

/** `code` is Toss's, or a word of ours in lower case when there was no readable answer. */
type TossRefusal = { ok: false; meaning: TossMeaning; code: string };
export type TossAnswer = { ok: true; payment: TossPayment } | TossRefusal;
export type TossList = { ok: true; transactions: z.infer<typeof transactionShape>[] } | TossRefusal;

/** What is sent to open a payment window; names as Toss spells them. */
export interface TossOpening {
  method: string;
  amount: number;
  currency: 'KRW';
  orderId: string;
  orderName: string;
  successUrl: string;
  failUrl: string;
  customerEmail?: string;
  customerName?: string;
  /** Of a virtual account: how long it waits for its deposit. */
  validHours?: number;
}

export interface TossCancellation {
  cancelReason: string;
  /** Absent: everything that is left, as it must be before a deposit. */
  cancelAmount?: number;
  refundableAmount?: number;
  /** Bank, number and holder; for paid virtual accounts only. */
  refundReceiveAccount?: { bank: string; accountNumber: string; holderName: string };
}

export interface TossApi {
  open(body: TossOpening, options: { idempotencyKey: string; language: string }): Promise<TossAnswer>;
  findByKey(paymentKey: string): Promise<TossAnswer>;
  findByOrder(orderId: string): Promise<TossAnswer>;
  /** Takes the money. May need a minute. */
  confirm(
    body: { paymentKey: string; orderId: string; amount: number },
    options: { idempotencyKey: string },
  ): Promise<TossAnswer>;
  /** Gives money back. May need a minute. */
  cancel(
    paymentKey: string,
    body: TossCancellation,
    options: { idempotencyKey: string },
  ): Promise<TossAnswer>;
  /** One page of what moved money, oldest first. Dates are Korean time without an offset. */
  listTransactions(query: {
    startDate: string;
    endDate: string;
    limit: number;
    startingAfter?: string;
  }): Promise<TossList>;
}

/**
 * The few calls to Toss the store makes. None throws: a broken connection, a timeout and an answer that is not whole
 * or not a Payment all come back as `unknown`, since each may hide a call that worked.
 */
export function createTossApi(config: {
  secretKey: string;
  origin: string;
  /** For confirming; a card company may take up to a minute. */
  timeoutMs: number;
  /** For all other calls: a buyer waits in front of them. */
  quickTimeoutMs: number;
}): TossApi {
  // The colon stands for the empty password. Without it Toss answers 403.
  const authorization = `Basic ${Buffer.from(`${config.secretKey}:`).toString('base64')}`;

  interface Post {
    body: object;
    idempotencyKey: string;
    language?: string;
  }

  const call = (path: string, timeoutMs: number, post?: Post): Promise<TossAnswer> =>
    exchange(path, timeoutMs, readPayment, post);

  async function exchange<Good>(
    path: string,
    timeoutMs: number,
    good: (json: unknown) => Good | null,
    post?: Post,
  ): Promise<Good | TossRefusal> {
    try {
      const response = await fetch(config.origin + path, {
        method: post ? 'POST' : 'GET',
        headers: {
          authorization,
          ...(post ? { 'content-type': 'application/json', 'idempotency-key': post.idempotencyKey } : {}),
          ...(post?.language ? { 'accept-language': post.language } : {}),
        },
        ...(post ? { body: JSON.stringify(post.body) } : {}),
        // An API does not redirect; whatever does is not the API, and must not be shown the key.
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      return read(response.status, await response.text(), good);
    } catch (error) {
      const timedOut = error instanceof Error && error.name === 'TimeoutError';
      return { ok: false, meaning: 'unknown', code: timedOut ? 'timeout' : 'connection' };
    }
  }

  const { timeoutMs, quickTimeoutMs } = config;
  return {
    open: (body, { idempotencyKey, language }) =>
      call('/v1/payments', quickTimeoutMs, { body, idempotencyKey, language }),
    findByKey: paymentKey => call(`/v1/payments/${encodeURIComponent(paymentKey)}`, quickTimeoutMs),
    findByOrder: orderId => call(`/v1/payments/orders/${encodeURIComponent(orderId)}`, quickTimeoutMs),
    confirm: (body, { idempotencyKey }) => call('/v1/payments/confirm', timeoutMs, { body, idempotencyKey }),
    cancel: (paymentKey, body, { idempotencyKey }) =>
      call(`/v1/payments/${encodeURIComponent(paymentKey)}/cancel`, timeoutMs, { body, idempotencyKey }),
    listTransactions: ({ limit, ...query }) =>
      exchange(
        `/v1/transactions?${new URLSearchParams({ ...query, limit: String(limit) }).toString()}`,
        quickTimeoutMs,
        readList,
      ),
  };
}

function readPayment(json: unknown): { ok: true; payment: TossPayment } | null {
  const payment = paymentShape.safeParse(json);
  return payment.success ? { ok: true, payment: payment.data } : null;
}

function readList(json: unknown): Extract<TossList, { ok: true }> | null {
  const list = z.array(transactionShape).safeParse(json);
  return list.success ? { ok: true, transactions: list.data } : null;
}

function read<Good>(status: number, text: string, good: (json: unknown) => Good | null): Good | TossRefusal {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, meaning: 'unknown', code: 'unreadable' };
  }
  if (status >= 200 && status < 300) {
    return good(json) ?? { ok: false, meaning: 'unknown', code: 'unreadable' };
  }
  const failure = errorShape.safeParse(json);
  // A proxy's or a maintenance page's error is not Toss's word on the payment, whatever its status.
  if (!failure.success) return { ok: false, meaning: 'unknown', code: `http_${status}` };
  return { ok: false, meaning: tossMeaning(failure.data.code, status), code: failure.data.code };
}
