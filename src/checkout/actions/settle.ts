import { closeCart, lockCart } from '../../cart/index.js';
import {
  EXPIRED,
  extendOrder,
  findCancelCause,
  findOrder,
  lockLiveOrder,
  lockOrder,
  placeOrder,
  reviveOrder,
  type Order,
} from '../../orders/index.js';
import {
  enqueueReview,
  findPayment,
  isActive,
  lockPayment,
  movePayment,
  needsAccount,
  noteAnswered,
  noteUnanswered,
  recordGatewayEvent,
  requestRefund,
  type Evidence,
  type Payment,
} from '../../payments/index.js';
import { emit } from '../../platform/jobs.js';
import { inTransaction, refuse, type Db, type Tx } from '../../platform/db.js';
import { captureAgain, endReversed, reverse } from './reverse.js';
import { standing, type Settled } from './settled.js';

export interface SettleInput {
  paymentId: number;
  /** What the provider's API says now. Nothing else moves money. */
  evidence: Evidence;
  /** The state the payment was in when the provider was asked: tells news from an answer that was overtaken. */
  seen: Payment['state'];
  /** The webhook delivery that made us ask, if one did. */
  event?: { eventId: string; type: string };
  /** Who asked: 'buyer' (return), 'webhook', 'sweep'. */
  actor: string;
  /** The buyer has just come back from the provider's page. */
  returned?: boolean;
  /** A review asks, which reads by itself what came of the money. */
  reviewing?: boolean;
  now: Date;
}

/** Begins the failure code of an attempt whose page the provider refused to open. */
export const NOT_OPENED = 'not_opened:';

/** Failures that the buyer has just seen on the page, or caused by turning back: nobody needs a letter about them. */
const isSeen = (code: string): boolean => code === 'PAY_PROCESS_CANCELED' || code.startsWith(NOT_OPENED);

/**
 * Step C of a purchase, behind both doors (the browser's return and the webhook) and the sweep: brings payment, stock,
 * order and cart to what the provider says. Repeatable and safe to race: under the locks cart → order → payment → stock
 * the second caller finds it done. One transaction; the provider has been asked before.
 */
export async function settlePayment(db: Db, input: SettleInput): Promise<Settled> {
  const found = await findPayment(db, { paymentId: input.paymentId });
  const order = found && (await findOrder(db, { orderId: found.orderId }));
  if (!order) throw new Error(`no order for payment ${input.paymentId}`);
  return await inTransaction<Settled>(db, async tx => {
    await lockCart(tx, { cartId: order.cartId });
    const locked = await lockOrder(tx, { orderId: order.id });
    const payment = await lockPayment(tx, { paymentId: input.paymentId });
    // A delivery that we could not follow up is not noted: it comes again, and must find us ready to act on it.
    if (input.event && input.evidence.state !== 'unknown') {
      const { event } = input;
      await recordGatewayEvent(tx, { ...event, provider: payment.provider, paymentId: payment.id });
    }
    const settled = await apply(tx, locked, payment, input);
    // The delivery is not noted either: it has told us nothing yet.
    if (settled === 'stale') refuse(settled satisfies Settled);
    return settled;
  });
}

async function apply(
  tx: Tx,
  order: Order,
  payment: Payment,
  { evidence, seen, actor, now, returned = false, reviewing = false }: SettleInput,
): Promise<Settled> {
  const because = { actor, cause: `${payment.provider}: ${evidence.state}`, now };
  if (evidence.state !== 'unknown') await noteAnswered(tx, payment);
  else if (returned && isActive(payment.state)) await noteUnanswered(tx, payment, { now });
  switch (evidence.state) {
    case 'captured': {
      if (payment.state === 'reversed' && seen !== 'reversed') return 'stale';
      const settled =
        payment.state === 'reversed'
          ? await captureAgain(tx, order, payment, because)
          : await capture(tx, order, payment, evidence, because);
      // By whom and what for is read by a job: ours are known, those from the provider's console get a row.
      // Money that came and went before we looked is in no book of ours: a review would only ask again.
      // A deposit may have been taken back between the answer and our writing it down: that is asked once more.
      const isNews = needsAccount(payment) && !isReversible(payment) && payment.state !== 'refunded';
      if (settled !== 'failed' && ((evidence.returned && !reviewing) || isNews))
        await enqueueReview(tx, { paymentId: payment.id });
      return settled;
    }
    case 'pending':
      if (payment.state === 'opened') {
        await awaitMoney(tx, order, payment, evidence, because);
        return 'pending';
      }
      if (isReversible(payment)) {
        if (seen !== payment.state) return 'stale';
        await reverse(tx, order, payment, because);
        // The same the other way round: it may be there again by now.
        await enqueueReview(tx, { paymentId: payment.id });
        return 'reversed';
      }
      return standing(payment.state);
    case 'failed':
    case 'expired':
    case 'missing': {
      if (payment.state === 'reversed' && seen === 'reversed' && evidence.state !== 'missing') {
        await endReversed(tx, payment, because);
        return 'failed';
      }
      // Older versions of Toss's API say CANCELED for a deposit that the bank took back, and name no refund.
      if (evidence.state === 'failed' && isReversible(payment) && seen === payment.state) {
        await reverse(tx, order, payment, because);
        return 'reversed';
      }
      if (!isActive(payment.state)) return standing(payment.state);
      const code = evidence.state === 'failed' ? evidence.code : evidence.state;
      const ended = evidence.state === 'failed' && !isClosedAccount(payment, code) ? 'failed' : 'expired';
      await movePayment(tx, payment, ended, { ...because, failureCode: code });
      if (ended === 'failed' && order.state === 'pending' && !isSeen(code)) {
        await emit(tx, 'payment.failed', { paymentId: payment.id, orderId: order.id });
      }
      return 'failed';
    }
    case 'open':
    case 'authorised':
    case 'unknown':
      return standing(payment.state);
  }
}

