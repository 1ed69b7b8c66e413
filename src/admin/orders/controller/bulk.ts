import type { RequestHandler } from 'express';
import { startFulfilling } from '../../../orders/index.js';
import { safeReturnTo, typedFields } from '../../../web/index.js';
import type { AdminDeps } from '../../deps.js';
import { readNumbers } from '../forms/list.js';
import { listSlipOrders } from '../queries/bulk.js';
import { outcomeView, slipView } from '../views/bulk.js';
import { changeOrder } from '../write.js';

const address = (path: string, numbers: readonly string[]): string =>
  `${path}?${new URLSearchParams(numbers.map((number): [string, string] => ['order', number])).toString()}`;

/** What is done to several orders of the list at once. */
export function bulkHandlers({
  db,
  answer,
  now,
}: AdminDeps): Record<'send' | 'outcome' | 'slips', RequestHandler> {
  return {
    async send(req, res) {
      const { action, return_to } = typedFields(req.body, ['action', 'return_to']);
      const path = safeReturnTo(return_to, '/admin/orders');
      const back = /^\/admin\/orders(?:\?|$)/.test(path) ? path : '/admin/orders';
      const numbers = readNumbers((req.body as Record<string, unknown> | undefined)?.order);
      if (numbers.length === 0)
        return answer.redirect(req, res, back, { kind: 'problem', key: 'admin.orders.bulk.nothing' });
      if (action === 'slips') return answer.redirect(req, res, address('/admin/orders/slips', numbers));
      if (action !== 'fulfil')
        return answer.redirect(req, res, back, { kind: 'problem', key: 'admin.orders.bulk.noAction' });
      let begun = 0;
      // One transaction an order: what cannot be begun keeps nobody else waiting.
      for (const order of await listSlipOrders(db, { numbers })) {
        const change = { order, action: 'order.fulfil', now: now() };
        const result = await changeOrder(db, res, change, startFulfilling);
        if (result.ok) begun += 1;
      }
      answer.redirect(req, res, address('/admin/orders/begun', numbers), {
        kind: begun === numbers.length ? 'done' : 'problem',
        key: 'admin.orders.bulk.begun',
        values: { done: begun, all: numbers.length },
      });
    },

    async outcome(req, res) {
      const { t } = res.locals;
      const orders = await listSlipOrders(db, { numbers: readNumbers(req.query.order) });
      answer.page(req, res, {
        view: 'admin/orders/begun',
        head: { title: t('admin.orders.bulk.title'), noindex: true },
        data: {
          outcomes: orders.map(outcomeView),
          slips: address(
            '/admin/orders/slips',
            orders.filter(({ state }) => state === 'fulfilling').map(({ number }) => number),
          ),
        },
      });
    },

    async slips(req, res) {
      const { t, locale } = res.locals;
      const orders = await listSlipOrders(db, { numbers: readNumbers(req.query.order) });
      answer.page(req, res, {
        view: 'admin/orders/slips',
        head: { title: t('admin.slip.title'), noindex: true },
        data: { slips: orders.map(order => slipView(order, locale)) },
      });
    },
  };
}
