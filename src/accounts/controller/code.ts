import type { Request, RequestHandler, Response } from 'express';
import { log } from '../../platform/log.js';
import { errorTexts, localePath, type FieldError } from '../../web/index.js';
import { takeCode } from '../actions/second-factor.js';
import { countTry, forgiveTry } from '../actions/throttle.js';
import type { AccountsDeps } from '../deps.js';
import { admit } from '../enter.js';
import { isRecovering, readCode, wrongCode } from '../forms.js';
import { codeTry } from '../known-browser.js';
import { findUser, type User } from '../queries.js';
import { findSecondFactor } from '../queries/second-factor.js';
import { passwordMark } from '../queries/security.js';
import { pendingOf, type Pending } from '../session.js';

/** The second of two things to show: whoever showed the first owes a code. */
export function codeHandlers(deps: AccountsDeps): Record<'form' | 'take', RequestHandler> {
  const { db, answer, cookies, seal, now } = deps;

  const page = (req: Request, res: Response, found: readonly FieldError[] = []) => {
    const { t } = res.locals;
    const errors = errorTexts(t, found);
    res.set('Cache-Control', 'no-store');
    answer.page(req, res, {
      view: 'accounts/code',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t('accounts.code.title'), path: '/sign-in/code', noindex: true },
      data: { errors, recovering: isRecovering(req.body) },
    });
  };

  /** Who owes a code here, as they are now: neither disabled nor with another password since. */
  async function whoOwes(req: Request): Promise<{ pending: Pending; user: User } | null> {
    const pending = pendingOf(req, now());
    const user = pending && (await findUser(db, { userId: pending.userId }));
    if (!pending || !user || user.disabledAt) return null;
    return pending.mark === (await passwordMark(db, { userId: user.id })) ? { pending, user } : null;
  }
  const toSignIn = (req: Request, res: Response) => {
    const { viewer, locale } = res.locals;
    if (viewer) return answer.redirect(req, res, localePath(locale, '/account'));
    answer.redirect(req, res, localePath(locale, '/sign-in'), { kind: 'problem', key: 'accounts.code.late' });
  };

  return {
    async form(req, res) {
      if (!(await whoOwes(req))) return toSignIn(req, res);
      page(req, res);
    },

    async take(req, res) {
      const owing = await whoOwes(req);
      if (!owing) return toSignIn(req, res);
      const { pending, user } = owing;
      const read = readCode(req.body);
      if (!read.ok) return page(req, res, read.errors);
      const counted = codeTry(cookies, req, user);
      await countTry(db, counted, { now: now() });
      const taken = await takeCode(db, { userId: user.id, typed: read.value, seal, now: now() });
      if (!taken.ok) {
        log.warn('code refused', { user: user.id, request: res.locals.requestId });
        return page(req, res, wrongCode(isRecovering(req.body)).errors);
      }
      await forgiveTry(db, counted, { now: now() });
      const { via, remembered, back } = pending;
      const count = taken.recovered ? ((await findSecondFactor(db, { userId: user.id }))?.codesLeft ?? 0) : 0;
      const flash = { kind: 'done', key: 'accounts.code.recovered', values: { count } } as const;
      await admit(deps, req, res, { user, via, remembered, back, ...(taken.recovered ? { flash } : {}) });
    },
  };
}
