import { Router } from 'express';
import type { Cookies } from '../web/index.js';
import { browseHandlers } from './controller/browse.js';
import { bundleHandlers } from './controller/bundles.js';
import { contentHandlers } from './controller/content.js';
import { preferenceHandlers } from './controller/preferences.js';
import { productHandlers, type ProductDeps } from './controller/product.js';
import { waitingHandlers } from './controller/waiting.js';

/** Below `/:locale`, after `localeContext` and `fillLayout`. */
export function storefrontRoutes(deps: ProductDeps & { cookies: Cookies }): Router {
  const router = Router();
  const browse = browseHandlers(deps);
  const product = productHandlers(deps);
  const waiting = waitingHandlers(deps);
  const bundles = bundleHandlers(deps);
  const { page } = contentHandlers(deps);
  const preferences = preferenceHandlers(deps);

  router.get('/', browse.home);
  router.get('/products', browse.products);
  router.get('/products/:slug', product.show);
  router.post('/products/:slug/stock-requests', product.ask);
  router.get('/stock-requests/:token', waiting.show);
  router.post('/stock-requests/:token/confirmation', waiting.confirm);
  router.post('/stock-requests/:token/ending', waiting.stop);
  router.get('/categories/:slug', browse.category);
  router.get('/bundles', bundles.list);
  router.get('/bundles/:slug', bundles.show);

  router.get('/about', page('about'));
  router.get('/help', page('help'));
  router.get('/contact', page('contact'));
  router.get('/accessibility', page('accessibility'));
  router.get('/policies/:slug', page());

  router.get('/country', preferences.destination);
  router.post('/currency', preferences.currency);
  router.post('/country', preferences.country);
  router.post('/theme', preferences.theme);
  return router;
}
