import type { Router } from 'express';
import { createRoutes } from '../web/index.js';
import { overviewHandler } from './controller/overview.js';
import type { MyAccountDeps } from './deps.js';

/** Below `/:locale`: what a signed-in user sees and does of their own. */
export function myAccountRoutes(deps: MyAccountDeps): Router {
  const { routes, router } = createRoutes(deps);
  routes.get('/account', 'user', overviewHandler(deps));
  return router;
}