/** An account that was closed before anybody paid into it: whoever closed it, and whoever tells of it, nothing has failed. */
const isClosedAccount = (payment: Payment, code: string): boolean =>
  needsAccount(payment) && code === 'CANCELED';

/** Only a deposit can be taken back by the bank; what left a card stays, and goes back as a refund. */
const isReversible = (payment: Payment): boolean =>
  needsAccount(payment) && ['captured', 'partially_refunded', 'refund_due'].includes(payment.state);

/** The money is on its way. Where it is a deposit, order and stock wait for it as long as the account does. */
async function awaitMoney(
  tx: Tx,
  order: Order,
  payment: Payment,
  { providerId, deposit }: Extract<Evidence, { state: 'pending' }>,
  because: Because,
): Promise<void> {
  await movePayment(tx, payment, 'pending', { ...because, providerId, deposit });
  if (!deposit) return;
  if (order.state === 'pending')
    await extendOrder(tx, order, { expiresAt: new Date(deposit.instructions.due) });
  await emit(tx, 'payment.pending', { paymentId: payment.id, orderId: order.id });
}

interface Because {
  actor: string;
  cause: string;
  now: Date;
}

/** The provider has the money: is it ours to the unit, and is there an order that can use it? */
async function capture(
  tx: Tx,
  order: Order,
  payment: Payment,
  evidence: Extract<Evidence, { state: 'captured' }>,
  because: Because,
): Promise<Settled> {
  if (!isActive(payment.state) && !['failed', 'expired', 'canceled'].includes(payment.state))
    return standing(payment.state);
  if (evidence.returned && evidence.returned >= evidence.amount) {
    // Taken and given back, all of it, before we ever looked: no order may live on that.
    if (isActive(payment.state))
      await movePayment(tx, payment, 'failed', { ...because, failureCode: 'CANCELED' });
    return 'failed';
  }
  const learned = {
    providerId: evidence.providerId,
    transactionId: evidence.transactionId,
    capturedAmount: evidence.amount,
  };
  const ours =
    evidence.amount === payment.amount &&
    evidence.currency.toUpperCase() === payment.currency &&
    (evidence.reference === null || evidence.reference === payment.reference) &&
    evidence.live === payment.live;
  if (!ours) {
    await movePayment(tx, payment, 'mismatch', { ...because, ...learned });
    await emit(tx, 'payment.mismatch', { paymentId: payment.id, orderId: order.id });
    return 'mismatch';
  }
  if (!(await canBePlaced(tx, order, because))) {
    await movePayment(tx, payment, 'refund_due', { ...because, ...learned });
    // Nothing here can use it, so it goes back by itself.
    const held = await lockPayment(tx, { paymentId: payment.id });
    await requestRefund(tx, held, {
      amount: held.capturedAmount,
      actor: because.actor,
      cause: 'no order can use it',
      now: because.now,
    });
    await emit(tx, 'payment.refund_due', { paymentId: payment.id, orderId: order.id });
    return 'refund-due';
  }
  await movePayment(tx, payment, 'captured', { ...because, ...learned });
  await placeOrder(tx, await lockOrder(tx, { orderId: order.id }), because);
  await closeCart(tx, { cartId: order.cartId });
  return 'paid';
}

/** A pending order can; one whose time ran out can again while its goods are there and no other order took its cart. */
async function canBePlaced(tx: Tx, order: Order, because: Because): Promise<boolean> {
  if (order.state === 'pending') return true;
  if (order.state !== 'canceled') return false;
  if ((await findCancelCause(tx, { orderId: order.id })) !== EXPIRED) return false;
  if (await lockLiveOrder(tx, { cartId: order.cartId })) return false;
  return await reviveOrder(tx, order, { ...because, cause: 'late payment' });
}
