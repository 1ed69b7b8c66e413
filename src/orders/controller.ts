import type { RequestHandler } from 'express';
import { NotFound } from '../lib/errors.js';
import { readOrderNumber } from '../lib/ids.js';
import { fold } from '../lib/text.js';
import { listPayments } from '../payments/index.js';
import type { Db } from '../platform/db.js';
import { localePath, type Answer, type FieldError, type RateLimit } from '../web/index.js';
import { readFind, typedFind } from './forms.js';
import { listParcels } from './queries/parcels.js';
import { findCancelCause, findOrderByEmail, findOrderForViewer, listOrderLines } from './queries.js';
import { rememberOrder, viewerOf } from './session.js';
import { listOrderRefunds, listRefundLines } from './queries/refunds.js';
import { refundViews } from './refund-views.js';
import { isShippable } from './rules/parcels.js';
import { orderView } from './views.js';

export interface OrderDeps {
  db: Db;
  answer: Answer;
  baseUrl: string;
  /** Tries at "find my order" by what was typed (e-mail and number, counted apart), and by where they come from. */
  findLimit: RateLimit;
  findVisitorLimit: RateLimit;
  now: () => Date;
}

export function orderHandlers({
  db,
  answer,
  baseUrl,
  findLimit,
  findVisitorLimit,
  now,
}: OrderDeps): Record<'show' | 'findForm' | 'find', RequestHandler> {
  const findPage = (
    req: Parameters<RequestHandler>[0],
    res: Parameters<RequestHandler>[1],
    typed: Record<string, string>,
    errors: readonly FieldError[] = [],
  ) => {
    const { t } = res.locals;
    answer.page(req, res, {
      view: 'orders/find',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t('orders.find.title'), noindex: true },
      data: { typed, errors: errors.map(({ field, key }) => ({ field, text: t(key) })) },
    });
  };

  return {
    async show(req, res) {
      const number = readOrderNumber(String(req.params.number));
      const order = number && (await findOrderForViewer(db, { number, viewer: viewerOf(req) }));
      if (!order) throw new NotFound();
      const { locale, t } = res.locals;
      const lines = await listOrderLines(db, { orderId: order.id });
      const payments = await listPayments(db, { orderId: order.id });
      const cancelCause =
        order.state === 'canceled' ? await findCancelCause(db, { orderId: order.id }) : null;
      const parcels = await listParcels(db, { orderId: order.id });
      const view = orderView({ order, lines, payments, parcels, cancelCause, locale, baseUrl, now: now() });
      const { currency } = order;
      const refunds = refundViews(await listOrderRefunds(db, { orderId: order.id }), { currency, locale });
      const pieces = await listRefundLines(db, { orderId: order.id });
      const endable =
        isShippable(order.state) &&
        order.hold !== 'dispute' &&
        pieces.every(line => line.shippedQuantity === 0);
      res.set('Cache-Control', 'private, no-store');
      answer.page(req, res, {
        view: 'orders/show',
        fragment: 'orders/_order-status',
        head: { title: t('orders.title', { number: order.number }), noindex: true },
        data: { order: view, refunds, endable },
      });
    },

    findForm: (req, res) => findPage(req, res, { email: '', number: '' }),

    async find(req, res) {
      const typed = typedFind(req.body);
      const read = readFind(typed);
      if (!read.ok) return findPage(req, res, typed, read.errors);
      const { email, number } = read.value;
      await findVisitorLimit.count(`ip:${req.ip}`);
      await findLimit.count(`email:${fold(email)}`, `number:${number}`);
      const order = await findOrderByEmail(db, { number, email });
      // One answer for "no such number" and "other address": a miss tells nothing.
      if (!order) return findPage(req, res, typed, [{ field: 'email', key: 'orders.find.error.miss' }]);
      rememberOrder(req, order.id);
      answer.redirect(req, res, localePath(res.locals.locale, `/orders/${order.number}`));
    },
  };
}
