import type { Request, RequestHandler, Response } from 'express';
import { NotFound } from '../../lib/errors.js';
import { formatDay } from '../../lib/time.js';
import { inTransaction } from '../../platform/db.js';
import { localePath, readId } from '../../web/index.js';
import { removeIdentity } from '../actions/identities.js';
import type { AccountsDeps } from '../deps.js';
import { listIdentities } from '../queries/identities.js';
import { findWaysIn } from '../queries/security.js';
import { canRemoveIdentity } from '../rules/arrivals.js';

const PAGE = '/account/identities';

/** The ways in that a user has: a password, and whom they let speak for them. */
export function identityHandlers({
  db,
  answer,
  providers,
  now,
}: AccountsDeps): Record<'list' | 'remove', RequestHandler<{ id: string }>> {
  return {
    async list(req, res) {
      const { t, locale, viewer } = res.locals;
      const { userId } = viewer!;
      const identities = await listIdentities(db, { userId });
      const { hasPassword } = await findWaysIn(db, { userId });
      const { offered } = providers;
      answer.page(req as Request, res as Response, {
        view: 'accounts/identities',
        head: { title: t('accounts.identities.title'), noindex: true },
        data: {
          hasPassword,
          identities: identities.map(({ id, provider, email, createdAt, usedAt }) => ({
            id,
            provider,
            email,
            since: formatDay(createdAt, locale),
            used: formatDay(usedAt, locale),
            removable: canRemoveIdentity({ hasPassword, identities }, { id, offered }),
          })),
          offered,
        },
      });
    },

    async remove(req, res) {
      const { userId, signInId } = res.locals.viewer!;
      const identityId = readId(req.params.id) ?? 0;
      const removed = await inTransaction(db, tx =>
        removeIdentity(tx, { userId, identityId, signInId, offered: providers.offered, now: now() }),
      );
      if (!removed.ok && removed.reason === 'unknown') throw new NotFound();
      const flash = removed.ok
        ? ({
            kind: 'done',
            key: 'accounts.identities.removed',
            values: { provider: res.locals.t(`accounts.provider.name.${removed.provider}`) },
          } as const)
        : ({ kind: 'problem', key: 'accounts.identities.last' } as const);
      answer.redirect(req as Request, res as Response, localePath(res.locals.locale, PAGE), flash);
    },
  };
}
