import { createHash, timingSafeEqual } from 'node:crypto';
import express, { Router, type RequestHandler } from 'express';
import {
  enqueueReview,
  findDepositSecret,
  findPaymentAtProvider,
  findPaymentByTransaction,
  recordGatewayEvent,
  type Gateway,
  type Payment,
  type Provider,
  type Webhook,
} from '../payments/index.js';
import { inTransaction, type Db } from '../platform/db.js';
import { log } from '../platform/log.js';
import type { RateLimit } from '../web/index.js';
import { askAndSettle, type PayDeps } from './actions/pay.js';

type Delivery = Extract<Webhook, { ok: true }>;

/** The attempt a delivery speaks of, however it names it. @throws when only the provider knows, and does not answer. */
async function findPayment({ db }: PayDeps, gateway: Gateway, delivery: Delivery): Promise<Payment | null> {
  const { provider } = gateway;
  const { reference, providerId, transactionId } = delivery;
  if (reference || providerId) return await findPaymentAtProvider(db, { provider, reference, providerId });
  if (!transactionId) return null;
  const known = await findPaymentByTransaction(db, { provider, transactionId });
  // Not yet, when the news that it was paid was lost or is slower than this.
  const named = known ? null : ((await gateway.referenceOf?.(transactionId)) ?? null);
  return named ? await findPaymentAtProvider(db, { provider, reference: named, providerId: null }) : known;
}

/** Keeps the delivery and has the payment reviewed by a job: whatever fails there is tried again, however Stripe behaves. */
async function noteAftermath(
  db: Db,
  payment: Payment,
  event: { eventId: string; type: string },
): Promise<void> {
  await inTransaction(db, async tx => {
    const { id: paymentId, provider } = payment;
    if (await recordGatewayEvent(tx, { ...event, provider, paymentId }))
      await enqueueReview(tx, { paymentId });
  });
}
/** In constant time, whatever the lengths. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Webhooks: mounted before sessions and form parsers, for they need the untouched bytes. A delivery only makes us ask
 * the provider; 200 is said after the answer is settled, anything else makes the provider send it again.
 */
export function webhookRoutes(deps: PayDeps & { limit: RateLimit; now: () => Date }): Router {
  const { db, gateways, limit, now } = deps;

  const receive =
    (provider: Provider): RequestHandler =>
    async (req, res) => {
      const gateway = gateways[provider];
      if (!gateway) return void res.status(404).type('text').send('not in use');
      const body: unknown = req.body;
      const read = gateway.readWebhook(Buffer.isBuffer(body) ? body : Buffer.alloc(0), req.headers);
      if (!read.ok) {
        await limit.count(`ip:${req.ip}`);
        return void res.status(400).type('text').send('not understood');
      }
      const { eventId, type } = read;
      const payment = await findPayment(deps, gateway, read);
      if (!payment) {
        // Another installation's, or of no interest: saying 200 stops the repetitions.
        log.info('webhook without a payment of ours', { provider, type: type.slice(0, 60) });
        if (read.signed)
          await inTransaction(db, tx => recordGatewayEvent(tx, { provider, eventId, type, paymentId: null }));
        return void res.status(200).type('text').send('ok');
      }
      if (read.depositSecret !== undefined) {
        const secret = await findDepositSecret(db, { paymentId: payment.id });
        // Without one (the answer that told it was lost) the delivery is a hint like any other, and proves nothing either.
        if (secret !== null && !isSame(secret, read.depositSecret ?? '')) {
          log.warn('deposit callback with a wrong secret', { payment: payment.id });
          await limit.count(`ip:${req.ip}`);
          return void res.status(400).type('text').send('not understood');
        }
      }
      // Each delivery costs a question to the provider, and Toss deliveries are unsigned.
      await limit.count(`payment:${payment.id}`);
      if (read.about === 'aftermath') {
        await noteAftermath(db, payment, { eventId, type });
        return void res.status(200).type('text').send('ok');
      }
      const { evidence, settled } = await askAndSettle(deps, {
        payment,
        question: { how: 'ask' },
        event: { eventId, type },
        actor: 'webhook',
        now: now(),
      });
      const unsure = evidence.state === 'unknown' || settled === 'stale';
      res
        .status(unsure ? 503 : 200)
        .type('text')
        .send(unsure ? 'again' : 'ok');
    };

  const router = Router();
  const raw = express.raw({ type: () => true, limit: '1mb' });
  router.post('/webhooks/stripe', raw, receive('stripe'));
  router.post('/webhooks/toss', raw, receive('toss'));
  return router;
}
