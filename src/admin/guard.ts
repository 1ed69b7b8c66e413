import type { Request, RequestHandler, Response } from 'express';
import { isStaffRole } from '../accounts/index.js';
import { Forbidden } from '../lib/errors.js';
import { log } from '../platform/log.js';
import { isConfirmed, localePath, toConfirmation, type Answer, type Viewer } from '../web/index.js';
import { isAskedAgain, may, type Permission } from './rules.js';

declare global {
  namespace Express {
    interface Locals {
      /** The viewer, when they work at the desk. */
      staff?: Viewer;
    }
  }
}

/** Fills `res.locals.staff`: customers have no business at the desk, and are nobody here. */
export const fillStaff: RequestHandler = (_req, res, next) => {
  const { viewer } = res.locals;
  if (viewer && isStaffRole(viewer.role)) res.locals.staff = viewer;
  next();
};

/** What a route of the desk wants of whoever calls it; `open` wants nothing. */
export type Guard = RequestHandler & { wants: Permission | 'open' };

/**
 * The door of a route: signed in, and with this permission, shown again for what is asked again. Nobody is sent to sign in,
 * somebody else gets a 403.
 */
export function requireStaff(
  { answer, now }: { answer: Answer; now: () => Date },
  permission: Permission,
): Guard {
  const guard: RequestHandler = (req, res, next) => {
    const { staff } = res.locals;
    if (!staff) return toSignIn(answer, req, res);
    if (staff.owesSecondFactor)
      return answer.redirect(req, res, localePath(res.locals.locale, '/account/second-factor'), {
        kind: 'problem',
        key: 'accounts.secondFactor.owed',
      });
    if (!may(staff.role, permission)) {
      log.warn('staff without permission', { user: staff.userId, permission, request: res.locals.requestId });
      throw new Forbidden(permission);
    }
    if (isAskedAgain(permission) && !isConfirmed(staff, now())) return toConfirmation(answer, req, res);
    next();
  };
  return Object.assign(guard, { wants: permission });
}

/** A route for everybody: what the frame of the desk needs. */
export const open: Guard = Object.assign(((_req, _res, next) => next()) satisfies RequestHandler, {
  wants: 'open' as const,
});

function toSignIn(answer: Answer, req: Request, res: Response): void {
  const page = localePath(res.locals.locale, '/sign-in');
  // A page can be opened afterwards; a form that was sent is not sent again for whoever signs in.
  if (req.method === 'GET' || req.method === 'HEAD')
    return answer.redirect(req, res, `${page}?return_to=${encodeURIComponent(req.originalUrl)}`);
  answer.redirect(req, res, page, { kind: 'problem', key: 'accounts.flash.sign_in_first' });
}

/** Who acts, for histories (`staff:7`) and for the audit log. Only behind a guard. */
export function actorOf(res: Response): { actor: string; by: { userId: number; requestId: string } } {
  const { staff, requestId } = res.locals;
  if (!staff) throw new Error('nobody is signed in: the route has no guard');
  return { actor: `staff:${staff.userId}`, by: { userId: staff.userId, requestId } };
}
