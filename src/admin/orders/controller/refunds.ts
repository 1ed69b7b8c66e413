import type { Request, RequestHandler } from 'express';
import { giveBack } from '../../../checkout/index.js';
import { NotFound } from '../../../lib/errors.js';
import { newToken } from '../../../lib/ids.js';
import { formatMoney, money } from '../../../lib/money.js';
import {
  listRefundLines,
  payRefundElsewhere,
  refundOrder,
  refundPreview,
  retryRefund,
  takeBackRefund,
  type Order,
} from '../../../orders/index.js';
import { errorTexts, typedFields, type Flash } from '../../../web/index.js';
import type { AdminDeps } from '../../deps.js';
import { readRefund } from '../forms/pieces.js';
import { getDeskOrder } from '../queries/detail.js';
import { refundView } from '../views/refund.js';
import { changeOrder } from '../write.js';

type Handlers = Record<
  'preview' | 'refund' | 'retry' | 'takeBack' | 'paidElsewhere' | 'giveBack',
  RequestHandler
>;

const pathOf = ({ number }: Pick<Order, 'number'>): string => `/admin/orders/${number}`;

/** Money back: first a page that says how much it would be, then the form that does it. */
export function refundHandlers({ db, answer, now }: AdminDeps): Handlers {
  const readFor = async (order: Order, source: unknown) => {
    const lines = await listRefundLines(db, { orderId: order.id });
    const ids = lines.map(({ orderLineId }) => orderLineId);
    return readRefund(source, ids, order.currency);
  };

  /** Handlers of a refund that failed differ only in what they do. */
  const again =
    (
      name: string,
      action: typeof retryRefund | typeof takeBackRefund | typeof payRefundElsewhere,
    ): RequestHandler =>
    async (req, res) => {
      const order = await getDeskOrder(db, req.params as { number: string });
      const orderRefundId = Number(req.params.refund);
      if (!Number.isSafeInteger(orderRefundId)) throw new NotFound();
      const change = { order, action: `order.refund-${name}`, detail: { orderRefundId }, now: now() };
      const result = await changeOrder<{ ok: true } | { ok: false; reason: string }>(
        db,
        res,
        change,
        (tx, because) => action(tx, { ...because, orderRefundId, cause: 'by staff' }),
      );
      if (!result.ok && result.reason === 'unknown') throw new NotFound();
      const flash: Flash = result.ok
        ? { kind: 'done', key: `admin.order.done.${name}` }
        : { kind: 'problem', key: `admin.order.refused.${result.reason}` };
      answer.redirect(req, res, `${pathOf(order)}#refunds`, flash);
    };

  return {
    async preview(req: Request, res) {
      const { t } = res.locals;
      const order = await getDeskOrder(db, req.params as { number: string });
      const typed = await readFor(order, req.query);
      const { choice } = typed;
      const preview = await refundPreview(db, { order, choice });
      const refused = preview.chosen.ok || preview.chosen.reason === 'nothing' ? null : preview.chosen.reason;
      const isTooMuch = preview.chosen.ok && preview.chosenSplit === null;
      const errors = errorTexts(t, [
        ...typed.errors,
        ...(refused === null
          ? []
          : [
              {
                field: refused === 'delivery' ? 'delivery' : 'refund-lines',
                key: `admin.refund.error.${refused}`,
              },
            ]),
        ...(isTooMuch ? [{ field: 'refund-lines', key: 'admin.order.refused.too-much' }] : []),
      ]);
      answer.page(req, res, {
        view: 'admin/orders/refund',
        status: errors.length > 0 ? 422 : 200,
        head: { title: t('admin.refund.title', { number: order.number }), noindex: true },
        data: { refund: refundView({ order, preview, typed, errors, token: newToken() }), errors },
      });
    },

    async refund(req, res) {
      const order = await getDeskOrder(db, req.params as { number: string });
      const { choice, cause, typed, errors } = await readFor(order, req.body);
      const { token, expected } = typedFields(req.body, ['token', 'expected']);
      const retry = `${pathOf(order)}/refund?${new URLSearchParams(Object.entries(typed).filter(([, value]) => value !== '')).toString()}`;
      if (errors.length > 0 || !/^[\w-]{22,64}$/.test(token) || !/^\d{1,15}$/.test(expected))
        return answer.redirect(req, res, retry, { kind: 'problem', key: 'admin.order.refused.changed' });
      const change = {
        order,
        action: 'order.refund',
        detail: { ...choice, amount: Number(expected) },
        now: now(),
      };
      const result = await changeOrder(db, res, change, (tx, because) =>
        refundOrder(tx, { ...because, ...choice, cause, token, expected: Number(expected) }),
      );
      if (!result.ok)
        return answer.redirect(req, res, retry, {
          kind: 'problem',
          key: `admin.order.refused.${result.reason}`,
        });
      answer.redirect(req, res, `${pathOf(order)}#refunds`, {
        kind: 'done',
        key: result.amount.amount > 0 ? 'admin.order.done.refund' : 'admin.order.done.counted',
        values: { amount: formatMoney(result.amount, res.locals.locale) },
      });
    },

    /** Money that no order can use: what came too late and whose own refund failed, or another sum than was asked for. */
    async giveBack(req, res) {
      const order = await getDeskOrder(db, req.params as { number: string });
      const paymentId = Number(req.params.payment);
      if (!Number.isSafeInteger(paymentId)) throw new NotFound();
      const change = { order, action: 'order.give-back', detail: { paymentId }, now: now() };
      const result = await changeOrder(db, res, change, (tx, because) =>
        giveBack(tx, { ...because, paymentId, cause: 'no order can use it' }),
      );
      if (!result.ok && result.reason === 'unknown') throw new NotFound();
      const flash: Flash = result.ok
        ? {
            kind: 'done',
            key: 'admin.order.done.refund',
            values: { amount: formatMoney(money(result.amount, order.currency), res.locals.locale) },
          }
        : { kind: 'problem', key: `admin.order.refused.${result.reason}` };
      answer.redirect(req, res, `${pathOf(order)}#payments`, flash);
    },

    retry: again('retry', retryRefund),
    takeBack: again('taking-back', takeBackRefund),
    paidElsewhere: again('paid-elsewhere', payRefundElsewhere),
  };
}
