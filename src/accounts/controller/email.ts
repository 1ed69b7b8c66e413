import type { Request, RequestHandler, Response } from 'express';
import { inTransaction } from '../../platform/db.js';
import { localePath, type FieldError } from '../../web/index.js';
import { askEmailChange, changeEmail, keepEmail } from '../actions/mailbox.js';
import { countTry } from '../actions/throttle.js';
import { findUserToken, type TokenPurpose } from '../actions/tokens.js';
import type { AccountsDeps } from '../deps.js';
import { typedSignIn } from '../forms.js';
import { readEmail } from '../registration-form.js';
import { letterTry } from '../known-browser.js';
import { linkGone } from './link-gone.js';

type Names = 'form' | 'ask' | 'showChange' | 'change' | 'showKeep' | 'keep';

/** Another address for an account: wished for here, done by the link to the new one, refused by the link to the old one. */
export function emailHandlers({
  db,
  answer,
  afterVerified,
  now,
}: AccountsDeps): Record<Names, RequestHandler<{ token: string }>> {
  const page = (req: Request, res: Response, email: string, found: readonly FieldError[] = []) => {
    const { t } = res.locals;
    answer.page(req, res, {
      view: 'accounts/email',
      status: found.length > 0 ? 422 : 200,
      head: { title: t('accounts.email.title'), noindex: true },
      data: { email, errors: found.map(({ field, key }) => ({ field, text: t(key) })) },
    });
  };

  /** The page behind a link: what it does and a button; looking at it changes nothing. */
  const show =
    (purpose: TokenPurpose, path: string, sentences: string): RequestHandler<{ token: string }> =>
    async (req, res) => {
      const { token } = req.params;
      const found = await findUserToken(db, { token, purpose, now: now() });
      if (!found) return linkGone(answer, req, res, '/account/email');
      const { t } = res.locals;
      res.set('Cache-Control', 'no-store');
      answer.page(req, res, {
        view: 'accounts/email-link',
        head: { title: t(`${sentences}.title`), noindex: true },
        data: { sentences, action: `${path}/${token}`, email: String(found.data.email) },
      });
    };

  return {
    form: (req, res) => page(req, res, ''),

    async ask(req, res) {
      const { viewer, locale } = res.locals;
      const { userId, email: present } = viewer!;
      const read = readEmail(req.body);
      const typed = typedSignIn(req.body).email;
      if (!read.ok) return page(req, res, typed, read.errors);
      const { email } = read.value;
      if (email === present)
        return page(req, res, typed, [{ field: 'email', key: 'accounts.email.error.same' }]);
      await countTry(db, [{ limit: 'letters', of: userId }, ...letterTry(req, email)], { now: now() });
      await inTransaction(db, tx => askEmailChange(tx, { userId, email, now: now() }));
      answer.redirect(req, res, localePath(locale, '/account/email'), {
        kind: 'done',
        key: 'accounts.email.sent',
        values: { email },
      });
    },

    showChange: show('change-email', '/email-change', 'accounts.emailChange'),

    async change(req, res) {
      const { locale, t } = res.locals;
      const { token } = req.params;
      const done = await inTransaction(db, tx => changeEmail(tx, { token, afterVerified, now: now() }));
      if (!done.ok && done.reason === 'gone') return linkGone(answer, req, res, '/account/email');
      if (!done.ok)
        return answer.page(req, res, {
          view: 'accounts/email-taken',
          status: 409,
          head: { title: t('accounts.emailTaken.title'), noindex: true },
          data: {},
        });
      answer.redirect(req, res, localePath(locale, '/sign-in'), {
        kind: 'done',
        key: 'accounts.emailChange.done',
      });
    },

    showKeep: show('keep-email', '/keep-email', 'accounts.emailKeep'),

    async keep(req, res) {
      const { token } = req.params;
      const done = await inTransaction(db, tx => keepEmail(tx, { token, now: now() }));
      if (!done.ok) return linkGone(answer, req, res, '/forgot-password');
      answer.redirect(req, res, localePath(res.locals.locale, '/forgot-password'), {
        kind: 'done',
        key: 'accounts.emailKeep.done',
      });
    },
  };
}
