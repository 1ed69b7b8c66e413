import type { Request, RequestHandler, Response } from 'express';
import { localePath } from '../../web/index.js';
import { findUserToken, useUserToken, type UserToken } from '../actions/tokens.js';
import type { ShownMailbox } from '../actions/arrivals.js';
import { inTransaction } from '../../platform/db.js';
import { findArrival, findMailbox, isAbout, keepMailbox } from '../arrivals.js';
import type { AccountsDeps } from '../deps.js';
import { isProvider } from '../providers/arrival.js';
import { findUser } from '../queries.js';
import { linkMailbox } from './arrive.js';
import { linkGone } from './link-gone.js';

/**
 * The link of the letter to the account that somebody wants to come in to by a provider. It shows the mailbox only. The
 * provider's account has to be shown in the same browser: whoever types another's address could wait for its owner to open
 * the letter.
 */
export function linkIdentityHandlers(
  deps: AccountsDeps,
): Record<'show' | 'link' | 'goOn', RequestHandler<{ token: string }>> {
  const { db, answer, now } = deps;

  const page = (
    req: Request,
    res: Response,
    { provider, email, action }: Pick<ShownMailbox, 'provider' | 'email'> & { action: string | null },
  ) => {
    const { t } = res.locals;
    res.set('Cache-Control', 'no-store');
    answer.page(req, res, {
      view: 'accounts/link-identity',
      head: { title: t('accounts.link.title'), noindex: true },
      data: { provider, email, action },
    });
  };

  const find = async (token: string): Promise<ShownMailbox | null> => {
    const found = await findUserToken(db, { token, purpose: 'link-identity', now: now() });
    const user = found && (await findUser(db, { userId: found.userId }));
    return found && user && mailboxOf(found, user.email);
  };

  return {
    async show(req, res) {
      const { token } = req.params;
      const mailbox = await find(token);
      if (!mailbox) return linkGone(answer, req, res, '/account');
      page(req, res, { ...mailbox, action: `/link-identity/${token}` });
    },

    async link(req, res) {
      const { token } = req.params;
      const mailbox = await find(token);
      const used =
        mailbox &&
        (await inTransaction(db, tx => useUserToken(tx, { token, purpose: 'link-identity', now: now() })));
      if (!mailbox || !used) return linkGone(answer, req, res, '/account');
      await keepMailbox(req, mailbox, now());
      const waiting = findArrival(req, now());
      if (!waiting || !isAbout(mailbox, waiting.arrival))
        return answer.redirect(req, res, localePath(res.locals.locale, '/link-identity'));
      const problem = await linkMailbox(deps, req, res, waiting);
      if (problem) linkGone(answer, req, res, '/account');
    },

    goOn(req, res) {
      const mailbox = findMailbox(req, now());
      if (!mailbox) return linkGone(answer, req, res, '/sign-in');
      page(req, res, { ...mailbox, action: null });
    },
  };
}

/** What the letter was about; null for an address that has changed since. */
function mailboxOf({ userId, data }: UserToken, email: string): ShownMailbox | null {
  const { provider, subject } = data;
  if (data.email !== email || !isProvider(provider) || typeof subject !== 'string') return null;
  return { userId, email, provider, subject };
}
