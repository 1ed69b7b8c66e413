import type { Request, RequestHandler, Response } from 'express';
import { inTransaction } from '../../platform/db.js';
import { emit } from '../../platform/jobs.js';
import { errorTexts, localePath, type FieldError } from '../../web/index.js';
import { resetPassword } from '../actions/mailbox.js';
import { countTry } from '../actions/throttle.js';
import { findUserToken } from '../actions/tokens.js';
import type { AccountsDeps } from '../deps.js';
import { typedSignIn } from '../forms.js';
import { readEmail, readNewPassword } from '../registration-form.js';
import { letterTry } from '../known-browser.js';
import { hashPassword } from '../password.js';
import { findUser, findUserByEmail } from '../queries.js';
import { linkGone } from './link-gone.js';

type Names = 'ask' | 'send' | 'sent' | 'form' | 'reset';

/** A forgotten password. Asking is answered in one way, whether the address has an account or not. */
export function resetHandlers({
  db,
  answer,
  bcryptCost,
  afterVerified,
  now,
}: AccountsDeps): Record<Names, RequestHandler<{ token: string }>> {
  const askPage = (req: Request, res: Response, email: string, found: readonly FieldError[] = []) =>
    answer.page(req, res, {
      view: 'accounts/forgot-password',
      status: found.length > 0 ? 422 : 200,
      head: { title: res.locals.t('accounts.forgot.title'), noindex: true },
      data: { email, errors: errorTexts(res.locals.t, found) },
    });

  const formPage = (req: Request, res: Response, token: string, found: readonly FieldError[] = []) => {
    res.set('Cache-Control', 'no-store');
    answer.page(req, res, {
      view: 'accounts/reset-password',
      status: found.length > 0 ? 422 : 200,
      head: { title: res.locals.t('accounts.reset.title'), noindex: true },
      data: { action: `/reset-password/${token}`, errors: errorTexts(res.locals.t, found) },
    });
  };

  const ownerOf = async (token: string) => {
    const found = await findUserToken(db, { token, purpose: 'reset-password', now: now() });
    return found && (await findUser(db, { userId: found.userId }));
  };

  return {
    ask: (req, res) => askPage(req, res, res.locals.viewer?.email ?? ''),

    async send(req, res) {
      const read = readEmail(req.body);
      if (!read.ok) return askPage(req, res, typedSignIn(req.body).email, read.errors);
      const { email } = read.value;
      await countTry(db, letterTry(req, email), { now: now() });
      const user = await findUserByEmail(db, { email });
      // Told for nobody as well: the same statements whether or not there is an account.
      const userId = user && !user.disabledAt ? user.id : 0;
      await inTransaction(db, tx => emit(tx, 'user.reset-asked', { userId }));
      answer.redirect(req, res, localePath(res.locals.locale, '/forgot-password/sent'));
    },

    sent(req, res) {
      const { t } = res.locals;
      answer.page(req, res, {
        view: 'accounts/letter-sent',
        head: { title: t('accounts.forgot.sent.title'), noindex: true },
        data: { sentences: 'accounts.forgot.sent', again: '/forgot-password' },
      });
    },

    async form(req, res) {
      const { token } = req.params;
      if (!(await ownerOf(token))) return linkGone(answer, req, res, '/forgot-password');
      formPage(req, res, token);
    },

    async reset(req, res) {
      const { token } = req.params;
      // Asked before hashing: a link that does not work costs nobody anything.
      const user = await ownerOf(token);
      if (!user) return linkGone(answer, req, res, '/forgot-password');
      const read = readNewPassword(req.body, [user.email, user.name, res.locals.shop.name]);
      if (!read.ok) return formPage(req, res, token, read.errors);
      const passwordHash = await hashPassword(read.value.next, bcryptCost);
      const done = await inTransaction(db, tx =>
        resetPassword(tx, { token, passwordHash, afterVerified, now: now() }),
      );
      if (!done.ok) return linkGone(answer, req, res, '/forgot-password');
      answer.redirect(req, res, localePath(res.locals.locale, '/sign-in'), {
        kind: 'done',
        key: 'accounts.reset.done',
      });
    },
  };
}
