import type { Request, Response } from 'express';
import { log } from '../platform/log.js';
import { localePath, safeReturnTo, type Flash } from '../web/index.js';
import { endSignIn, openSignIn, type Via } from './actions/sign-ins.js';
import type { AccountsDeps } from './deps.js';
import { deviceOf } from './device.js';
import { knowBrowser } from './known-browser.js';
import type { User } from './queries.js';
import { isStaffRole, stayOf } from './rules.js';
import { beginSession, signInOf } from './session.js';

/** Where to go on to after signing in: a path of this store, or one's own pages; for staff, the desk. */
export function placeAfter(
  value: unknown,
  { locale, role }: { locale: User['locale']; role: User['role'] },
): string {
  const home = isStaffRole(role) ? '/admin' : localePath(locale, '/account');
  const path = safeReturnTo(value, home);
  // Back to a page about signing in would lead in a circle.
  return /^\/(?:\w\w\/)?(?:sign-in|sign-out|register|forgot-password|reset-password|auth)(?:[/?]|$)/.test(
    path,
  )
    ? home
    : path;
}

/**
 * The one way in, whatever showed who it is: an earlier sign-in of this browser ends, the session gets a new id, rooms
 * above bring the guest's things along, and the browser goes on to `back`.
 */
export async function enter(
  deps: AccountsDeps,
  req: Request,
  res: Response,
  {
    user,
    via,
    remembered,
    back,
    flash,
  }: { user: User; via: Via; remembered: boolean; back: unknown; flash?: Flash },
): Promise<void> {
  const { db, answer, afterSignIn } = deps;
  const now = deps.now();
  const before = signInOf(req);
  if (before !== null) await endSignIn(db, { signInId: before, now });
  const signInId = await openSignIn(db, { userId: user.id, via, remembered, device: deviceOf(req), now });
  const stays = remembered && !isStaffRole(user.role);
  knowBrowser(deps.cookies, req, res, user.email);
  await beginSession(req, { signInId, stayMs: stays ? stayOf({ role: user.role, remembered }).inAll : null });
  log.info('signed in', { user: user.id, via });
  // What changed in the cart matters more than that it worked.
  const told = (await afterSignIn(req, res, { user, now })) ?? flash;
  answer.redirect(req, res, placeAfter(back, { locale: res.locals.locale, role: user.role }), told);
}
