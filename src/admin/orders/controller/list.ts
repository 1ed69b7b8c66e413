import type { RequestHandler } from 'express';
import { CSV_START } from '../../../lib/csv.js';
import { sortedCountries } from '../../../lib/countries.js';
import { log } from '../../../platform/log.js';
import { listCountries } from '../../../shipping/index.js';
import type { AdminDeps } from '../../deps.js';
import { may } from '../../rules.js';
import { csvHead, csvOrder } from '../csv.js';
import { readFilter, readPlace } from '../forms/list.js';
import { exportOrders } from '../queries/export.js';
import { countStates, listDeskOrders } from '../queries/list.js';
import { listView } from '../views/list.js';

export function orderListHandlers({ db, answer, now }: AdminDeps): Record<'list' | 'csv', RequestHandler> {
  return {
    async list(req, res) {
      const { t, locale } = res.locals;
      const filter = readFilter(req.query);
      const [page, counted, codes] = await Promise.all([
        listDeskOrders(db, { filter, ...readPlace(req.query) }),
        countStates(db, { filter }),
        listCountries(db),
      ]);
      const { role } = res.locals.staff!;
      answer.page(req, res, {
        view: 'admin/orders/list',
        head: { title: t('admin.orders.title'), noindex: true },
        data: {
          list: listView({
            filter,
            page,
            counted,
            countries: sortedCountries(codes, locale),
            locale,
            here: req.originalUrl,
            mayFulfil: may(role, 'orders.fulfil'),
            mayExport: may(role, 'orders.export'),
          }),
        },
      });
    },

    async csv(req, res) {
      // Names and addresses leave the store: who took them is on record, though looking changes nothing.
      log.info('orders exported', { user: res.locals.staff!.userId, request: res.locals.requestId });
      const name = `orders-${now().toISOString().slice(0, 10)}.csv`;
      res.set({
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="${name}"`,
      });
      const batches = exportOrders(db, { filter: readFilter(req.query) });
      let text = CSV_START + csvHead();
      for await (const orders of batches) {
        text += orders.map(csvOrder).join('');
        // A reader slower than the database is waited for; one that has left ends the work.
        if (!res.write(text)) await new Promise(resolve => res.once('drain', resolve).once('close', resolve));
        if (res.destroyed) return;
        text = '';
      }
      res.end(text);
    },
  };
}
