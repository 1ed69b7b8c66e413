import { money } from '../lib/money.js';
import { findMoneyOfRefund, findOrder, orderLinks, type Order } from '../orders/index.js';
import type { Db } from '../platform/db.js';
import type { EventContext, Subscriptions } from '../platform/jobs.js';
import { findReturnById, returnView, type Return } from '../returns/index.js';
import { localePath } from '../web/index.js';
import { deliver, type MailDeps } from './deliver.js';
import { renderReturnLetter, type ReturnLetter, type ReturnLetterKind } from './views.js';

/** Letters about goods that come back: one for each step. A withdrawal is confirmed and accepted in one. */
export function returnLetters(deps: MailDeps): Subscriptions {
  return {
    'return.requested': {
      letter: ({ returnId }, context) => sendReturnLetter(deps, 'return-requested', returnId, context),
    },
    'return.accepted': {
      letter: ({ returnId }, context) => sendReturnLetter(deps, 'return-accepted', returnId, context),
    },
    'return.refused': {
      letter: ({ returnId }, context) => sendReturnLetter(deps, 'return-refused', returnId, context),
    },
    'return.received': {
      letter: ({ returnId }, context) => sendReturnLetter(deps, 'return-received', returnId, context),
    },
    'return.closed': {
      letter: ({ returnId }, context) => sendReturnLetter(deps, 'return-closed', returnId, context),
    },
  };
}

async function sendReturnLetter(
  deps: MailDeps,
  step: Exclude<ReturnLetterKind, 'withdrawal'>,
  returnId: number,
  context: EventContext,
): Promise<void> {
  const { db, config } = deps;
  const found = await findReturnById(db, { returnId });
  const order = found && (await findOrder(db, { orderId: found.orderId }));
  if (!order) return;
  const { locale } = order;
  const kind = step === 'return-requested' && found.kind === 'withdrawal' ? 'withdrawal' : step;
  const about = `${order.number}-${found.number}`.toLowerCase();
  await deliver(deps, { kind, recipient: order.email, locale, about }, context, async () => {
    const view = returnView(found, order, locale);
    const absolute = (path: string) => config.baseUrl + localePath(locale, path);
    return renderReturnLetter(kind, {
      locale,
      shop: config.shop,
      baseUrl: config.baseUrl,
      letter: {
        recipient: order.name,
        number: view.name,
        lines: view.lines,
        refusal: view.refusal,
        // Where to send the goods is news as long as they are awaited.
        sendTo: kind === 'withdrawal' || kind === 'return-accepted',
        ...(kind === 'return-received' ? { money: await moneyOf(db, found, order) } : {}),
        url: absolute(view.path),
        orderUrl: absolute(orderLinks(order).page),
      },
    });
  });
}

/** What becomes of the price of goods that are here. */
async function moneyOf(
  db: Db,
  { orderRefundId }: Return,
  { currency }: Order,
): Promise<NonNullable<ReturnLetter['money']>> {
  // Staff had refunded these pieces before they came.
  if (orderRefundId === null) return { word: 'before', amount: money(0, currency) };
  const { amount, givenBefore } = await findMoneyOfRefund(db, { orderRefundId });
  const back = money(amount - givenBefore, currency);
  if (amount === 0) return { word: 'free', amount: back };
  if (givenBefore === 0) return { word: 'next', amount: back };
  return { word: back.amount > 0 ? 'part' : 'before', amount: back };
}
