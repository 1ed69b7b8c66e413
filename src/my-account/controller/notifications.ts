import type { RequestHandler } from 'express';
import { changeMarketing, hasMarketingConsent } from '../../accounts/index.js';
import { listVariants } from '../../catalog/index.js';
import { endRequestOf, listRequestsOf } from '../../inventory/index.js';
import { NotFound } from '../../lib/errors.js';
import { formatMoment } from '../../lib/time.js';
import { inTransaction } from '../../platform/db.js';
import { localePath, readId, typedFields, type Flash } from '../../web/index.js';
import type { MyAccountDeps } from '../deps.js';

/** What the store writes: what it may, what it always does, and what somebody waits for. */
export function notificationHandlers({ db, answer, now }: MyAccountDeps) {
  const done = (key: string): Flash => ({ kind: 'done', key });
  return {
    async show(req, res) {
      const { locale, currency, t, viewer } = res.locals;
      const { userId, email, isVerified } = viewer!;
      // Letters that an address asked for are its owner's business, and nobody else's who typed it here.
      const requests = isVerified ? await listRequestsOf(db, { email }) : [];
      const ids = requests.map(({ variantId }) => variantId);
      const variants = new Map(
        (await listVariants(db, { ids, locale, currency })).map(v => [v.variantId, v]),
      );
      answer.page(req, res, {
        view: 'my-account/notifications',
        head: { title: t('my-account.notifications.title'), noindex: true },
        data: {
          marketing: await hasMarketingConsent(db, { userId }),
          requests: requests.map(({ id, variantId, state, createdAt }) => {
            const variant = variants.get(variantId);
            return {
              id,
              state,
              askedAt: formatMoment(createdAt, locale),
              name: [variant?.name, variant?.variantName].filter(Boolean).join(', '),
              path: variant?.active ? `/products/${encodeURIComponent(variant.slug)}` : null,
            };
          }),
        },
      });
    },

    async change(req, res) {
      const { locale, viewer } = res.locals;
      const given = typedFields(req.body, ['marketing']).marketing === 'yes';
      await inTransaction(db, tx => changeMarketing(tx, { userId: viewer!.userId, given, now: now() }));
      const flash = done(given ? 'my-account.notifications.agreed' : 'my-account.notifications.withdrawn');
      answer.redirect(req, res, localePath(locale, '/account/notifications'), flash);
    },

    async stop(req, res) {
      const { locale, viewer } = res.locals;
      const { email, isVerified } = viewer!;
      const requestId = readId(req.params.id);
      const own =
        isVerified &&
        requestId !== null &&
        (await inTransaction(db, tx => endRequestOf(tx, { requestId, email, now: now() })));
      if (!own) throw new NotFound();
      const flash = done('my-account.notifications.stopped');
      answer.redirect(req, res, localePath(locale, '/account/notifications'), flash);
    },
  } satisfies Record<string, RequestHandler>;
}
