import type { Router } from 'express';
import { createRoutes, type Cookies } from '../web/index.js';
import { browseHandlers } from './controller/browse.js';
import { bundleHandlers } from './controller/bundles.js';
import { contentHandlers } from './controller/content.js';
import { preferenceHandlers } from './controller/preferences.js';
import { productHandlers, type ProductDeps } from './controller/product.js';
import { waitingHandlers } from './controller/waiting.js';

/** Below `/:locale`, after `localeContext` and `fillLayout`. */
export function storefrontRoutes(deps: ProductDeps & { cookies: Cookies }): Router {
  const { routes, router } = createRoutes(deps);
  const browse = browseHandlers(deps);
  const product = productHandlers(deps);
  const waiting = waitingHandlers(deps);
  const bundles = bundleHandlers(deps);
  const { page } = contentHandlers(deps);
  const preferences = preferenceHandlers(deps);

  routes.get('/', 'everyone', browse.home);
  routes.get('/products', 'everyone', browse.products);
  routes.get('/products/:slug', 'everyone', product.show);
  routes.post('/products/:slug/stock-requests', 'everyone', product.ask);
  routes.get('/stock-requests/:token', 'holder', waiting.show);
  routes.post('/stock-requests/:token/confirmation', 'holder', waiting.confirm);
  routes.post('/stock-requests/:token/ending', 'holder', waiting.stop);
  routes.get('/categories/:slug', 'everyone', browse.category);
  routes.get('/bundles', 'everyone', bundles.list);
  routes.get('/bundles/:slug', 'everyone', bundles.show);

  routes.get('/about', 'everyone', page('about'));
  routes.get('/help', 'everyone', page('help'));
  routes.get('/contact', 'everyone', page('contact'));
  routes.get('/accessibility', 'everyone', page('accessibility'));
  routes.get('/policies/:slug', 'everyone', page());

  routes.get('/country', 'everyone', preferences.destination);
  routes.post('/currency', 'everyone', preferences.currency);
  routes.post('/country', 'everyone', preferences.country);
  routes.post('/theme', 'everyone', preferences.theme);
  return router;
}
