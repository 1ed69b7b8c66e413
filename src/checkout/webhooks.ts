import express, { Router, type RequestHandler } from 'express';
import { findPaymentAtProvider, type Provider } from '../payments/index.js';
import { log } from '../platform/log.js';
import type { RateLimit } from '../web/index.js';
import { askAndSettle, type PayDeps } from './actions/pay.js';

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
      const { reference, providerId, eventId, type } = read;
      const payment =
        reference || providerId ? await findPaymentAtProvider(db, { provider, reference, providerId }) : null;
      if (!payment) {
        // Another installation's, or of no interest: saying 200 stops the repetitions.
        log.info('webhook without a payment of ours', { provider, type: type.slice(0, 60) });
        return void res.status(200).type('text').send('ok');
      }
      // Each delivery costs a question to the provider, and Toss deliveries are unsigned.
      await limit.count(`payment:${payment.id}`);
      const { evidence } = await askAndSettle(deps, {
        payment,
        question: { how: 'ask' },
        event: { eventId, type },
        actor: 'webhook',
        now: now(),
      });
      res
        .status(evidence.state === 'unknown' ? 503 : 200)
        .type('text')
        .send(evidence.state === 'unknown' ? 'again' : 'ok');
    };

  const router = Router();
  const raw = express.raw({ type: () => true, limit: '1mb' });
  router.post('/webhooks/stripe', raw, receive('stripe'));
  router.post('/webhooks/toss', raw, receive('toss'));
  return router;
}
