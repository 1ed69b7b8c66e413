import type { Request, RequestHandler, Response } from 'express';
import { inTransaction } from '../../platform/db.js';
import { errorTexts, localePath, typedFields, type FieldError } from '../../web/index.js';
import { acceptInvitation } from '../actions/invite.js';
import { findUserToken } from '../actions/tokens.js';
import type { AccountsDeps } from '../deps.js';
import { hashPassword } from '../password.js';
import { findUserWithPassword, type UserWithPassword } from '../queries.js';
import { nameErrors, readNewPassword } from '../registration-form.js';
import { linkGone } from './link-gone.js';

/** What somebody invited to the desk has to say first: a name and a password, unless their account has both. */
const asksFor = ({ name, passwordHash, emailVerifiedAt }: UserWithPassword) => ({
  name: name === '',
  password: passwordHash === null || emailVerifiedAt === null,
});

/** The link of an invitation to the desk. Looking at it changes nothing. */
export function invitationHandlers({
  db,
  answer,
  bcryptCost,
  afterVerified,
  now,
}: AccountsDeps): Record<'show' | 'accept', RequestHandler<{ token: string }>> {
  const find = async (token: string) => {
    const found = await findUserToken(db, { token, purpose: 'invite', now: now() });
    return found && (await findUserWithPassword(db, { userId: found.userId }));
  };

  const page = (
    req: Request,
    res: Response,
    shown: { user: UserWithPassword; token: string; name?: string; errors?: readonly FieldError[] },
  ) => {
    const { t } = res.locals;
    const { user, token, name = '', errors = [] } = shown;
    res.set('Cache-Control', 'no-store');
    answer.page(req, res, {
      view: 'accounts/invitation',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t('accounts.invitation.title'), noindex: true },
      data: {
        email: user.email,
        asks: asksFor(user),
        action: `/staff-invitation/${token}`,
        name,
        errors: errorTexts(t, errors),
      },
    });
  };

  return {
    async show(req, res) {
      const { token } = req.params;
      const user = await find(token);
      if (!user) return linkGone(answer, req, res, '/sign-in');
      page(req, res, { user, token });
    },

    async accept(req, res) {
      const { token } = req.params;
      const user = await find(token);
      if (!user) return linkGone(answer, req, res, '/sign-in');
      const { name } = typedFields(req.body, ['name']);
      const asks = asksFor(user);
      const read = readNewPassword(req.body, [user.email, name, res.locals.shop.name]);
      const errors = [
        ...(asks.name ? nameErrors(name) : []),
        ...(asks.password && !read.ok ? read.errors : []),
      ];
      if (errors.length > 0) return page(req, res, { user, token, name, errors });
      const passwordHash = asks.password && read.ok ? await hashPassword(read.value.next, bcryptCost) : null;
      const input = { token, name: name.trim(), passwordHash, afterVerified, now: now() };
      const done = await inTransaction(db, tx => acceptInvitation(tx, input));
      if (!done.ok) return linkGone(answer, req, res, '/sign-in');
      answer.redirect(req, res, localePath(res.locals.locale, '/sign-in'), {
        kind: 'done',
        key: 'accounts.invitation.done',
      });
    },
  };
}
