import type { Request, RequestHandler, Response } from 'express';
import { inTransaction } from '../../platform/db.js';
import { localePath, type FieldError } from '../../web/index.js';
import { checkPassword, replacePassword } from '../actions/password.js';
import { countTry, forgiveTry } from '../actions/throttle.js';
import type { AccountsDeps } from '../deps.js';
import { readPasswordChange } from '../forms.js';

/** One's own password, changed by whoever knows the present one. */
export function passwordHandlers({
  db,
  answer,
  bcryptCost,
  now,
}: AccountsDeps): Record<'form' | 'change', RequestHandler> {
  const page = (req: Request, res: Response, found: readonly FieldError[] = []) => {
    const { t } = res.locals;
    const errors = found.map(({ field, key, values }) => ({ field, text: t(key, values) }));
    answer.page(req, res, {
      view: 'accounts/password',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t('accounts.password.title'), path: '/account/password', noindex: true },
      data: { errors },
    });
  };

  return {
    form: (req, res) => page(req, res),

    async change(req, res) {
      const read = readPasswordChange(req.body);
      if (!read.ok) return page(req, res, read.errors);
      const { userId, signInId } = res.locals.viewer!;
      // An open browser is no place to guess the password at.
      const counted = [{ limit: 'confirmation', of: signInId }] as const;
      await countTry(db, counted, { now: now() });
      const checked = await checkPassword(db, { ...read.value, userId, cost: bcryptCost });
      const done =
        checked.ok &&
        (await inTransaction(db, tx => replacePassword(tx, { ...checked, userId, signInId, now: now() })));
      if (!done) return page(req, res, [{ field: 'current', key: 'accounts.password.error.wrong' }]);
      await forgiveTry(db, counted, { now: now() });
      answer.redirect(req, res, localePath(res.locals.locale, '/account/password'), {
        kind: 'done',
        key: 'accounts.password.done',
      });
    },
  };
}
