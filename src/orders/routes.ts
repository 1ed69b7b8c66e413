import { Router } from 'express';
import { orderHandlers, type OrderDeps } from './controller.js';

/** Below `/:locale`. Paying again and canceling belong to checkout, which knows the providers. */
export function orderRoutes(deps: OrderDeps): Router {
  const router = Router();
  const { show, findForm, find } = orderHandlers(deps);
  router.get('/orders/find', findForm);
  router.post('/orders/find', find);
  router.get('/orders/:number', show);
  return router;
}
