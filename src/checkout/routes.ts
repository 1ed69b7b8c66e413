import type { Router } from 'express';
import { createRoutes } from '../web/index.js';
import { cancellationHandlers } from './cancellation.js';
import { checkoutHandlers, type CheckoutDeps } from './controller.js';
import { reorderHandler } from './reorder.js';
import { returnHandlers } from './returns.js';

/** Below `/:locale`. */
export function checkoutRoutes(deps: CheckoutDeps): Router {
  const { routes, router } = createRoutes(deps);
  const { show, changeCountry, place } = checkoutHandlers(deps);
  const { returned, turnedBack, retry } = returnHandlers(deps);
  const { ask, cancel } = cancellationHandlers(deps);
  routes.get('/checkout', 'everyone', show);
  routes.post('/checkout', 'everyone', place);
  routes.post('/checkout/country', 'everyone', changeCountry);
  routes.get('/checkout/return/:provider/:reference', 'holder', returned);
  routes.get('/checkout/return/:provider/:reference/canceled', 'holder', turnedBack);
  routes.post('/orders/:number/payment', 'holder', retry);
  routes.get('/orders/:number/cancellation', 'holder', ask);
  routes.post('/orders/:number/cancellation', 'holder', cancel);
  routes.post('/orders/:number/reorder', 'holder', reorderHandler(deps));
  return router;
}
