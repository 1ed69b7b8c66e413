import type { RequestHandler } from 'express';
import { NotFound } from '../../lib/errors.js';
import { readOrderNumber } from '../../lib/ids.js';
import { orderLinks } from '../../orders/index.js';
import { localePath } from '../../web/index.js';
import type { MyAccountDeps } from '../deps.js';
import { findOwnOrder, listOwnOrders, ORDERS_A_PAGE } from '../queries/orders.js';
import { listedOrderView } from '../views/orders.js';

/** All orders of one's own. */
export function orderHandlers({ db, answer }: MyAccountDeps): Record<'list' | 'show', RequestHandler> {
  return {
    async list(req, res) {
      const { locale, t, viewer } = res.locals;
      const before = readOrderNumber(typeof req.query.before === 'string' ? req.query.before : '') ?? '';
      const { userId } = viewer!;
      const { orders, more } = await listOwnOrders(db, { userId, before, limit: ORDERS_A_PAGE });
      answer.page(req, res, {
        view: 'my-account/orders',
        head: {
          title: t(before ? 'my-account.orders.older' : 'my-account.orders.title'),
          noindex: true,
        },
        data: {
          orders: orders.map(order => listedOrderView(order, locale)),
          isFirst: before === '',
          older: more ? `/account/orders?before=${orders.at(-1)!.number}` : null,
        },
      });
    },

    /** The order's page is one for everybody who may see it. */
    async show(req, res) {
      const number = readOrderNumber(String(req.params.number));
      const { userId } = res.locals.viewer!;
      const order = number && (await findOwnOrder(db, { userId, number }));
      if (!order) throw new NotFound();
      answer.redirect(req, res, localePath(res.locals.locale, orderLinks(order).page));
    },
  };
}
