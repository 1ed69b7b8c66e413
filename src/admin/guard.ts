import type { Request, RequestHandler, Response } from 'express';
import {
  findSignIn,
  isAlive,
  isStaffRole,
  SEEN_EVERY_MS,
  signInOf,
  touchSignIn,
  type Role,
} from '../accounts/index.js';
import { Forbidden } from '../lib/errors.js';
import type { Db } from '../platform/db.js';
import { log } from '../platform/log.js';
import type { Answer } from '../web/index.js';
import { may, type Permission } from './rules.js';

/** Who is at the desk, as the database knows them at this moment. */
export interface Staff {
  userId: number;
  signInId: number;
  name: string;
  email: string;
  role: Role;
}

declare global {
  namespace Express {
    interface Locals {
      /** Missing while nobody is signed in. */
      staff?: Staff;
    }
  }
}

/** Fills `res.locals.staff`: role, being disabled and both time limits are asked of the database on every request. */
export function loadStaff({ db, now }: { db: Db; now: () => Date }): RequestHandler {
  return async (req, res, next) => {
    const signInId = signInOf(req);
    const signIn = signInId === null ? null : await findSignIn(db, { signInId });
    const at = now();
    if (signIn && isAlive(signIn, at) && !signIn.user.disabledAt && isStaffRole(signIn.user.role)) {
      const { id: userId, name, email, role } = signIn.user;
      res.locals.staff = { userId, signInId: signIn.id, name, email, role };
      if (at.getTime() - signIn.seenAt.getTime() > SEEN_EVERY_MS)
        await touchSignIn(db, { signInId: signIn.id, now: at });
    }
    next();
  };
}

/** What a route of the desk wants of whoever calls it; `open` wants nothing. */
export type Guard = RequestHandler & { wants: Permission | 'open' };

/** The door of a route: signed in, and with this permission. Nobody is sent to sign in, somebody else gets a 403. */
export function requireStaff(answer: Answer, permission: Permission): Guard {
  const guard: RequestHandler = (req, res, next) => {
    const { staff } = res.locals;
    if (!staff) return toSignIn(answer, req, res);
    if (!may(staff.role, permission)) {
      log.warn('staff without permission', { user: staff.userId, permission, request: res.locals.requestId });
      throw new Forbidden(permission);
    }
    next();
  };
  return Object.assign(guard, { wants: permission });
}

/** A route for everybody: the sign-in page and what its frame needs. */
export const open: Guard = Object.assign(((_req, _res, next) => next()) satisfies RequestHandler, {
  wants: 'open' as const,
});

function toSignIn(answer: Answer, req: Request, res: Response): void {
  // A page can be opened afterwards; a form that was sent is not sent again for whoever signs in.
  if (req.method === 'GET' || req.method === 'HEAD')
    return answer.redirect(req, res, `/admin/sign-in?return_to=${encodeURIComponent(req.originalUrl)}`);
  answer.redirect(req, res, '/admin/sign-in', { kind: 'problem', key: 'admin.signIn.first' });
}

/** Who acts, for histories (`staff:7`) and for the audit log. Only behind a guard. */
export function actorOf(res: Response): { actor: string; by: { userId: number; requestId: string } } {
  const { staff, requestId } = res.locals;
  if (!staff) throw new Error('nobody is signed in: the route has no guard');
  return { actor: `staff:${staff.userId}`, by: { userId: staff.userId, requestId } };
}
