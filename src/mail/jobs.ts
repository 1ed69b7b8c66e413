import { findCancelCause, findOrder, listOrderLines, orderView } from '../orders/index.js';
import { listPayments } from '../payments/index.js';
import type { Config } from '../platform/config.js';
import type { Db } from '../platform/db.js';
import type { EventContext, Subscriptions } from '../platform/jobs.js';
import type { Mailer } from '../platform/smtp.js';
import { claimLetter, markSent, releaseClaim } from './actions.js';
import { renderLetter, type LetterKind } from './views.js';

export interface MailDeps {
  db: Db;
  mailer: Mailer;
  config: Pick<Config, 'mailFrom' | 'baseUrl' | 'shop'>;
}

/** Letters that follow from events. A transition without a letter is missing here on purpose. */
export function mailSubscriptions(deps: MailDeps): Subscriptions {
  return {
    'order.placed': {
      letter: ({ orderId }, context) => sendOrderLetter(deps, 'order-placed', orderId, context),
    },
    'order.expired': {
      letter: ({ orderId }, context) => sendOrderLetter(deps, 'order-expired', orderId, context),
    },
    'refund.succeeded': {
      letter: ({ orderId }, context) => sendOrderLetter(deps, 'refunded', orderId, context),
    },
    'payment.failed': {
      letter: ({ orderId }, context) => sendOrderLetter(deps, 'payment-failed', orderId, context),
    },
  };
}

/** One letter about an order, once per event. Throws when the mail server does not take it: the job is tried again. */
async function sendOrderLetter(
  { db, mailer, config }: MailDeps,
  kind: LetterKind,
  orderId: number,
  { eventId, now }: EventContext,
): Promise<void> {
  const order = await findOrder(db, { orderId });
  if (!order) return;
  // "Your payment did not work" must not reach somebody who has paid since.
  if (kind === 'payment-failed' && order.state !== 'pending') return;
  // Nor "your order was canceled" somebody whose late money has brought it back.
  if (kind === 'order-expired' && order.state !== 'canceled') return;
  const claim = await claimLetter(db, { eventId, kind, recipient: order.email, locale: order.locale, now });
  if (!claim.ok) {
    if (claim.reason === 'sent') return;
    throw new Error('letter is being sent elsewhere'); // the job comes back
  }
  const lines = await listOrderLines(db, { orderId });
  const payments = await listPayments(db, { orderId });
  const cancelCause = await findCancelCause(db, { orderId });
  const { locale } = order;
  const view = orderView({ order, lines, payments, cancelCause, locale, baseUrl: config.baseUrl, now });
  const rendered = renderLetter(kind, { locale, order: view, shop: config.shop, baseUrl: config.baseUrl });
  try {
    await mailer.send({
      ...rendered,
      from: config.mailFrom,
      to: order.email,
      messageId: `<event-${eventId}.${kind}.${order.number.toLowerCase()}@${new URL(config.baseUrl).hostname}>`,
      language: locale,
    });
  } catch (error) {
    await releaseClaim(db, { letterId: claim.letterId });
    throw error;
  }
  await markSent(db, { letterId: claim.letterId, now: new Date() });
}
