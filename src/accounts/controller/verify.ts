import type { Request, RequestHandler, Response } from 'express';
import { inTransaction } from '../../platform/db.js';
import { emit } from '../../platform/jobs.js';
import { errorTexts, localePath, type FieldError } from '../../web/index.js';
import { verifyEmail } from '../actions/mailbox.js';
import { countTry } from '../actions/throttle.js';
import { findUserToken } from '../actions/tokens.js';
import type { AccountsDeps } from '../deps.js';
import { enter } from '../enter.js';
import { letterTry } from '../known-browser.js';
import { findUserWithPassword, type UserWithPassword } from '../queries.js';
import { linkGone } from './link-gone.js';
import { linkAsks, linkErrors } from './link-owner.js';

/**
 * The link that shows an address to be its user's. Looking at it changes nothing: mail programs look at links by themselves.
 */
export function verifyHandlers(
  deps: AccountsDeps,
): Record<'show' | 'verify' | 'resend', RequestHandler<{ token: string }>> {
  const { db, answer, afterVerified, now } = deps;

  const page = (
    req: Request,
    res: Response,
    user: UserWithPassword,
    { token, errors: found = [] }: { token: string; errors?: readonly FieldError[] },
  ) => {
    const { t } = res.locals;
    const errors = errorTexts(t, found);
    res.set('Cache-Control', 'no-store');
    answer.page(req, res, {
      view: 'accounts/verify-email',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t('accounts.verify.title'), noindex: true },
      data: { errors, email: user.email, action: `/verify-email/${token}`, asks: linkAsks(req, res, user) },
    });
  };

  const find = async (token: string): Promise<UserWithPassword | null> => {
    const found = await findUserToken(db, { token, purpose: 'verify-email', now: now() });
    return found && (await findUserWithPassword(db, { userId: found.userId }));
  };

  return {
    async show(req, res) {
      const { token } = req.params;
      const user = await find(token);
      if (!user) return linkGone(answer, req, res, '/account');
      page(req, res, user, { token });
    },

    async verify(req, res) {
      const { token } = req.params;
      const user = await find(token);
      if (!user) return linkGone(answer, req, res, '/account');
      const errors = await linkErrors(deps, req, res, user, 'accounts.verify.error.password');
      if (errors.length > 0) return page(req, res, user, { token, errors });
      const done = await inTransaction(db, tx => verifyEmail(tx, { token, afterVerified, now: now() }));
      if (!done.ok) return linkGone(answer, req, res, '/account');
      const { locale, viewer } = res.locals;
      const flash = { kind: 'done', key: 'accounts.verify.done' } as const;
      if (viewer?.userId === user.id) return answer.redirect(req, res, localePath(locale, '/account'), flash);
      const { passwordHash: _, ...entering } = { ...user, emailVerifiedAt: now() };
      await enter(deps, req, res, { user: entering, via: 'password', remembered: false, back: '', flash });
    },

    async resend(req, res) {
      const { viewer, locale } = res.locals;
      const { userId, email, isVerified } = viewer!;
      const back = localePath(locale, '/account');
      if (isVerified) return answer.redirect(req, res, back);
      await countTry(db, letterTry(req, email), { now: now() });
      await inTransaction(db, tx => emit(tx, 'user.registered', { userId }));
      answer.redirect(req, res, back, { kind: 'done', key: 'accounts.verify.sent' });
    },
  };
}
