import { findOrder } from '../../orders/index.js';
import {
  findPayment,
  isTooSmall,
  recordConfirming,
  recordStart,
  type Attempt,
  type Evidence,
  type Gateway,
  type Gateways,
  type Payment,
} from '../../payments/index.js';
import type { Db } from '../../platform/db.js';
import { log } from '../../platform/log.js';
import { attemptOf } from '../gateways.js';
import { NOT_OPENED, settlePayment } from './settle.js';
import type { Settled } from './settled.js';

export interface PayDeps {
  db: Db;
  gateways: Gateways;
  baseUrl: string;
}

export type StartOutcome =
  | { ok: true; redirectUrl: string }
  /** `too-small`: less than the provider takes, whichever way it is tried. */
  | { ok: false; reason: 'unavailable' | 'refused' | 'too-small' };

/** Opens the provider's page for a payment, outside any transaction. Safe to repeat: the same payment, the same page. */
export async function startPayment(
  { db, gateways, baseUrl }: PayDeps,
  { paymentId, now }: { paymentId: number; now: Date },
): Promise<StartOutcome> {
  const payment = await findPayment(db, { paymentId });
  const order = payment && (await findOrder(db, { orderId: payment.orderId }));
  const gateway = payment && gateways[payment.provider];
  // Keys of the other mode would open a page for real money over a payment of the test mode, or the reverse.
  if (!order || !gateway || gateway.live !== payment.live) return { ok: false, reason: 'unavailable' };
  const started = await gateway.start(await attemptOf(db, { payment, order, baseUrl }));
  if (started.ok) {
    await recordStart(db, { paymentId, providerId: started.providerId, redirectUrl: started.redirectUrl });
    return { ok: true, redirectUrl: started.redirectUrl };
  }
  log.warn('payment page not opened', { payment: paymentId, reason: started.reason, code: started.code });
  if (started.reason === 'refused') {
    await settlePayment(db, {
      paymentId,
      evidence: { state: 'failed', code: `${NOT_OPENED}${started.code}` },
      seen: payment.state,
      actor: payment.provider,
      now,
    });
  }
  return { ok: false, reason: isTooSmall(started.code) ? 'too-small' : started.reason };
}

/**
 * What a payment's provider says of it now, with nothing done about it. `providerId`: how the provider names it, where our
 * row has lost that. Called outside transactions.
 */
export async function askProvider(
  { db, gateways, baseUrl }: PayDeps,
  { payment, providerId = payment.providerId }: { payment: Payment; providerId?: string | null },
): Promise<Evidence> {
  const order = await findOrder(db, { orderId: payment.orderId });
  const gateway = gateways[payment.provider];
  if (!order || gateway?.live !== payment.live) return { state: 'unknown', code: 'no-gateway-of-its-mode' };
  return await gateway.ask({ ...(await attemptOf(db, { payment, order, baseUrl })), providerId });
}

/**
 * How to ask a gateway: look, take what waits for our word, say that word again after an unknown answer, end it, or end
 * it because the buyer turned back (`code`).
 */
type Question =
  | { how: 'ask' }
  | { how: 'complete'; query: Readonly<Record<string, unknown>> }
  | { how: 'resume' }
  | { how: 'close' }
  | { how: 'give-up'; code: string };

interface Ask {
  payment: Payment;
  question: Question;
  event?: { eventId: string; type: string };
  actor: string;
  /** As `SettleInput` has it. */
  reviewing?: boolean;
  now: Date;
}

interface Asked {
  evidence: Evidence;
  settled: Settled;
}

/** A payment that keeps moving while it is asked about is left for the next who looks. */
const ROUNDS = 3;

/**
 * Asks the provider about a payment (outside any transaction) and settles what it says; once more when the payment moved
 * in the meantime, for then the answer may be older than what is known.
 */
export async function askAndSettle(deps: PayDeps, ask: Ask): Promise<Asked> {
  let { payment } = ask;
  for (let round = 1; ; round += 1) {
    const asked = await askOnce(deps, { ...ask, payment });
    if (asked.settled !== 'stale' || round === ROUNDS) return asked;
    payment = (await findPayment(deps.db, { paymentId: payment.id })) ?? payment;
  }
}

async function askOnce(deps: PayDeps, ask: Ask): Promise<Asked> {
  const { db, gateways, baseUrl } = deps;
  const { payment, event, actor, reviewing = false, now } = ask;
  const settle = (evidence: Evidence) =>
    settlePayment(db, {
      paymentId: payment.id,
      evidence,
      seen: payment.state,
      actor,
      now,
      returned: ask.question.how === 'complete',
      reviewing,
      ...(event ? { event } : {}),
    });
  const order = await findOrder(db, { orderId: payment.orderId });
  const gateway = gateways[payment.provider];
  if (!order || gateway?.live !== payment.live) {
    const evidence = { state: 'unknown', code: 'no-gateway-of-its-mode' } as const;
    return { evidence, settled: await settle(evidence) };
  }
  const attempt = await attemptOf(db, { payment, order, baseUrl });
  const evidence = await put(deps, gateway, attempt, ask);
  if (evidence.state === 'failed' && evidence.alarm)
    log.error('payment provider refuses what we ask', { payment: payment.id, code: evidence.code });
  if (evidence.state === 'unknown')
    log.warn('payment provider gave no answer', { payment: payment.id, code: evidence.code });
  const settled = await settle(evidence);
  // An account was made for an attempt that had ended meanwhile: nobody may pay into it.
  if (evidence.state === 'pending' && settled === 'failed' && ask.question.how !== 'close')
    return await askOnce(deps, { payment, question: { how: 'close' }, actor, now });
  return { evidence, settled };
}

async function put(
  { db }: PayDeps,
  gateway: Gateway,
  attempt: Attempt,
  { payment, question, now }: Ask,
): Promise<Evidence> {
  switch (question.how) {
    case 'ask':
      return await gateway.ask(attempt);
    case 'complete':
      if (gateway.wouldConfirm?.(attempt, question.query))
        await recordConfirming(db, { paymentId: payment.id, now });
      return await gateway.complete(attempt, question.query);
    case 'resume':
      return await (gateway.resume ?? gateway.ask)(attempt);
    case 'close':
      return await gateway.close(attempt);
    case 'give-up': {
      const evidence = await gateway.close(attempt);
      return evidence.state === 'expired' ? { state: 'failed', code: question.code } : evidence;
    }
  }
}
