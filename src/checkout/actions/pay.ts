import { findOrder } from '../../orders/index.js';
import {
  findPayment,
  isTooSmall,
  recordStart,
  type Evidence,
  type Gateways,
  type Payment,
} from '../../payments/index.js';
import type { Db } from '../../platform/db.js';
import { log } from '../../platform/log.js';
import { attemptOf } from '../gateways.js';
import { NOT_OPENED, settlePayment, type Settled } from './settle.js';

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
      actor: payment.provider,
      now,
    });
  }
  return { ok: false, reason: isTooSmall(started.code) ? 'too-small' : started.reason };
}

/** How to ask a gateway: look, take what waits for our word, end it, or end it because the buyer turned back (`code`). */
type Question =
  | { how: 'ask' }
  | { how: 'complete'; query: Readonly<Record<string, unknown>> }
  | { how: 'close' }
  | { how: 'give-up'; code: string };

/** Asks the provider about a payment (outside any transaction) and settles what it says. */
export async function askAndSettle(
  { db, gateways, baseUrl }: PayDeps,
  {
    payment,
    question,
    event,
    actor,
    now,
  }: {
    payment: Payment;
    question: Question;
    event?: { eventId: string; type: string };
    actor: string;
    now: Date;
  },
): Promise<{ evidence: Evidence; settled: Settled }> {
  const order = await findOrder(db, { orderId: payment.orderId });
  const gateway = gateways[payment.provider];
  let evidence: Evidence = { state: 'unknown', code: 'no-gateway-of-its-mode' };
  if (order && gateway?.live === payment.live) {
    const attempt = await attemptOf(db, { payment, order, baseUrl });
    if (question.how === 'ask') evidence = await gateway.ask(attempt);
    else if (question.how === 'complete') evidence = await gateway.complete(attempt, question.query);
    else evidence = await gateway.close(attempt);
    if (question.how === 'give-up' && evidence.state === 'expired')
      evidence = { state: 'failed', code: question.code };
  }
  if (evidence.state === 'unknown')
    log.warn('payment provider gave no answer', { payment: payment.id, code: evidence.code });
  const settled = await settlePayment(db, {
    paymentId: payment.id,
    evidence,
    actor,
    now,
    returned: question.how === 'complete',
    ...(event ? { event } : {}),
  });
  return { evidence, settled };
}
