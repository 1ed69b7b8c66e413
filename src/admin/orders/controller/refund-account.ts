import type { Request, RequestHandler, Response } from 'express';
import { money } from '../../../lib/money.js';
import { readRefundAccount, typedRefundAccount, type Order } from '../../../orders/index.js';
import {
  listBanks,
  listRefundsWithoutAccount,
  nameRefundAccount,
  type RefundRow,
} from '../../../payments/index.js';
import type { Tx } from '../../../platform/db.js';
import type { AdminDeps } from '../../deps.js';
import { getDeskOrder } from '../queries/detail.js';
import { changeOrder } from '../write.js';

interface Asked {
  order: Order;
  refunds: RefundRow[];
}

/** The account of a buyer who wrote or called instead of using their own form: the same fields by the same rules. */
export function refundAccountHandlers({
  db,
  answer,
  now,
}: AdminDeps): Record<'form' | 'give', RequestHandler> {
  const load = async (req: Request): Promise<Asked> => {
    const order = await getDeskOrder(db, req.params as { number: string });
    return { order, refunds: await listRefundsWithoutAccount(db, { orderId: order.id }) };
  };
  const back = (req: Request, res: Response, { number }: Order, done: boolean) =>
    answer.redirect(req, res, `/admin/orders/${number}#refunds`, {
      kind: done ? 'done' : 'problem',
      key: done ? 'admin.account.done' : 'admin.account.notAsked',
    });

  const page = (req: Request, res: Response, { order, refunds }: Asked, body: unknown, wrong: string[]) => {
    const { locale, t } = res.locals;
    const errors = wrong.map(field => ({ field, text: t(`admin.account.error.${field}`) }));
    answer.page(req, res, {
      view: 'admin/orders/refund-account',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t('admin.account.title', { number: order.number }), noindex: true },
      data: {
        form: {
          number: order.number,
          path: `/admin/orders/${order.number}`,
          amount: money(
            refunds.reduce((sum, { amount }) => sum + amount, 0),
            order.currency,
          ),
          again: refunds.some(({ failureCode }) => failureCode !== null),
          banks: listBanks(locale),
          typed: typedRefundAccount(body),
        },
        errors,
      },
    });
  };

  return {
    async form(req, res) {
      const asked = await load(req);
      if (asked.refunds.length === 0) return back(req, res, asked.order, false);
      page(req, res, asked, {}, []);
    },

    async give(req, res) {
      const asked = await load(req);
      const { order, refunds } = asked;
      // Sent twice, or given by the buyer meanwhile: nothing is left to name.
      if (refunds.length === 0) return back(req, res, order, false);
      const read = readRefundAccount(typedRefundAccount(req.body));
      if (!read.ok) {
        const fields = read.errors.map(({ field }) => field);
        return page(req, res, asked, req.body, fields);
      }
      const account = read.value;
      const ids = refunds.map(({ id }) => id);
      // The account itself stays out of the log: who reads the log need not be able to pay to it.
      const change = { order, action: 'order.refund-account', detail: { refunds: ids }, now: now() };
      const name = async (tx: Tx) => {
        let named = false;
        for (const refundId of ids) named = (await nameRefundAccount(tx, { refundId, account })).ok || named;
        return { ok: named };
      };
      const { ok } = await changeOrder(db, res, change, name);
      back(req, res, order, ok);
    },
  };
}
