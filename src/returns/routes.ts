import { Router } from 'express';
import { returnHandlers, type ReturnDeps } from './controller.js';

/** Below `/:locale`. For whoever has the order's permanent link or placed it in this session. */
export function returnRoutes(deps: ReturnDeps): Router {
  const router = Router();
  const { withdrawalForm, withdraw, requestForm, request, show, photo } = returnHandlers(deps);
  router.get('/orders/:number/withdrawal', withdrawalForm);
  router.post('/orders/:number/withdrawal', withdraw);
  router.get('/orders/:number/returns', requestForm);
  router.post('/orders/:number/returns', request);
  router.get('/orders/:number/returns/:returnNumber', show);
  router.get('/orders/:number/returns/:returnNumber/photos/:photo', photo);
  return router;
}
