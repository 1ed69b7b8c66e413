import type { Router } from 'express';
import { createRoutes } from '../web/index.js';
import { exportHandlers } from './controller/export.js';
import { notificationHandlers } from './controller/notifications.js';
import { orderHandlers } from './controller/orders.js';
import { addressHandlers } from './controller/addresses.js';
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
  const addresses = addressHandlers(deps);
  routes.get('/account/addresses', 'user', addresses.list);
  routes.get('/account/addresses/new', 'user', addresses.add);
  routes.post('/account/addresses', 'user', addresses.create);
  routes.get('/account/addresses/:id', 'user', addresses.edit);
  routes.post('/account/addresses/:id', 'user', addresses.change);
  routes.get('/account/addresses/:id/removal', 'user', addresses.askRemoval);
  routes.post('/account/addresses/:id/removal', 'user', addresses.remove);
  routes.post('/account/addresses/:id/default', 'user', addresses.makeDefault);
  const notifications = notificationHandlers(deps);
  routes.get('/account/notifications', 'user', notifications.show);
  routes.post('/account/notifications', 'user', notifications.change);
  routes.post('/account/stock-requests/:id/end', 'user', notifications.stop);
  const data = exportHandlers(deps);
  routes.get('/account/export', 'confirmed', data.show);
  routes.post('/account/export', 'confirmed', data.ask);
  routes.get('/account/export/:token', 'confirmed', data.file);
  return router;
}
