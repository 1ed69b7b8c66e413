import type { Request, RequestHandler, Response } from 'express';
import { listVariants } from '../../catalog/index.js';
import { confirmRequest, findRequestByToken, stopRequest } from '../../inventory/index.js';
import { NotFound } from '../../lib/errors.js';
import type { Db } from '../../platform/db.js';
import { localePath, type Answer } from '../../web/index.js';
import { readLinkToken } from '../forms.js';
import { waitingView } from '../views/waiting.js';

/**
 * Where the links of a letter about a sold-out variant lead. Looking changes nothing, so that a mail server which opens
 * links confirms nobody; the buttons do. A link that is none of ours is 404.
 */
export function waitingHandlers({ db, answer, now }: { db: Db; answer: Answer; now: () => Date }) {
  const load = async (req: Request<{ token: string }>, res: Response) => {
    const token = readLinkToken(req.params.token);
    if (!token) throw new NotFound();
    const { locale, currency } = res.locals;
    for (const purpose of ['confirm', 'stop'] as const) {
      const request = await findRequestByToken(db, { token, purpose, now: now() });
      if (!request) continue;
      const [variant] = await listVariants(db, { ids: [request.variantId], locale, currency });
      if (!variant) throw new NotFound();
      return { token, purpose, request, variant };
    }
    throw new NotFound();
  };

  return {
    async show(req, res) {
      const { t } = res.locals;
      const { token, purpose, request, variant } = await load(req, res);
      const view = waitingView({ token, purpose, request, variant });
      res.set('Cache-Control', 'private, no-store');
      answer.page(req, res, {
        view: 'storefront/waiting',
        status: view.state === 'expired' ? 410 : 200,
        head: { title: t(`storefront.waiting.${view.state}.title`), noindex: true },
        data: { waiting: view },
      });
    },

    async confirm(req, res) {
      const { locale } = res.locals;
      const { token, variant } = await load(req, res);
      const confirmed = await confirmRequest(db, { token, now: now() });
      if (!confirmed.ok && confirmed.reason === 'unknown') throw new NotFound();
      if (confirmed.ok && confirmed.outcome === 'available') {
        const path = `/products/${variant.slug}?variant=${encodeURIComponent(variant.sku)}`;
        return answer.redirect(req, res, encodeURI(localePath(locale, path)), {
          kind: 'done',
          key: 'storefront.waiting.there',
        });
      }
      answer.redirect(req, res, localePath(locale, `/stock-requests/${token}`));
    },

    async stop(req, res) {
      const { token } = await load(req, res);
      if (!(await stopRequest(db, { token, now: now() }))) throw new NotFound();
      answer.redirect(req, res, localePath(res.locals.locale, `/stock-requests/${token}`));
    },
  } satisfies Record<string, RequestHandler<{ token: string }>>;
}
