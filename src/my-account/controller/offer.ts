import type { Request, RequestHandler, Response } from 'express';
import { accountOffer, beginAccount, readRegistration, tooYoung } from '../../accounts/index.js';
import { NotFound } from '../../lib/errors.js';
import { readOrderNumber } from '../../lib/ids.js';
import { findOrderForViewer, offersAccount, viewerOf, type Order } from '../../orders/index.js';
import { localePath, type FieldError } from '../../web/index.js';
import type { MyAccountDeps } from '../deps.js';

/** Neither the key of a link nor being signed in opens these pages. */
const NOBODY = { key: null, userId: null } as const;

/**
 * An account of what an order says: name and address are known, a password is asked. Only in the browser that placed the
 * order; the order becomes theirs once the letter has shown that the address is.
 */
export function offerHandlers(deps: MyAccountDeps): Record<'form' | 'register', RequestHandler> {
  const { db, answer } = deps;

  const load = async (req: Request): Promise<Order> => {
    const number = readOrderNumber(String(req.params.number));
    const order =
      number &&
      (await findOrderForViewer(db, { number, viewer: { ...NOBODY, placed: viewerOf(req).placed } }));
    if (!order || !offersAccount(order)) throw new NotFound();
    return order;
  };
  const page = (req: Request, res: Response, order: Order, errors: readonly FieldError[] = []) => {
    const { t } = res.locals;
    const { email, number } = order;
    const action = `/orders/${number}/account`;
    res.set('Cache-Control', 'private, no-store');
    answer.page(req, res, {
      view: 'my-account/offer',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t('accounts.offer.title'), noindex: true },
      data: { number, offer: accountOffer(res.locals, { action, email, body: req.body, errors }) },
    });
  };
  const toOrder = (req: Request, res: Response, order: Order) =>
    answer.redirect(req, res, localePath(res.locals.locale, `/orders/${order.number}`));

  return {
    async form(req, res) {
      const order = await load(req);
      if (res.locals.viewer) return toOrder(req, res, order);
      page(req, res, order);
    },

    async register(req, res) {
      const order = await load(req);
      // Signed in meanwhile, in another window.
      if (res.locals.viewer) return toOrder(req, res, order);
      const { email, name } = order;
      const read = readRegistration({ ...(req.body as object), email, name }, { shop: res.locals.shop.name });
      if (!read.ok && read.reason === 'too-young') return tooYoung(answer, req, res);
      if (!read.ok) return page(req, res, order, read.errors);
      await beginAccount(deps, req, res, read.value);
    },
  };
}
