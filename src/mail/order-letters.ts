import {
  awaitsDeposit,
  findCancelCause,
  findMoneyOfCancellation,
  findOrder,
  findRefundMoney,
  listOrderLines,
  listParcels,
  orderView,
  parcelView,
  type Order,
} from '../orders/index.js';
import { money } from '../lib/money.js';
import { listPayments, listRefundsWithoutAccount, type Payment } from '../payments/index.js';
import type { EventContext, Subscriptions } from '../platform/jobs.js';
import { deliver, type MailDeps } from './deliver.js';
import { EVENT_LETTERS, type LetterSubject } from './letters.js';
import { stillTrue } from './rules.js';
import { isOrderLetter, renderLetter, type OrderLetterKind, type RenderedLetter } from './views.js';

/** Letters about orders: for each event the one that the table names. */
export function orderLetters(deps: MailDeps): Subscriptions {
  const told = Object.entries(EVENT_LETTERS).flatMap(([type, kind]) =>
    isOrderLetter(kind)
      ? [
          [
            type,
            {
              letter: (subject: LetterSubject, context: EventContext) =>
                sendOrderLetter(deps, kind, subject, context),
            },
          ] as const,
        ]
      : [],
  );
  return Object.fromEntries(told);
}

/** One letter about an order, once per event. Throws when the mail server does not take it: the job is tried again. */
async function sendOrderLetter(
  deps: MailDeps,
  kind: OrderLetterKind,
  subject: LetterSubject,
  context: EventContext,
): Promise<void> {
  const order = await findOrder(deps.db, { orderId: subject.orderId });
  if (!order) return;
  const cancelCause = await findCancelCause(deps.db, { orderId: order.id });
  // Asked once: a deposit that arrives while the letter is written must not leave it without its account.
  const payments = await listPayments(deps.db, { orderId: order.id });
  const unnamed = await listRefundsWithoutAccount(deps.db, { orderId: order.id });
  const asked = { deposit: awaitsDeposit(payments) !== undefined, account: unnamed.length > 0 };
  if (!stillTrue(kind, order, cancelCause, asked)) return;
  const letter = { kind, recipient: order.email, locale: order.locale, about: order.number.toLowerCase() };
  await deliver(deps, letter, context, () =>
    composeOrderLetter(deps, { kind, order, cancelCause, payments, subject, now: context.now }),
  );
}

async function composeOrderLetter(
  { db, config }: MailDeps,
  facts: {
    kind: OrderLetterKind;
    order: Order;
    cancelCause: string | null;
    payments: readonly Payment[];
    subject: LetterSubject;
    now: Date;
  },
): Promise<RenderedLetter> {
  const { kind, order, cancelCause, payments, subject, now } = facts;
  const { locale } = order;
  const { baseUrl, shop } = config;
  const lines = await listOrderLines(db, { orderId: order.id });
  const parcels = await listParcels(db, { orderId: order.id });
  const refund =
    subject.refundId === undefined ? null : await findRefundMoney(db, { refundId: subject.refundId });
  const parcel = parcels.find(({ id }) => id === subject.shipmentId);
  return renderLetter(kind, {
    locale,
    shop,
    baseUrl,
    order: orderView({ order, lines, payments, parcels, cancelCause, locale, baseUrl, now }),
    parcel: parcel ? parcelView(parcel, locale) : null,
    ...(refund ? { refund: money(refund.amount, refund.currency) } : {}),
    paid: order.paidAt !== null && order.total > 0 && order.hold !== 'deposit_reversed',
    back: money(await findMoneyOfCancellation(db, { orderId: order.id }), order.currency),
  });
}
