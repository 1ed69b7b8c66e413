import type { RequestHandler } from 'express';
import { NotFound } from '../lib/errors.js';
import { readOrderNumber } from '../lib/ids.js';
import {
  giveRefundAccount,
  listBanks,
  listRefundsWithoutAccount,
  type RefundRow,
} from '../payments/index.js';
import type { Db } from '../platform/db.js';
import { errorTexts, localePath, type Answer, type FieldError, type RateLimit } from '../web/index.js';
import { readRefundAccount, typedRefundAccount } from './forms.js';
import { findOrderForViewer, type Order } from './queries.js';
import { viewerOf } from './session.js';
import { orderLinks } from './views.js';
import { accountFormView } from './views/refund-account.js';

export interface RefundAccountDeps {
  db: Db;
  answer: Answer;
  /** Accounts named for one order: each is a question to a bank. */
  accountLimit: RateLimit;
}

type Req = Parameters<RequestHandler>[0];
type Res = Parameters<RequestHandler>[1];

/** A deposit goes back to the account its buyer names: a page of its own, for the letter and for what is to be mended. */
export function refundAccountHandlers({
  db,
  answer,
  accountLimit,
}: RefundAccountDeps): Record<'accountForm' | 'giveAccount', RequestHandler> {
  const load = async (req: Req): Promise<{ order: Order; refunds: RefundRow[] }> => {
    const number = readOrderNumber(String(req.params.number));
    const order = number && (await findOrderForViewer(db, { number, viewer: viewerOf(req) }));
    if (!order) throw new NotFound();
    return { order, refunds: await listRefundsWithoutAccount(db, { orderId: order.id }) };
  };
  /** To the order page, the way the viewer came. */
  const orderPath = (req: Req, res: Res, order: Order) =>
    localePath(res.locals.locale, viewerOf(req).key ? orderLinks(order).page : `/orders/${order.number}`);

  const page = (
    req: Req,
    res: Res,
    { order, refunds }: { order: Order; refunds: RefundRow[] },
    shown: { typed: Record<string, string>; errors: readonly FieldError[] },
  ) => {
    const { locale, t } = res.locals;
    const errors = errorTexts(t, shown.errors);
    const form = accountFormView({ order, refunds, banks: listBanks(locale), typed: shown.typed, errors });
    res.set('Cache-Control', 'private, no-store');
    answer.page(req, res, {
      view: 'orders/refund-account',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t('orders.refundAccount.title'), noindex: true },
      data: { form },
    });
  };

  return {
    async accountForm(req, res) {
      const found = await load(req);
      if (found.refunds.length === 0) return answer.redirect(req, res, orderPath(req, res, found.order));
      page(req, res, found, { typed: typedRefundAccount({}), errors: [] });
    },

    async giveAccount(req, res) {
      const found = await load(req);
      const { order, refunds } = found;
      const back = orderPath(req, res, order);
      // Sent twice, or given by staff meanwhile: nothing is left to ask.
      if (refunds.length === 0)
        return answer.redirect(req, res, back, { kind: 'done', key: 'orders.refundAccount.known' });
      const typed = typedRefundAccount(req.body);
      const read = readRefundAccount(typed);
      if (!read.ok) return page(req, res, found, { typed, errors: read.errors });
      await accountLimit.count(`order:${order.id}`);
      for (const { id } of refunds) await giveRefundAccount(db, { refundId: id, account: read.value });
      answer.redirect(req, res, back, { kind: 'done', key: 'orders.refundAccount.done' });
    },
  };
}
