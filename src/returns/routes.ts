import type { Router } from 'express';
import { createRoutes } from '../web/index.js';
import { returnHandlers, type ReturnDeps } from './controller.js';

/** Below `/:locale`. For whoever has the order's permanent link or placed it in this session. */
export function returnRoutes(deps: ReturnDeps): Router {
  const { routes, router } = createRoutes(deps);
  const { withdrawalForm, withdraw, requestForm, request, show, photo } = returnHandlers(deps);
  routes.get('/orders/:number/withdrawal', 'holder', withdrawalForm);
  routes.post('/orders/:number/withdrawal', 'holder', withdraw);
  routes.get('/orders/:number/returns', 'holder', requestForm);
  routes.post('/orders/:number/returns', 'holder', request);
  routes.get('/orders/:number/returns/:returnNumber', 'holder', show);
  routes.get('/orders/:number/returns/:returnNumber/photos/:photo', 'holder', photo);
  return router;
}
