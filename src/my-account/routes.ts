import type { Router } from 'express';
import { createRoutes } from '../web/index.js';
import { orderHandlers } from './controller/orders.js';
import { overviewHandler } from './controller/overview.js';
import { profileHandlers } from './controller/profile.js';
import { offerHandlers } from './controller/offer.js';
import type { MyAccountDeps } from './deps.js';

/** Below `/:locale`: what a signed-in user sees and does of their own. */
export function myAccountRoutes(deps: MyAccountDeps): Router {
  const { routes, router } = createRoutes(deps);
  routes.get('/account', 'user', overviewHandler(deps));
  const orders = orderHandlers(deps);
  routes.get('/account/orders', 'user', orders.list);
  routes.get('/account/orders/:number', 'user', orders.show);
  const profile = profileHandlers(deps);
  routes.get('/account/profile', 'user', profile.show);
  routes.post('/account/profile', 'user', profile.change);
  routes.get('/account/avatar', 'user', profile.avatar);
  routes.post('/account/avatar', 'user', profile.setAvatar);
  routes.post('/account/avatar/removal', 'user', profile.removeAvatar);
  const { form, register } = offerHandlers(deps);
  routes.get('/orders/:number/account', 'holder', form);
  routes.post('/orders/:number/account', 'holder', register);
  return router;
}
