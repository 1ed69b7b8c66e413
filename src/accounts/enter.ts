import type { Request, Response } from 'express';
import { log } from '../platform/log.js';
import { localePath, safeReturnTo, type Flash } from '../web/index.js';
import { endSignIn, openSignIn, type Via } from './actions/sign-ins.js';
import type { AccountsDeps } from './deps.js';
import { deviceOf } from './device.js';
import { knowBrowser } from './known-browser.js';
import type { User } from './queries.js';
import { hasSecondFactor } from './queries/second-factor.js';
import { passwordMark } from './queries/security.js';
import { isStaffRole, stayOf } from './rules.js';
import { beginPending, beginSession, signInOf } from './session.js';

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

export interface Entering {
  user: User;
  via: Via;
  remembered: boolean;
  /** Where they want to go on to, as a form or a link said. */
  back: unknown;
  /** What the next page says, unless something more important happened. */
  flash?: Flash;
}

/**
 * The one way in, whatever showed who it is. Where the account has a second factor, that comes first: the browser goes on to
 * its page, and whoever was signed in here before is not any more.
 */
export async function enter(
  deps: AccountsDeps,
  req: Request,
  res: Response,
  entering: Entering,
): Promise<void> {
  const { db, answer } = deps;
  const { user, via, remembered, back, flash } = entering;
  if (!(await hasSecondFactor(db, { userId: user.id }))) return await admit(deps, req, res, entering);
  const now = deps.now();
  await endBefore(deps, req, now);
  await beginPending(req, {
    userId: user.id,
    via,
    remembered,
    back: typeof back === 'string' ? back.slice(0, 500) : '',
    mark: await passwordMark(db, { userId: user.id }),
    at: now.getTime(),
  });
  answer.redirect(req, res, localePath(res.locals.locale, '/sign-in/code'), flash);
}

/**
 * Lets in who has shown all that the account asks for: an earlier sign-in of this browser ends, the session gets a new id,
 * rooms above bring the guest's things along, and the browser goes on.
 */
export async function admit(
  deps: AccountsDeps,
  req: Request,
  res: Response,
  { user, via, remembered, back, flash }: Entering,
): Promise<void> {
  const { db, answer, afterSignIn } = deps;
  const now = deps.now();
  await endBefore(deps, req, now);
  const signInId = await openSignIn(db, { userId: user.id, via, remembered, device: deviceOf(req), now });
  const stays = remembered && !isStaffRole(user.role);
  knowBrowser(deps.cookies, req, res, user.email);
  await beginSession(req, { signInId, stayMs: stays ? stayOf({ role: user.role, remembered }).inAll : null });
  log.info('signed in', { user: user.id, via });
  // What changed in the cart matters more than that it worked.
  const told = (await afterSignIn(req, res, { user, now })) ?? flash;
  answer.redirect(req, res, placeAfter(back, { locale: res.locals.locale, role: user.role }), told);
}

async function endBefore({ db }: AccountsDeps, req: Request, now: Date): Promise<void> {
  const before = signInOf(req);
  if (before !== null) await endSignIn(db, { signInId: before, now });
}
