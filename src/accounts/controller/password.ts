import type { Request, RequestHandler, Response } from 'express';
import { inTransaction } from '../../platform/db.js';
import { errorTexts, localePath, type FieldError } from '../../web/index.js';
import { checkPassword, replacePassword } from '../actions/password.js';
import { countTry, forgiveTry } from '../actions/throttle.js';
import type { AccountsDeps } from '../deps.js';
import { readPasswordChange } from '../forms.js';
import { findWaysIn } from '../queries/security.js';

/** One's own password, changed by whoever knows the present one, or set by whoever has none. */
export function passwordHandlers({
  db,
  answer,
  bcryptCost,
  now,
}: AccountsDeps): Record<'form' | 'change', RequestHandler> {
  const page = (req: Request, res: Response, isFirst: boolean, found: readonly FieldError[] = []) => {
    const { t } = res.locals;
    const errors = errorTexts(t, found);
    answer.page(req, res, {
      view: 'accounts/password',
      status: errors.length > 0 ? 422 : 200,
      head: {
        title: t(isFirst ? 'accounts.password.first' : 'accounts.password.title'),
        path: '/account/password',
        noindex: true,
      },
      data: { isFirst, errors },
    });
  };
  const isFirstOf = async (userId: number) => !(await findWaysIn(db, { userId })).hasPassword;

  return {
    async form(req, res) {
      page(req, res, await isFirstOf(res.locals.viewer!.userId));
    },

    async change(req, res) {
      const { viewer, shop } = res.locals;
      const { userId, signInId, email, name } = viewer!;
      const isFirst = await isFirstOf(userId);
      const read = readPasswordChange(req.body, { isFirst, about: [email, name, shop.name] });
      if (!read.ok) return page(req, res, isFirst, read.errors);
      // An open browser is no place to guess the password at.
      const counted = [{ limit: 'confirmation', of: signInId }] as const;
      await countTry(db, counted, { now: now() });
      const checked = await checkPassword(db, { ...read.value, userId, cost: bcryptCost });
      const done =
        checked.ok &&
        (await inTransaction(db, tx => replacePassword(tx, { ...checked, userId, signInId, now: now() })));
      if (!done)
        return page(req, res, isFirst, [
          {
            field: isFirst ? 'next' : 'current',
            key: isFirst ? 'accounts.password.error.meanwhile' : 'accounts.password.error.wrong',
          },
        ]);
      await forgiveTry(db, counted, { now: now() });
      answer.redirect(req, res, localePath(res.locals.locale, '/account/security'), {
        kind: 'done',
        key: 'accounts.password.done',
      });
    },
  };
}
