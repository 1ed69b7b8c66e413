import type { Request, RequestHandler, Response } from 'express';
import { log } from '../../platform/log.js';
import { errorTexts, localePath, typedFields, type FieldError } from '../../web/index.js';
import { checkCredentials } from '../actions/password.js';
import { endSignIn } from '../actions/sign-ins.js';
import { countTry, forgiveTry } from '../actions/throttle.js';
import type { AccountsDeps } from '../deps.js';
import { enter, placeAfter } from '../enter.js';
import { readSignIn, typedSignIn } from '../forms.js';
import { passwordTry } from '../known-browser.js';
import { endSession, signInOf } from '../session.js';

export function signInHandlers(deps: AccountsDeps): Record<'form' | 'signIn' | 'signOut', RequestHandler> {
  const { db, answer, cookies, bcryptCost, providers, now } = deps;

  const page = (
    req: Request,
    res: Response,
    shown: { email: string; remember: boolean; back: string; errors?: readonly FieldError[] },
  ) => {
    const { t } = res.locals;
    const errors = errorTexts(t, shown.errors ?? []);
    res.set('Cache-Control', 'no-store');
    answer.page(req, res, {
      view: 'accounts/sign-in',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t('accounts.signIn.title'), path: '/sign-in', noindex: true },
      data: {
        email: shown.email,
        remember: shown.remember,
        back: shown.back,
        providers: providers.offered,
        errors,
      },
    });
  };

  return {
    form(req, res) {
      const back = typedFields(req.query, ['return_to']).return_to;
      const { viewer, locale } = res.locals;
      if (viewer) return answer.redirect(req, res, placeAfter(back, { locale, role: viewer.role }));
      page(req, res, { email: '', remember: false, back });
    },

    async signIn(req, res) {
      const back = typedFields(req.body, ['return_to']).return_to;
      const typed = typedSignIn(req.body);
      const read = readSignIn(req.body);
      if (!read.ok) return page(req, res, { ...typed, back, errors: read.errors });
      const { email, password, remember } = read.value;
      // Counted before anything is compared, so that many tries at once count as many.
      const counted = passwordTry(cookies, req, email);
      await countTry(db, counted, { now: now() });
      const checked = await checkCredentials(db, { email, password, cost: bcryptCost });
      if (!checked.ok) {
        log.warn('sign-in refused', { request: res.locals.requestId });
        const errors = [{ field: 'email', key: 'accounts.signIn.error.miss' }];
        return page(req, res, { ...typed, back, errors });
      }
      await forgiveTry(db, counted, { now: now() });
      await enter(deps, req, res, { user: checked.user, via: 'password', remembered: remember, back });
    },

    async signOut(req, res) {
      const signInId = signInOf(req);
      if (signInId !== null) {
        await endSignIn(db, { signInId, now: now() });
        await endSession(req);
        // It is the user's, on this device as on their others; the next one who sits down gets their own.
        cookies.clear(res, 'cart');
      }
      // What the browser kept of pages is of no use to the next one either.
      res.set('Clear-Site-Data', '"cache"');
      answer.redirect(req, res, localePath(res.locals.locale, '/sign-in'), {
        kind: 'done',
        key: 'accounts.flash.signed_out',
      });
    },
  };
}
