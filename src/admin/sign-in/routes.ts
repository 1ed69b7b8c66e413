import type { AdminDeps } from '../deps.js';
import type { Desk } from '../desk.js';
import { signInHandlers } from './controller.js';

export function signInRoutes(desk: Desk, deps: AdminDeps): void {
  const { form, signIn, signOut, language, passwordForm, changePassword } = signInHandlers(deps);
  desk.get('/sign-in', 'open', form);
  desk.post('/sign-in', 'open', signIn);
  desk.post('/sign-out', 'open', signOut);
  desk.post('/language', 'open', language);
  desk.get('/password', 'account.own', passwordForm);
  desk.post('/password', 'account.own', changePassword);
}
