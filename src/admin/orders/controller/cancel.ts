import type { RequestHandler } from 'express';
import { closeOrder } from '../../../checkout/index.js';
import { cancelPaidOrder, listParcels, refundPreview, staffActions } from '../../../orders/index.js';
import { Forbidden } from '../../../lib/errors.js';
import { money } from '../../../lib/money.js';
import type { Flash } from '../../../web/index.js';
import { recordStaffAction } from '../../audit-log.js';
import type { AdminDeps } from '../../deps.js';
import { actorOf } from '../../guard.js';
import { may } from '../../rules.js';
import { getDeskOrder, listDeskLines } from '../queries/detail.js';
import { changeOrder } from '../write.js';

/** Ending an order. One that is paid gives its money back, which takes the permission that refunds take. */
export function cancelHandlers(deps: AdminDeps): Record<'form' | 'cancel', RequestHandler> {
  const { db, answer, gateways, baseUrl, now } = deps;
  return {
    async form(req, res) {
      const { t } = res.locals;
      const order = await getDeskOrder(db, req.params as { number: string });
      const [lines, parcels, preview] = await Promise.all([
        listDeskLines(db, { orderId: order.id }),
        listParcels(db, { orderId: order.id }),
        refundPreview(db, { order, choice: { lines: [], shippingAmount: 0 } }),
      ]);
      const { amount, before } = preview.leftSplit;
      // What the bank took back is not ours to return.
      const back = order.hold === 'deposit_reversed' ? 0 : amount;
      answer.page(req, res, {
        view: 'admin/orders/cancel',
        head: { title: t('admin.cancel.title', { number: order.number }), noindex: true },
        data: {
          order: {
            number: order.number,
            path: `/admin/orders/${order.number}`,
            paid: order.state !== 'pending',
            back: money(back, order.currency),
            before: before > 0 ? money(before, order.currency) : null,
            allowed:
              staffActions({ ...order, lines, parcels }).includes('cancel') &&
              (order.state === 'pending' || may(res.locals.staff!.role, 'orders.refund')),
          },
        },
      });
    },

    async cancel(req, res) {
      const order = await getDeskOrder(db, req.params as { number: string });
      const { actor, by } = actorOf(res);
      const because = { orderId: order.id, actor, cause: 'canceled by staff', now: now() };
      const done = (result: { ok: true } | { ok: false; reason: string }) => {
        const flash: Flash = result.ok
          ? { kind: 'done', key: 'admin.order.done.cancel' }
          : { kind: 'problem', key: `admin.order.refused.${result.reason}` };
        answer.redirect(req, res, `/admin/orders/${order.number}`, flash);
      };
      if (order.paidAt === null) {
        const line = { by, action: 'order.cancel', subject: `order:${order.number}`, now: because.now };
        return done(
          await closeOrder(
            { db, gateways, baseUrl },
            {
              ...because,
              alongside: tx =>
                recordStaffAction(tx, {
                  ...line,
                  before: { state: 'pending' },
                  after: { state: 'canceled' },
                }),
            },
          ),
        );
      }
      if (!may(res.locals.staff!.role, 'orders.refund')) throw new Forbidden('orders.refund');
      const change = { order, action: 'order.cancel', now: because.now };
      done(await changeOrder(db, res, change, tx => cancelPaidOrder(tx, because)));
    },
  };
}
