import type { Request, RequestHandler, Response } from 'express';
import {
  beginSession,
  checkPassword,
  endSession,
  endSignIn,
  foldEmail,
  replacePassword,
  signInOf,
  signInStaff,
  STAFF_STAY_MS,
} from '../../accounts/index.js';
import { isLocale } from '../../lib/locale.js';
import { inTransaction } from '../../platform/db.js';
import { log } from '../../platform/log.js';
import { safeReturnTo, typedFields, type FieldError } from '../../web/index.js';
import { recordStaffAction } from '../audit-log.js';
import type { AdminDeps } from '../deps.js';
import { actorOf } from '../guard.js';
import { readPasswordChange, readSignIn, typedSignIn } from './forms.js';

type Handlers = Record<
  'form' | 'signIn' | 'signOut' | 'language' | 'passwordForm' | 'changePassword',
  RequestHandler
>;

/** Only the desk itself is a place to go on to. */
function returnTo(value: unknown): string {
  const path = safeReturnTo(value, '/admin');
  return /^\/admin(?:[/?]|$)/.test(path) && !/^\/admin\/sign-(?:in|out)/.test(path) ? path : '/admin';
}

export function signInHandlers(deps: AdminDeps): Handlers {
  const { db, answer, cookies, bcryptCost, signInLimit, signInVisitorLimit, now } = deps;

  const signInPage = (
    req: Request,
    res: Response,
    shown: { email: string; back: string; errors?: readonly FieldError[] },
  ) => {
    const { t } = res.locals;
    const errors = (shown.errors ?? []).map(({ field, key, values }) => ({ field, text: t(key, values) }));
    answer.page(req, res, {
      view: 'admin/sign-in/show',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t('admin.signIn.title'), noindex: true },
      data: { email: shown.email, back: shown.back, errors },
    });
  };

  const passwordPage = (req: Request, res: Response, found: readonly FieldError[] = []) => {
    const { t } = res.locals;
    const errors = found.map(({ field, key, values }) => ({ field, text: t(key, values) }));
    answer.page(req, res, {
      view: 'admin/sign-in/password',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t('admin.password.title'), noindex: true },
      data: { errors },
    });
  };

  return {
    form(req, res) {
      const back = returnTo(req.query.return_to);
      if (res.locals.staff) return answer.redirect(req, res, back);
      signInPage(req, res, { email: '', back });
    },

    async signIn(req, res) {
      const back = returnTo(typedFields(req.body, ['return_to']).return_to);
      const { email: typed } = typedSignIn(req.body);
      const read = readSignIn(req.body);
      if (!read.ok) return signInPage(req, res, { email: typed, back, errors: read.errors });
      const { email, password } = read.value;
      // Counted before anything is compared, so that many tries at once count as many.
      await signInVisitorLimit.count(`ip:${req.ip}`);
      await signInLimit.count(`email:${foldEmail(email)}`);
      const at = now();
      const result = await signInStaff(db, { email, password, cost: bcryptCost, now: at });
      if (!result.ok) {
        log.warn('staff sign-in refused', { request: res.locals.requestId });
        return signInPage(req, res, {
          email: typed,
          back,
          errors: [{ field: 'email', key: 'admin.signIn.error.miss' }],
        });
      }
      const before = signInOf(req);
      if (before !== null) await endSignIn(db, { signInId: before, now: at });
      await beginSession(req, { signInId: result.signInId, stayMs: STAFF_STAY_MS });
      log.info('staff signed in', { user: result.user.id });
      answer.redirect(req, res, back);
    },

    async signOut(req, res) {
      const signInId = signInOf(req);
      if (signInId !== null) {
        await endSignIn(db, { signInId, now: now() });
        await endSession(req);
      }
      // What the browser kept of the desk's pages is of no use to the next one who sits down.
      res.set('Clear-Site-Data', '"cache"');
      answer.redirect(req, res, '/admin/sign-in', { kind: 'done', key: 'admin.signIn.out' });
    },

    language(req, res) {
      const { language, return_to } = typedFields(req.body, ['language', 'return_to']);
      if (isLocale(language)) cookies.write(res, 'language', language);
      const path = safeReturnTo(return_to, '/admin');
      answer.redirect(
        req,
        res,
        path === '/admin' || path.startsWith('/admin/') || path.startsWith('/admin?') ? path : '/admin',
      );
    },

    passwordForm: (req, res) => passwordPage(req, res),

    async changePassword(req, res) {
      const read = readPasswordChange(req.body);
      if (!read.ok) return passwordPage(req, res, read.errors);
      const { userId, signInId, email } = res.locals.staff!;
      // The same counter as signing in: an open browser is no place to guess the password at.
      await signInLimit.count(`email:${foldEmail(email)}`);
      const { by } = actorOf(res);
      const at = now();
      const checked = await checkPassword(db, { ...read.value, userId, cost: bcryptCost });
      const done =
        checked.ok &&
        (await inTransaction(db, async tx => {
          const replaced = await replacePassword(tx, { ...checked, userId, signInId, now: at });
          if (replaced)
            await recordStaffAction(tx, {
              by,
              action: 'account.password',
              subject: `user:${userId}`,
              now: at,
            });
          return replaced;
        }));
      if (!done) return passwordPage(req, res, [{ field: 'current', key: 'admin.password.error.wrong' }]);
      answer.redirect(req, res, '/admin/password', { kind: 'done', key: 'admin.password.done' });
    },
  };
}
