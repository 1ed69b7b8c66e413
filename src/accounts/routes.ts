import type { Router } from 'express';
import { createRoutes } from '../web/index.js';
import { codeHandlers } from './controller/code.js';
import { completeHandlers } from './controller/complete.js';
import { confirmationHandlers } from './controller/confirmation.js';
import { emailHandlers } from './controller/email.js';
import { identityHandlers } from './controller/identities.js';
import { linkIdentityHandlers } from './controller/link-identity.js';
import { newIdentityHandlers } from './controller/new-identity.js';
import { invitationHandlers } from './controller/invitation.js';
import { passwordHandlers } from './controller/password.js';
import { providerHandlers } from './controller/providers.js';
import { registerHandlers } from './controller/register.js';
import { resetHandlers } from './controller/reset.js';
import { secondFactorHandlers } from './controller/second-factor.js';
import { securityHandlers } from './controller/security.js';
import { signInHandlers } from './controller/sign-in.js';
import { verifyHandlers } from './controller/verify.js';
import type { AccountsDeps } from './deps.js';

/** Below `/:locale`: signing in and out, and what keeps an account one's own. */
export function accountsRoutes(deps: AccountsDeps): Router {
  const { routes, router } = createRoutes(deps);
  const { form, signIn, signOut } = signInHandlers(deps);
  routes.get('/sign-in', 'everyone', form);
  routes.post('/sign-in', 'everyone', signIn);
  routes.post('/sign-out', 'everyone', signOut);
  const code = codeHandlers(deps);
  routes.get('/sign-in/code', 'everyone', code.form);
  routes.post('/sign-in/code', 'everyone', code.take);
  const confirmation = confirmationHandlers(deps);
  routes.get('/sign-in/confirmation', 'user', confirmation.form);
  routes.post('/sign-in/confirmation', 'user', confirmation.confirm);
  const register = registerHandlers(deps);
  routes.get('/register', 'everyone', register.form);
  routes.post('/register', 'everyone', register.register);
  routes.get('/register/sent', 'everyone', register.sent);
  const complete = completeHandlers(deps);
  routes.get('/register/complete', 'everyone', complete.form);
  routes.post('/register/complete', 'everyone', complete.complete);
  routes.get('/register/complete/sent', 'everyone', complete.sent);
  const link = linkIdentityHandlers(deps);
  routes.get('/link-identity', 'holder', link.goOn);
  routes.get('/link-identity/:token', 'holder', link.show);
  routes.post('/link-identity/:token', 'holder', link.link);
  const verify = verifyHandlers(deps);
  routes.get('/verify-email/:token', 'holder', verify.show);
  routes.post('/verify-email/:token', 'holder', verify.verify);
  routes.post('/account/verification', 'user', verify.resend);
  const reset = resetHandlers(deps);
  routes.get('/forgot-password', 'everyone', reset.ask);
  routes.post('/forgot-password', 'everyone', reset.send);
  routes.get('/forgot-password/sent', 'everyone', reset.sent);
  routes.get('/reset-password/:token', 'holder', reset.form);
  routes.post('/reset-password/:token', 'holder', reset.reset);
  const email = emailHandlers(deps);
  routes.get('/account/email', 'confirmed', email.form);
  routes.post('/account/email', 'confirmed', email.ask);
  routes.get('/email-change/:token', 'holder', email.showChange);
  routes.post('/email-change/:token', 'holder', email.change);
  routes.get('/keep-email/:token', 'holder', email.showKeep);
  routes.post('/keep-email/:token', 'holder', email.keep);
  const invitation = invitationHandlers(deps);
  routes.get('/staff-invitation/:token', 'holder', invitation.show);
  routes.post('/staff-invitation/:token', 'holder', invitation.accept);
  const password = passwordHandlers(deps);
  routes.get('/account/password', 'confirmed', password.form);
  routes.post('/account/password', 'confirmed', password.change);
  const factor = secondFactorHandlers(deps);
  routes.get('/account/second-factor', 'user', factor.show);
  routes.post('/account/second-factor/setup', 'confirmed', factor.begin);
  routes.get('/account/second-factor/setup', 'confirmed', factor.setup);
  routes.post('/account/second-factor', 'confirmed', factor.switchOn);
  routes.post('/account/second-factor/removal', 'confirmed', factor.switchOff);
  routes.get('/account/second-factor/recovery-codes', 'confirmed', factor.showCodes);
  routes.post('/account/second-factor/recovery-codes', 'confirmed', factor.renewCodes);
  routes.post('/account/second-factor/recovery-codes/kept', 'user', factor.forgetCodes);
  const security = securityHandlers(deps);
  routes.get('/account/security', 'user', security.show);
  routes.post('/account/sign-ins/:id/end', 'user', security.end);
  routes.post('/account/other-sign-ins/end', 'user', security.endOthers);
  const identities = identityHandlers(deps);
  routes.get('/account/identities', 'user', identities.list);
  const fresh = newIdentityHandlers(deps);
  routes.get('/account/identities/new', 'confirmed', fresh.form);
  routes.post('/account/identities/new', 'confirmed', fresh.add);
  routes.post('/account/identities/:id/removal', 'confirmed', identities.remove);
  return router;
}

/** Below `/auth`, without a language: to the providers that there are keys for, and back. */
export function authRoutes(deps: AccountsDeps): Router {
  const { routes, router } = createRoutes(deps);
  for (const provider of deps.providers.offered) {
    const { leave, comeBack } = providerHandlers(deps, provider);
    routes.get(`/${provider}`, 'everyone', leave);
    routes.get(`/${provider}/callback`, 'everyone', comeBack);
  }
  return router;
}
