import { Router } from 'express';
import { cancellationHandlers } from './cancellation.js';
import { checkoutHandlers, type CheckoutDeps } from './controller.js';
import { reorderHandler } from './reorder.js';
import { returnHandlers } from './returns.js';

/** Below `/:locale`. */
export function checkoutRoutes(deps: CheckoutDeps): Router {
  const router = Router();
  const { show, changeCountry, place } = checkoutHandlers(deps);
  const { returned, turnedBack, retry } = returnHandlers(deps);
  const { ask, cancel } = cancellationHandlers(deps);
  router.get('/checkout', show);
  router.post('/checkout', place);
  router.post('/checkout/country', changeCountry);
  router.get('/checkout/return/:provider/:reference', returned);
  router.get('/checkout/return/:provider/:reference/canceled', turnedBack);
  router.post('/orders/:number/payment', retry);
  router.get('/orders/:number/cancellation', ask);
  router.post('/orders/:number/cancellation', cancel);
  router.post('/orders/:number/reorder', reorderHandler(deps));
  return router;
}
