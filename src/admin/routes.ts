import { Router } from 'express';
import { deskContext, fillMenu } from './context.js';
import type { AdminDeps } from './deps.js';
import { createDesk } from './desk.js';
import { fillStaff } from './guard.js';
import { customerRoutes } from './customers/routes.js';
import { discountRoutes } from './discounts/routes.js';
import { homeRoutes } from './home/routes.js';
import { languageRoutes } from './language.js';
import { orderRoutes } from './orders/routes.js';
import { reconciliationRoutes } from './reconciliation/routes.js';
import { returnRoutes } from './returns/routes.js';
import { stockRoutes } from './stock/routes.js';

/** Everything below `/admin`. Needs the session, the viewer and the form parser before it. */
export function adminRoutes(deps: AdminDeps): Router {
  const router = Router();
  const { desk, router: pages } = createDesk(deps);
  languageRoutes(desk, deps);
  homeRoutes(desk, deps);
  orderRoutes(desk, deps);
  returnRoutes(desk, deps);
  reconciliationRoutes(desk, deps);
  discountRoutes(desk, deps);
  stockRoutes(desk, deps);
  customerRoutes(desk, deps);
  return router.use(deskContext(deps.cookies), fillStaff, fillMenu, pages);
}
