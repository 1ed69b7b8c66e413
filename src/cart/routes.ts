import { Router } from 'express';
import { cartHandlers, type CartDeps } from './controller.js';

/** Below `/:locale`. */
export function cartRoutes(deps: CartDeps): Router {
  const router = Router();
  const { show, add, change, remove, clear, deliver, addDiscount, removeDiscount, ...sets } =
    cartHandlers(deps);
  router.get('/cart', show);
  router.post('/cart/lines', add);
  router.post('/cart/lines/:id', change);
  router.post('/cart/lines/:id/removal', remove);
  router.post('/cart/bundles', sets.addSet);
  router.post('/cart/bundles/:id', sets.changeSets);
  router.post('/cart/bundles/:id/removal', sets.removeSets);
  router.post('/cart/clearing', clear);
  router.post('/cart/delivery', deliver);
  router.post('/cart/discount', addDiscount);
  router.post('/cart/discount/removal', removeDiscount);
  return router;
}
