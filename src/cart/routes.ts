import type { Router } from 'express';
import { createRoutes } from '../web/index.js';
import { cartHandlers, type CartDeps } from './controller.js';

/** Below `/:locale`. */
export function cartRoutes(deps: CartDeps): Router {
  const { routes, router } = createRoutes(deps);
  const { show, add, change, remove, clear, deliver, addDiscount, removeDiscount, ...sets } =
    cartHandlers(deps);
  routes.get('/cart', 'everyone', show);
  routes.post('/cart/lines', 'everyone', add);
  routes.post('/cart/lines/:id', 'everyone', change);
  routes.post('/cart/lines/:id/removal', 'everyone', remove);
  routes.post('/cart/bundles', 'everyone', sets.addSet);
  routes.post('/cart/bundles/:id', 'everyone', sets.changeSets);
  routes.post('/cart/bundles/:id/removal', 'everyone', sets.removeSets);
  routes.post('/cart/clearing', 'everyone', clear);
  routes.post('/cart/delivery', 'everyone', deliver);
  routes.post('/cart/discount', 'everyone', addDiscount);
  routes.post('/cart/discount/removal', 'everyone', removeDiscount);
  return router;
}
