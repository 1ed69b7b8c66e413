import type { RequestHandler } from 'express';
import { NotFound } from '../../lib/errors.js';
import { inTransaction } from '../../platform/db.js';
import { localePath, readId } from '../../web/index.js';
import { endOtherSignIns, endOwnSignIn } from '../actions/sign-ins.js';
import type { AccountsDeps } from '../deps.js';
import { listAccountMoments } from '../queries/history.js';
import { findWaysIn } from '../queries/security.js';
import { listOpenSignIns } from '../queries/sign-ins.js';
import { momentViews, TOLD_AT_ONCE, TOLD_EVENTS } from '../views/history.js';
import { signInViews } from '../views/sign-ins.js';

/** What keeps an account its owner's: the ways in, and the browsers that are in. */
export function securityHandlers({
  db,
  answer,
  now,
}: AccountsDeps): Record<'show' | 'end' | 'endOthers', RequestHandler> {
  const page = (locale: Parameters<typeof localePath>[0]) => localePath(locale, '/account/security');
  return {
    async show(req, res) {
      const { locale, t, viewer } = res.locals;
      const { userId, signInId } = viewer!;
      const at = now();
      const signIns = await listOpenSignIns(db, { userId, now: at });
      const told = { userId, kinds: TOLD_EVENTS, limit: TOLD_AT_ONCE };
      answer.page(req, res, {
        view: 'accounts/security',
        head: { title: t('accounts.security.title'), noindex: true },
        data: {
          ways: await findWaysIn(db, { userId }),
          signIns: signInViews(signIns, { here: signInId, locale, now: at }),
          moments: momentViews(await listAccountMoments(db, told), locale),
        },
      });
    },

    async end(req, res) {
      const { locale, viewer } = res.locals;
      const signInId = readId(req.params.id);
      const own =
        signInId !== null &&
        (await inTransaction(db, tx => endOwnSignIn(tx, { userId: viewer!.userId, signInId, now: now() })));
      if (!own) throw new NotFound();
      answer.redirect(req, res, page(locale), { kind: 'done', key: 'accounts.security.ended' });
    },

    async endOthers(req, res) {
      const { locale, viewer } = res.locals;
      const { userId, signInId } = viewer!;
      await inTransaction(db, tx => endOtherSignIns(tx, { userId, signInId, now: now() }));
      answer.redirect(req, res, page(locale), { kind: 'done', key: 'accounts.security.othersEnded' });
    },
  };
}
