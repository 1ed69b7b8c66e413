import type { RequestHandler } from 'express';
import { accountOffer } from '../accounts/index.js';
import { NotFound } from '../lib/errors.js';
import { readOrderNumber } from '../lib/ids.js';
import type { Locale } from '../lib/locale.js';
import { fold } from '../lib/text.js';
import {
  choicesFor,
  listBanks,
  listPayments,
  listRefundsWithoutAccount,
  type Provider,
} from '../payments/index.js';
import type { Db } from '../platform/db.js';
import { errorTexts, localePath, type Answer, type FieldError, type RateLimit } from '../web/index.js';
import { readFind, typedFind, typedRefundAccount } from './forms.js';
import { listParcels } from './queries/parcels.js';
import {
  findCancelCause,
  findOrderByEmail,
  findOrderForViewer,
  listOrderLines,
  type Order,
} from './queries.js';
import { rememberOrder, viewerOf } from './session.js';
import { listOrderRefunds } from './queries/listed-refunds.js';
import { listRefundLines } from './queries/refunds.js';
import { refundViews } from './refund-views.js';
import { offersAccount } from './rules.js';
import { isShippable } from './rules/parcels.js';
import { orderView } from './views.js';
import { accountFormView } from './views/refund-account.js';

/** What the order's page says of sending goods back. The room above knows it; `app.ts` hands it down. */
export interface Aftercare {
  /** Until when the purchase can be withdrawn from; no date before the last parcel has arrived. */
  withdrawal: { path: string; date: string | null } | null;
  request: string | null;
  returns: { name: string; kind: string; state: string; createdAt: string; path: string }[];
}

export interface OrderDeps {
  db: Db;
  answer: Answer;
  baseUrl: string;
  /** Tries at "find my order" by what was typed (e-mail and number, counted apart), and by where they come from. */
  findLimit: RateLimit;
  findVisitorLimit: RateLimit;
  aftercare: (db: Db, facts: { order: Order; locale: Locale; now: Date }) => Promise<Aftercare>;
  /** Whose keys this installation has. */
  providers: readonly Provider[];
  now: () => Date;
}

export function orderHandlers({
  db,
  answer,
  baseUrl,
  aftercare,
  findLimit,
  findVisitorLimit,
  providers,
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
      data: { typed, errors: errorTexts(t, errors) },
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
      const unnamed = await listRefundsWithoutAccount(db, { orderId: order.id });
      const accountForm = accountFormView({
        order,
        refunds: unnamed,
        banks: listBanks(locale),
        typed: typedRefundAccount({}),
        errors: [],
      });
      // Only where it was placed: whoever has but the link may be somebody else.
      const isOffered = !res.locals.viewer && viewerOf(req).placed.includes(order.id) && offersAccount(order);
      const action = `/orders/${order.number}/account`;
      res.set('Cache-Control', 'private, no-store');
      answer.page(req, res, {
        view: 'orders/show',
        fragment: 'orders/_order-status',
        head: { title: t('orders.title', { number: order.number }), noindex: true },
        data: {
          order: view,
          refunds,
          endable,
          aftercare: await aftercare(db, { order, locale, now: now() }),
          choices: choicesFor(providers, currency, order.country),
          accountForm: unnamed.length > 0 ? accountForm : null,
          offer: isOffered ? accountOffer(res.locals, { action, email: order.email }) : null,
        },
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
      await rememberOrder(req, order.id);
      answer.redirect(req, res, localePath(res.locals.locale, `/orders/${order.number}`));
    },
  };
}
