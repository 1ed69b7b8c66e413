import { Router } from 'express';
import { deskContext, fillMenu } from './context.js';
import type { AdminDeps } from './deps.js';
import { createDesk } from './desk.js';
import { loadStaff } from './guard.js';
import { discountRoutes } from './discounts/routes.js';
import { homeRoutes } from './home/routes.js';
import { orderRoutes } from './orders/routes.js';
import { reconciliationRoutes } from './reconciliation/routes.js';
import { returnRoutes } from './returns/routes.js';
import { signInRoutes } from './sign-in/routes.js';
import { stockRoutes } from './stock/routes.js';

/** Everything below `/admin`. Needs the session and the form parser before it. */
export function adminRoutes(deps: AdminDeps): Router {
  const router = Router();
  const { desk, router: pages } = createDesk(deps.answer);
  signInRoutes(desk, deps);
  homeRoutes(desk, deps);
  orderRoutes(desk, deps);
  returnRoutes(desk, deps);
  reconciliationRoutes(desk, deps);
  discountRoutes(desk, deps);
  stockRoutes(desk, deps);
  return router.use(deskContext(deps.cookies), loadStaff(deps), fillMenu, pages);
}
