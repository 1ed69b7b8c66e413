import { Router } from 'express';
import { orderHandlers, type OrderDeps } from './controller.js';
import { receiptHandler } from './receipt.js';
import { refundAccountHandlers, type RefundAccountDeps } from './refund-account.js';
import { trackHandlers, type TrackDeps } from './track.js';

/** Below `/:locale`. Paying again and canceling belong to checkout, which knows the providers. */
export function orderRoutes(deps: OrderDeps & TrackDeps & RefundAccountDeps): Router {
  const router = Router();
  const { show, findForm, find } = orderHandlers(deps);
  router.get('/orders/find', findForm);
  router.post('/orders/find', find);
  router.get('/orders/:number', show);
  router.get('/orders/:number/receipt', receiptHandler(deps));
  const { accountForm, giveAccount } = refundAccountHandlers(deps);
  router.get('/orders/:number/refund-account', accountForm);
  router.post('/orders/:number/refund-account', giveAccount);
  const { trackForm, track } = trackHandlers(deps);
  router.get('/track', trackForm);
  router.get('/track/:trackingNumber', track);
  return router;
}
