import { setTimeout as pause } from 'node:timers/promises';
import type { Attempt, Evidence, Gateway, StartResult } from './gateway.js';
import { createTossApi, type TossAnswer, type TossPayment } from './toss-api.js';
import { evidenceOf, failed } from './toss-evidence.js';
import { opening } from './toss-opening.js';
import { listAtToss } from './toss-records.js';
import { aftermathAtToss, refundAtToss } from './toss-refunds.js';
import { readTossWebhook } from './toss-webhook.js';

export interface TossConfig {
  secretKey: string;
  apiOrigin?: string;
  /** Where payment windows may live; a start whose window is elsewhere is refused. */
  redirectOrigins?: readonly string[];
  /** The longest a confirmation may take. Toss asks for at least a minute; the other calls get at most a third. */
  timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 65_000;
const QUICK_TIMEOUT_MS = 20_000;
/** How often a confirmation without an answer is followed by a question and, if still needed, the same again. */
const CONFIRM_ROUNDS = 3;
const PAUSE_MS = 250;

/**
 * Toss Payments with its hosted window, for sums in won. The attempt's reference is Toss's `orderId`; the money moves
 * only when `complete` confirms, and only for the amount of the attempt.
 */
export function createTossGateway(config: TossConfig): Gateway {
  const origin = config.apiOrigin ?? 'https://api.tosspayments.com';
  const redirectOrigins = config.redirectOrigins ?? [origin];
  const live = config.secretKey.startsWith('live_');
  const timeoutMs = config.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const quickTimeoutMs = Math.min(timeoutMs, QUICK_TIMEOUT_MS);
  const api = createTossApi({ secretKey: config.secretKey, origin, timeoutMs, quickTimeoutMs });

  async function start(attempt: Attempt): Promise<StartResult> {
    if (attempt.amount.currency !== 'KRW') return { ok: false, reason: 'refused', code: 'currency' };
    const options = { idempotencyKey: `start-${attempt.reference}`, language: languageOf(attempt) };
    const answer = await api.open(opening(attempt, attempt.amount.amount), options);
    if (answer.ok) return opened(attempt, answer.payment);
    // Our key was forgotten, or the first answer was lost before it could be kept: the window exists.
    if (answer.code === 'DUPLICATED_ORDER_ID') {
      const existing = await api.findByOrder(attempt.reference);
      if (existing.ok && existing.payment.status === 'READY') return opened(attempt, existing.payment);
    }
    return { ok: false, reason: answer.meaning === 'unknown' ? 'unavailable' : 'refused', code: answer.code };
  }

  function opened(attempt: Attempt, payment: TossPayment): StartResult {
    const url = payment.checkout?.url;
    if (!url || payment.orderId !== attempt.reference) {
      return { ok: false, reason: 'unavailable', code: 'unreadable' };
    }
    if (!URL.canParse(url) || !redirectOrigins.includes(new URL(url).origin)) {
      return { ok: false, reason: 'refused', code: 'redirect_origin' };
    }
    return { ok: true, providerId: payment.paymentKey, redirectUrl: url };
  }

  const find = (attempt: Attempt): Promise<TossAnswer> =>
    attempt.providerId ? api.findByKey(attempt.providerId) : api.findByOrder(attempt.reference);

  const ask = async (attempt: Attempt) => evidenceOf(await find(attempt), live);

  async function complete(attempt: Attempt, query: Readonly<Record<string, unknown>>): Promise<Evidence> {
    const answer = await find(attempt);
    const found = evidenceOf(answer, live);
    if (!answer.ok || (found.state !== 'authorised' && found.state !== 'open')) return found;
    const { payment } = answer;
    // From here on nothing is charged yet, so a return that does not fit the attempt may end it. Had the money moved,
    // the lines above would have said so, whatever the query claims.
    const hint = readReturn(attempt, query, payment.paymentKey);
    if (hint === 'differs') return { state: 'failed', code: 'RETURN_MISMATCH' };
    if (!belongs(attempt, payment)) return { state: 'failed', code: 'PAYMENT_MISMATCH' };
    return hint === 'fits' && found.state === 'authorised' ? confirm(attempt, payment) : found;
  }

  async function confirm(attempt: Attempt, payment: TossPayment): Promise<Evidence> {
    const body = {
      paymentKey: payment.paymentKey,
      orderId: attempt.reference,
      // Ours, never the query's: this is the sum that is charged.
      amount: attempt.amount.amount,
    };
    const begun = performance.now();
    let code = '';
    for (let round = 0; round < CONFIRM_ROUNDS && performance.now() - begun < timeoutMs; round += 1) {
      // Another tab may be confirming at this moment; give it time to finish.
      if (round > 0) await pause(PAUSE_MS * 2 ** round);
      const answer = await api.confirm(body, { idempotencyKey: `confirm-${attempt.reference}` });
      // Done is done: the charge of another payment is told as what it is and settled as a mismatch.
      if (answer.ok || answer.meaning === 'session-gone' || answer.meaning === 'not-found') {
        return evidenceOf(answer, live);
      }
      if (answer.meaning === 'declined') return failed(answer.code);
      // Both "no usable answer" and "your request is wrong" may stand beside a payment that is done.
      code = answer.code;
      const found = evidenceOf(await api.findByKey(payment.paymentKey), live);
      if (found.state !== 'authorised' && found.state !== 'unknown') return found;
      if (answer.meaning !== 'unknown') return found.state === 'authorised' ? failed(code) : found;
    }
    return { state: 'unknown', code };
  }

  /** Says the word of confirmation again for an attempt whose buyer came back from the window. */
  async function resume(attempt: Attempt): Promise<Evidence> {
    const answer = await find(attempt);
    const found = evidenceOf(answer, live);
    if (!answer.ok || found.state !== 'authorised') return found;
    if (!belongs(attempt, answer.payment)) return { state: 'failed', code: 'PAYMENT_MISMATCH' };
    return await confirm(attempt, answer.payment);
  }

  /**
   * Toss has no call that closes a window, and needs none: without our confirmation nothing is charged, and the store
   * confirms no closed attempt. An account that waits for a deposit is canceled.
   */
  async function close(attempt: Attempt): Promise<Evidence> {
    const answer = await find(attempt);
    const found = evidenceOf(answer, live);
    if (found.state === 'open' || found.state === 'authorised') return { state: 'expired' };
    return answer.ok && found.state === 'pending' ? await closeAccount(attempt, answer.payment) : found;
  }

  async function closeAccount(attempt: Attempt, payment: TossPayment): Promise<Evidence> {
    const answer = await api.cancel(
      payment.paymentKey,
      { cancelReason: 'The order has ended' },
      // Toss repeats a refusal for 15 days: after another deposit was taken back it is another request.
      { idempotencyKey: `close-${attempt.reference}-${payment.lastTransactionKey ?? ''}` },
    );
    const now = answer.ok ? answer : await find(attempt);
    const found = evidenceOf(now, live);
    if (found.state === 'failed' && now.ok && now.payment.status === 'CANCELED') return { state: 'expired' };
    if (found.state !== 'pending') return found;
    // Not canceled, but nobody can pay into it any more either.
    const answered = !answer.ok && answer.meaning !== 'unknown';
    if (answered && now.ok && now.payment.virtualAccount?.expired) return { state: 'expired' };
    return { state: 'unknown', code: answer.ok ? 'not_closed' : answer.code };
  }

  return {
    provider: 'toss',
    redirectOrigins,
    live,
    start,
    ask,
    complete,
    wouldConfirm: (attempt, query) => readReturn(attempt, query, null) === 'fits',
    resume,
    close,
    refund: order => refundAtToss(api, order),
    aftermath: payment => aftermathAtToss(api, payment),
    list: period => listAtToss(api, { ...period, live }),
    readWebhook: readTossWebhook,
  };
}

const languageOf = (attempt: Attempt) => (attempt.locale === 'ko' ? 'ko-KR' : 'en-US');

/** Whether Toss's payment is the one this attempt opened, over the sum it asked for. */
function belongs(attempt: Attempt, payment: TossPayment): boolean {
  return (
    payment.orderId === attempt.reference &&
    (attempt.providerId === null || payment.paymentKey === attempt.providerId) &&
    payment.currency === attempt.amount.currency &&
    payment.totalAmount === attempt.amount.amount
  );
}

/**
 * Compares what the browser brought back with the attempt. `absent`: not (all) there, so the buyer did not come from
 * the window just now; no reason to fail the attempt, and none to charge it. `paymentKey` is Toss's own, for an attempt
 * that does not know it.
 */
function readReturn(
  attempt: Attempt,
  query: Readonly<Record<string, unknown>>,
  paymentKey: string | null,
): 'fits' | 'differs' | 'absent' {
  const fits = {
    orderId: (value: unknown) => value === attempt.reference,
    paymentKey: (value: unknown) => {
      const key = attempt.providerId ?? paymentKey;
      return key === null ? typeof value === 'string' : value === key;
    },
    amount: (value: unknown) => typeof value === 'string' && Number(value) === attempt.amount.amount,
  };
  const given = Object.entries(fits).filter(([name]) => query[name] !== undefined);
  if (given.some(([name, agrees]) => !agrees(query[name]))) return 'differs';
  return given.length === 3 ? 'fits' : 'absent';
}
