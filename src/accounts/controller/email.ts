import type { Request, RequestHandler, Response } from 'express';
import { inTransaction } from '../../platform/db.js';
import { errorTexts, localePath, type FieldError } from '../../web/index.js';
import { askEmailChange, changeEmail, keepEmail } from '../actions/change-email.js';
import { countTry } from '../actions/throttle.js';
import { findUserToken, type TokenPurpose } from '../actions/tokens.js';
import type { AccountsDeps } from '../deps.js';
import { typedSignIn } from '../forms.js';
import { readEmail } from '../registration-form.js';
import { letterTry } from '../known-browser.js';
import { findUserWithPassword, type UserWithPassword } from '../queries.js';
import { linkGone } from './link-gone.js';
import { linkAsks, linkErrors } from './link-owner.js';

type Names = 'form' | 'ask' | 'showChange' | 'change' | 'showKeep' | 'keep';

const CHANGE = { path: '/email-change', sentences: 'accounts.emailChange' } as const;
const KEEP = { path: '/keep-email', sentences: 'accounts.emailKeep' } as const;

interface LinkPage {
  link: typeof CHANGE | typeof KEEP;
  email: string;
  asks: ReturnType<typeof linkAsks>;
  errors?: readonly FieldError[];
}

/** Another address for an account: wished for here, done by the link to the new one, refused by the link to the old one. */
export function emailHandlers(deps: AccountsDeps): Record<Names, RequestHandler<{ token: string }>> {
  const { db, answer, afterVerified, now } = deps;
  const page = (req: Request, res: Response, email: string, found: readonly FieldError[] = []) => {
    const { t } = res.locals;
    answer.page(req, res, {
      view: 'accounts/email',
      status: found.length > 0 ? 422 : 200,
      head: { title: t('accounts.email.title'), noindex: true },
      data: { email, errors: errorTexts(t, found) },
    });
  };

  const find = async (
    purpose: TokenPurpose,
    token: string,
  ): Promise<{ user: UserWithPassword; to: string } | null> => {
    const found = await findUserToken(db, { token, purpose, now: now() });
    const user = found && (await findUserWithPassword(db, { userId: found.userId }));
    return user && { user, to: String(found.data.email) };
  };

  /** The page behind a link: what it does and a button; looking at it changes nothing. */
  const linkPage = (req: Request, res: Response, { link, email, asks, errors: found = [] }: LinkPage) => {
    const { t } = res.locals;
    const errors = errorTexts(t, found);
    res.set('Cache-Control', 'no-store');
    answer.page(req, res, {
      view: 'accounts/email-link',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t(`${link.sentences}.title`), noindex: true },
      data: {
        sentences: link.sentences,
        action: `${link.path}/${req.params.token as string}`,
        email,
        asks,
        errors,
      },
    });
  };

  const taken = (req: Request, res: Response, sentences: 'accounts.emailTaken' | 'accounts.emailLost') => {
    answer.page(req, res, {
      view: 'accounts/email-taken',
      status: 409,
      head: { title: res.locals.t(`${sentences}.title`), noindex: true },
      data: { sentences, next: sentences === 'accounts.emailTaken' ? '/account/email' : '/contact' },
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

    async showChange(req, res) {
      const found = await find('change-email', req.params.token);
      if (!found) return linkGone(answer, req, res, '/account/email');
      const { user, to } = found;
      linkPage(req, res, { link: CHANGE, email: to, asks: linkAsks(req, res, user) });
    },

    async change(req, res) {
      const { token } = req.params;
      const found = await find('change-email', token);
      if (!found) return linkGone(answer, req, res, '/account/email');
      const { user, to } = found;
      const errors = await linkErrors(deps, req, res, user, 'accounts.emailChange.error.password');
      if (errors.length > 0)
        return linkPage(req, res, { link: CHANGE, email: to, asks: linkAsks(req, res, user), errors });
      const done = await inTransaction(db, tx => changeEmail(tx, { token, afterVerified, now: now() }));
      if (!done.ok)
        return done.reason === 'gone'
          ? linkGone(answer, req, res, '/account/email')
          : taken(req, res, 'accounts.emailTaken');
      answer.redirect(req, res, localePath(res.locals.locale, '/sign-in'), {
        kind: 'done',
        key: 'accounts.emailChange.done',
      });
    },

    async showKeep(req, res) {
      const found = await find('keep-email', req.params.token);
      if (!found) return linkGone(answer, req, res, '/forgot-password');
      linkPage(req, res, { link: KEEP, email: found.to, asks: 'nothing' });
    },

    async keep(req, res) {
      const { token } = req.params;
      const done = await inTransaction(db, tx => keepEmail(tx, { token, now: now() }));
      if (!done.ok)
        return done.reason === 'gone'
          ? linkGone(answer, req, res, '/forgot-password')
          : taken(req, res, 'accounts.emailLost');
      answer.redirect(req, res, localePath(res.locals.locale, '/forgot-password'), {
        kind: 'done',
        key: 'accounts.emailKeep.done',
      });
    },
  };
}
