import type { Router } from 'express';
import { createRoutes } from '../web/index.js';
import { confirmationHandlers } from './controller/confirmation.js';
import { passwordHandlers } from './controller/password.js';
import { securityHandlers } from './controller/security.js';
import { signInHandlers } from './controller/sign-in.js';
import type { AccountsDeps } from './deps.js';

/** Below `/:locale`: signing in and out, and what keeps an account one's own. */
export function accountsRoutes(deps: AccountsDeps): Router {
  const { routes, router } = createRoutes(deps);
  const { form, signIn, signOut } = signInHandlers(deps);
  routes.get('/sign-in', 'everyone', form);
  routes.post('/sign-in', 'everyone', signIn);
  routes.post('/sign-out', 'everyone', signOut);
  const confirmation = confirmationHandlers(deps);
  routes.get('/sign-in/confirmation', 'user', confirmation.form);
  routes.post('/sign-in/confirmation', 'user', confirmation.confirm);
  const password = passwordHandlers(deps);
  routes.get('/account/password', 'confirmed', password.form);
  routes.post('/account/password', 'confirmed', password.change);
  const security = securityHandlers(deps);
  routes.get('/account/security', 'user', security.show);
  routes.post('/account/sign-ins/:id/end', 'user', security.end);
  routes.post('/account/other-sign-ins/end', 'user', security.endOthers);
  return router;
}
