import { money } from '../lib/money.js';
import {
  findCancelCause,
  findOrder,
  findRefundMoney,
  listOrderLines,
  listParcels,
  orderView,
} from '../orders/index.js';
import { listPayments } from '../payments/index.js';
import type { EventContext, Subscriptions } from '../platform/jobs.js';
import { deliver, type MailDeps } from './deliver.js';
import { returnLetters } from './returns.js';
import { stockLetters } from './stock.js';
import { renderLetter, type OrderLetterKind } from './views.js';

/** Letters that follow from events. A transition without a letter is missing here on purpose. */
export function mailSubscriptions(deps: MailDeps): Subscriptions {
  return {
    ...stockLetters(deps),
    ...returnLetters(deps),
    'order.placed': {
      letter: ({ orderId }, context) => sendOrderLetter(deps, 'order-placed', orderId, context),
    },
    'order.expired': {
      letter: ({ orderId }, context) => sendOrderLetter(deps, 'order-expired', orderId, context),
    },
    'refund.succeeded': {
      letter: ({ orderId, refundId }, context) =>
        sendOrderLetter(deps, 'refunded', orderId, context, refundId),
    },
    'payment.failed': {
      letter: ({ orderId }, context) => sendOrderLetter(deps, 'payment-failed', orderId, context),
    },
  };
}

/** One letter about an order, once per event. Throws when the mail server does not take it: the job is tried again. */
async function sendOrderLetter(
  deps: MailDeps,
  kind: OrderLetterKind,
  orderId: number,
  context: EventContext,
  refundId?: number,
): Promise<void> {
  const { db, config } = deps;
  const { now } = context;
  const order = await findOrder(db, { orderId });
  if (!order) return;
  // "Your payment did not work" must not reach somebody who has paid since.
  if (kind === 'payment-failed' && order.state !== 'pending') return;
  // Nor "your order was canceled" somebody whose late money has brought it back.
  if (kind === 'order-expired' && order.state !== 'canceled') return;
  const { locale } = order;
  const about = order.number.toLowerCase();
  await deliver(deps, { kind, recipient: order.email, locale, about }, context, async () => {
    const lines = await listOrderLines(db, { orderId });
    const payments = await listPayments(db, { orderId });
    const parcels = await listParcels(db, { orderId });
    const cancelCause = await findCancelCause(db, { orderId });
    const view = orderView({
      order,
      lines,
      payments,
      parcels,
      cancelCause,
      locale,
      baseUrl: config.baseUrl,
      now,
    });
    const back = refundId === undefined ? null : await findRefundMoney(db, { refundId });
    const refund = back ? { refund: money(back.amount, back.currency) } : {};
    return renderLetter(kind, {
      locale,
      order: view,
      ...refund,
      shop: config.shop,
      baseUrl: config.baseUrl,
    });
  });
}
