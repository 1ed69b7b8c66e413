import type { RequestHandler } from 'express';
import { listStaffNames } from '../../../accounts/index.js';
import { NotFound } from '../../../lib/errors.js';
import { resendLetter } from '../../../mail/index.js';
import { addNote, listOrderRefunds, listParcels, startFulfilling } from '../../../orders/index.js';
import { listReturnsOfOrder } from '../../../returns/index.js';
import { readId, typedFields, type Flash } from '../../../web/index.js';
import { listStaffActions } from '../../audit-log.js';
import type { AdminDeps } from '../../deps.js';
import {
  getDeskOrder,
  listDeskLines,
  listDeskPayments,
  listOtherOrders,
  listStory,
} from '../queries/detail.js';
import { detailView } from '../views/detail.js';
import { changeOrder } from '../write.js';

export function detailHandlers({
  db,
  answer,
  baseUrl,
  now,
}: AdminDeps): Record<'show' | 'fulfil' | 'note' | 'resend', RequestHandler> {
  return {
    async show(req, res) {
      const { t, locale } = res.locals;
      const order = await getDeskOrder(db, req.params as { number: string });
      const of = { orderId: order.id };
      const [lines, payments, parcels, refunds, returns, others, story, log, names] = await Promise.all([
        listDeskLines(db, of),
        listDeskPayments(db, of),
        listParcels(db, of),
        listOrderRefunds(db, of),
        listReturnsOfOrder(db, of),
        listOtherOrders(db, { ...of, email: order.email }),
        listStory(db, of),
        listStaffActions(db, { subject: `order:${order.number}` }),
        listStaffNames(db),
      ]);
      const { role } = res.locals.staff!;
      answer.page(req, res, {
        view: 'admin/orders/detail',
        head: { title: t('admin.order.title', { number: order.number }), noindex: true },
        data: {
          order: detailView({
            order,
            lines,
            payments,
            parcels,
            refunds,
            returns,
            others,
            story,
            log,
            names,
            role,
            locale,
            baseUrl,
          }),
        },
      });
    },

    async fulfil(req, res) {
      const order = await getDeskOrder(db, req.params as { number: string });
      const result = await changeOrder(
        db,
        res,
        { order, action: 'order.fulfil', now: now() },
        startFulfilling,
      );
      const flash: Flash = result.ok
        ? { kind: 'done', key: 'admin.order.done.fulfil' }
        : { kind: 'problem', key: `admin.order.refused.${result.reason}` };
      answer.redirect(req, res, `/admin/orders/${order.number}`, flash);
    },

    async note(req, res) {
      const order = await getDeskOrder(db, req.params as { number: string });
      const text = typedFields(req.body, ['text']).text.replaceAll('\0', '');
      const result = await changeOrder(db, res, { order, action: 'order.note', now: now() }, (tx, because) =>
        addNote(tx, { ...because, text }),
      );
      const flash: Flash = result.ok
        ? { kind: 'done', key: 'admin.order.done.note' }
        : { kind: 'problem', key: `admin.order.refused.${result.reason}` };
      answer.redirect(req, res, `/admin/orders/${order.number}#story`, flash);
    },

    async resend(req, res) {
      const order = await getDeskOrder(db, req.params as { number: string });
      const { letter } = req.params as { letter: string };
      // Zero is no letter's id.
      const letterId = readId(letter) ?? 0;
      const change = { order, action: 'order.letter', detail: { letterId }, now: now() };
      const result = await changeOrder(db, res, change, (tx, because) =>
        resendLetter(tx, { ...because, letterId }),
      );
      if (!result.ok && result.reason === 'unknown') throw new NotFound();
      const flash: Flash = result.ok
        ? { kind: 'done', key: 'admin.order.done.letter' }
        : { kind: 'problem', key: 'admin.order.refused.just-sent' };
      answer.redirect(req, res, `/admin/orders/${order.number}#story`, flash);
    },
  };
}
