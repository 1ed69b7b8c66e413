import type { Router } from 'express';
import { createRoutes } from '../web/index.js';
import { orderHandlers, type OrderDeps } from './controller.js';
import { receiptHandler } from './receipt.js';
import { refundAccountHandlers, type RefundAccountDeps } from './refund-account.js';
import { trackHandlers, type TrackDeps } from './track.js';

/** Below `/:locale`. Paying again and canceling belong to checkout, which knows the providers. */
export function orderRoutes(deps: OrderDeps & TrackDeps & RefundAccountDeps): Router {
  const { routes, router } = createRoutes(deps);
  const { show, findForm, find } = orderHandlers(deps);
  routes.get('/orders/find', 'everyone', findForm);
  routes.post('/orders/find', 'everyone', find);
  routes.get('/orders/:number', 'holder', show);
  routes.get('/orders/:number/receipt', 'holder', receiptHandler(deps));
  const { accountForm, giveAccount } = refundAccountHandlers(deps);
  routes.get('/orders/:number/refund-account', 'holder', accountForm);
  routes.post('/orders/:number/refund-account', 'holder', giveAccount);
  const { trackForm, track } = trackHandlers(deps);
  routes.get('/track', 'everyone', trackForm);
  routes.get('/track/:trackingNumber', 'everyone', track);
  return router;
}
