import type { RequestHandler } from 'express';
import { NotFound } from '../lib/errors.js';
import { readOrderNumber } from '../lib/ids.js';
import { money, type Money } from '../lib/money.js';
import {
  cancelPaidOrder,
  findOrderForViewer,
  orderLinks,
  refundPreview,
  viewerOf,
  type CancelPaidResult,
  type Order,
} from '../orders/index.js';
import { inTransaction } from '../platform/db.js';
import { localePath, typedFields, type Flash } from '../web/index.js';
import { closeOrder, type CloseResult } from './actions/close.js';
import type { CheckoutDeps } from './controller.js';

type Handlers = Record<'ask' | 'cancel', RequestHandler>;
type Req = Parameters<RequestHandler>[0];
type Res = Parameters<RequestHandler>[1];

/** What the form of the page says that told the buyer of the money going back; the waiting order's button says nothing. */
const REFUND = 'refund';

/** Ending an order: one that waits for its money, or a paid one of which nothing has left. */
export function cancellationHandlers(deps: CheckoutDeps): Handlers {
  const { db, answer, now } = deps;

  const ownOrder = async (req: Req): Promise<Order> => {
    const number = readOrderNumber(String(req.params.number));
    const order = number && (await findOrderForViewer(db, { number, viewer: viewerOf(req) }));
    if (!order) throw new NotFound();
    return order;
  };
  /** The way the viewer came: with the key when the key opened it. */
  const path = (req: Req, order: Order, page: 'page' | 'cancellation') => {
    const rest = page === 'page' ? '' : '/cancellation';
    return viewerOf(req).key ? orderLinks(order)[page] : `/orders/${order.number}${rest}`;
  };
  const back = (req: Req, res: Res, order: Order, flash?: Flash) =>
    answer.redirect(req, res, localePath(res.locals.locale, path(req, order, 'page')), flash);

  const endPaid = async (order: Order): Promise<CancelPaidResult> =>
    await inTransaction(db, tx =>
      cancelPaidOrder(tx, { orderId: order.id, actor: 'buyer', cause: 'canceled by the buyer', now: now() }),
    );

  return {
    /** Says what canceling does before it is done. An order that has gone further shows its own page. */
    async ask(req, res) {
      const order = await ownOrder(req);
      const preview = await refundPreview(db, { order, choice: { lines: [], shippingAmount: 0 } });
      const hasLeft = preview.lines.some(line => line.shippedQuantity > 0);
      const isPaid = order.state === 'paid' || order.state === 'fulfilling';
      if (!isPaid && order.state !== 'pending') return back(req, res, order);
      if (hasLeft) return back(req, res, order, { kind: 'problem', key: 'checkout.cancel.shipped' });
      const { t } = res.locals;
      const returns = isPaid && order.hold === null && preview.leftAmount > 0;
      res.set('Cache-Control', 'private, no-store');
      answer.page(req, res, {
        view: 'checkout/cancellation',
        head: { title: t('checkout.cancel.title', { number: order.number }), noindex: true },
        data: {
          cancellation: {
            number: order.number,
            action: path(req, order, 'cancellation'),
            page: path(req, order, 'page'),
            confirm: isPaid ? REFUND : '',
            // What the bank took back is not ours to return.
            refund: returns ? money(preview.leftSplit.amount, order.currency) : null,
            before:
              returns && preview.leftSplit.before > 0
                ? money(preview.leftSplit.before, order.currency)
                : null,
          } satisfies CancellationView,
        },
      });
    },

    async cancel(req, res) {
      const order = await ownOrder(req);
      const { confirm } = typedFields(req.body, ['confirm']);
      if (confirm === REFUND && order.state !== 'pending') {
        const ended = await endPaid(order);
        return back(req, res, order, paidFlash(ended, order));
      }
      const closed = await closeOrder(deps, {
        orderId: order.id,
        actor: 'buyer',
        cause: 'canceled by the buyer',
        now: now(),
      });
      back(req, res, order, closedFlash(closed));
    },
  };
}

export interface CancellationView {
  number: string;
  action: string;
  page: string;
  confirm: string;
  /** What goes back, which may be nothing any more; null for an order that nothing was paid for yet. */
  refund: Money | null;
  /** What had been given back by hand already, of all that would go back otherwise. */
  before: Money | null;
}

const closedFlash = (closed: CloseResult): Flash =>
  closed.ok
    ? { kind: 'done', key: 'checkout.cancel.done' }
    : { kind: 'problem', key: `checkout.cancel.${closed.reason}` };

function paidFlash(ended: CancelPaidResult, order: Order): Flash {
  if (ended.ok && (order.total === 0 || order.hold === 'deposit_reversed'))
    return { kind: 'done', key: 'checkout.cancel.done' };
  if (ended.ok)
    return { kind: 'done', key: ended.back > 0 ? 'checkout.cancel.refunding' : 'checkout.cancel.refunded' };
  switch (ended.reason) {
    case 'shipped':
      return { kind: 'problem', key: 'checkout.cancel.shipped' };
    case 'state':
      return { kind: 'problem', key: 'checkout.cancel.ended' };
    default:
      // A dispute, or money that somebody gave back at the provider: a person must look.
      return { kind: 'problem', key: 'checkout.cancel.review' };
  }
}
