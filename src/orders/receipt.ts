import type { RequestHandler } from 'express';
import { NotFound } from '../lib/errors.js';
import { readOrderNumber } from '../lib/ids.js';
import { listPayments } from '../payments/index.js';
import type { Db } from '../platform/db.js';
import type { Answer } from '../web/index.js';
import { findOrderForViewer, listOrderLines } from './queries.js';
import { findReceiptNumber, listCaptures } from './queries/receipts.js';
import { listOrderRefunds } from './queries/listed-refunds.js';
import { viewerOf } from './session.js';
import { orderView } from './views.js';
import { receiptView } from './views/receipt.js';

export interface ReceiptDeps {
  db: Db;
  answer: Answer;
  baseUrl: string;
  now: () => Date;
}

/** The receipt of a paid order, for whoever may see the order. Prints on one page. */
export function receiptHandler({ db, answer, baseUrl, now }: ReceiptDeps): RequestHandler {
  return async (req, res) => {
    const number = readOrderNumber(String(req.params.number));
    const order = number && (await findOrderForViewer(db, { number, viewer: viewerOf(req) }));
    if (!order || order.paidAt === null) throw new NotFound();
    const { locale, t } = res.locals;
    const orderId = order.id;
    const receipt = await findReceiptNumber(db, { orderId });
    const lines = await listOrderLines(db, { orderId });
    const payments = await listPayments(db, { orderId });
    const captures = await listCaptures(db, { orderId });
    const refunds = await listOrderRefunds(db, { orderId });
    const view = { order, lines, payments, parcels: [], cancelCause: null, locale, baseUrl, now: now() };
    res.set('Cache-Control', 'private, no-store');
    answer.page(req, res, {
      view: 'orders/receipt',
      head: { title: t('orders.receipt.title', { number: order.number }), noindex: true },
      data: {
        order: orderView(view),
        // The worker gives the number a moment after the payment.
        receipt: receipt && receiptView({ receipt, order, lines, captures, refunds, locale }),
      },
    });
  };
}
