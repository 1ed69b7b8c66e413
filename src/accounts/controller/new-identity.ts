import type { Request, RequestHandler, Response } from 'express';
import { inTransaction } from '../../platform/db.js';
import { localePath, saveSession, type Flash } from '../../web/index.js';
import { addIdentity } from '../actions/identities.js';
import { dropArrival, findArrival } from '../arrivals.js';
import type { AccountsDeps } from '../deps.js';
import { nowYours } from './arrive.js';

const LIST = '/account/identities';

/** Adding what waits in this browser to the account that was signed in to with its password. */
export function newIdentityHandlers({
  db,
  answer,
  now,
}: AccountsDeps): Record<'form' | 'add', RequestHandler> {
  const backToList = (req: Request, res: Response, flash?: Flash) =>
    answer.redirect(req, res, localePath(res.locals.locale, LIST), flash);

  return {
    form(req, res) {
      const { t } = res.locals;
      const waiting = findArrival(req, now());
      if (!waiting) return backToList(req, res);
      const { provider, name, email } = waiting.arrival;
      answer.page(req, res, {
        view: 'accounts/identity-new',
        head: { title: t('accounts.newIdentity.title'), path: `${LIST}/new`, noindex: true },
        data: { provider, whose: [name, email].filter(Boolean).join(', ') },
      });
    },

    async add(req, res) {
      const { userId } = res.locals.viewer!;
      const waiting = findArrival(req, now());
      if (!waiting) return backToList(req, res, { kind: 'problem', key: 'accounts.complete.stale' });
      const { arrival } = waiting;
      const added = await inTransaction(db, tx => addIdentity(tx, { userId, arrival, now: now() }));
      dropArrival(req);
      await saveSession(req);
      const done = nowYours(res, arrival.provider);
      if (added.ok) return backToList(req, res, done);
      backToList(req, res, {
        ...done,
        kind: added.reason === 'taken' ? 'problem' : 'done',
        key: `accounts.provider.flash.${added.reason}`,
      });
    },
  };
}
