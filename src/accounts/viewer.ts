import type { RequestHandler } from 'express';
import type { Db } from '../platform/db.js';
import { touchSignIn } from './actions/sign-ins.js';
import { findSignIn } from './queries.js';
import { isAlive, isStaffRole, SEEN_EVERY_MS } from './rules.js';
import { signInOf } from './session.js';

/**
 * Fills `res.locals.viewer`. Role, being disabled and both time limits are asked of the database on every request, so
 * whoever is put out is out on the next one, on every process. A guest's request asks nothing.
 */
export function loadViewer({
  db,
  staffNeedSecondFactor,
  now,
}: {
  db: Db;
  staffNeedSecondFactor: boolean;
  now: () => Date;
}): RequestHandler {
  return async (req, res, next) => {
    const signInId = signInOf(req);
    const signIn = signInId === null ? null : await findSignIn(db, { signInId });
    const at = now();
    if (signIn && isAlive(signIn, at)) {
      const { id: userId, name, email, role, emailVerifiedAt } = signIn.user;
      const { confirmedAt } = signIn;
      res.locals.viewer = {
        userId,
        signInId: signIn.id,
        name,
        email,
        role,
        isVerified: emailVerifiedAt !== null,
        confirmedAt,
        owesSecondFactor: staffNeedSecondFactor && isStaffRole(role) && !signIn.hasSecondFactor,
      };
      // What somebody signed in sees is for no cache, and not for whoever presses Back after them.
      res.set('Cache-Control', 'private, no-store');
      if (at.getTime() - signIn.seenAt.getTime() > SEEN_EVERY_MS)
        await touchSignIn(db, { signInId: signIn.id, now: at });
    }
    next();
  };
}
