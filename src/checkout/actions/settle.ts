import { closeCart, lockCart } from '../../cart/index.js';
import {
  EXPIRED,
  findCancelCause,
  findOrder,
  lockLiveOrder,
  lockOrder,
  placeOrder,
  reviveOrder,
  type Order,
} from '../../orders/index.js';
import {
  findPayment,
  isActive,
  lockPayment,
  movePayment,
  noteAnswered,
  noteUnanswered,
  recordGatewayEvent,
  requestRefund,
  type Evidence,
  type Payment,
} from '../../payments/index.js';
import { emit } from '../../platform/jobs.js';
import { inTransaction, type Db, type Tx } from '../../platform/db.js';

export interface SettleInput {
  paymentId: number;
  /** What the provider's API says now. Nothing else moves money. */
  evidence: Evidence;
  /** The webhook delivery that made us ask, if one did. */
  event?: { eventId: string; type: string };
  /** Who asked: 'buyer' (return), 'webhook', 'sweep'. */
  actor: string;
  /** The buyer has just come back from the provider's page. */
  returned?: boolean;
  now: Date;
}

/** How the payment stands afterwards. */
export type Settled = 'paid' | 'pending' | 'open' | 'failed' | 'refund-due' | 'mismatch' | 'repeated';

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
    if (input.event) {
      const isNew = await recordGatewayEvent(tx, {
        ...input.event,
        provider: payment.provider,
        paymentId: payment.id,
      });
      if (!isNew) return 'repeated';
    }
    return await apply(tx, locked, payment, input);
  });
}

async function apply(
  tx: Tx,
  order: Order,
  payment: Payment,
  { evidence, actor, now, returned = false }: SettleInput,
): Promise<Settled> {
  const because = { actor, cause: `${payment.provider}: ${evidence.state}`, now };
  if (evidence.state !== 'unknown') await noteAnswered(tx, payment);
  else if (returned && isActive(payment.state)) await noteUnanswered(tx, payment, { now });
  switch (evidence.state) {
    case 'captured':
      return await capture(tx, order, payment, evidence, because);
    case 'pending':
      if (payment.state === 'opened')
        await movePayment(tx, payment, 'pending', { ...because, providerId: evidence.providerId });
      return standing(payment.state === 'opened' ? 'pending' : payment.state);
    case 'failed':
    case 'expired':
    case 'missing': {
      if (!isActive(payment.state)) return standing(payment.state);
      const code = evidence.state === 'failed' ? evidence.code : evidence.state;
      await movePayment(tx, payment, evidence.state === 'failed' ? 'failed' : 'expired', {
        ...because,
        failureCode: code,
      });
      if (evidence.state === 'failed' && order.state === 'pending' && !isSeen(code)) {
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

function standing(state: Payment['state']): Settled {
  switch (state) {
    case 'opened':
      return 'open';
    case 'pending':
      return 'pending';
    case 'captured':
    case 'partially_refunded':
    case 'refunded':
      return 'paid';
    case 'refund_due':
      return 'refund-due';
    case 'mismatch':
      return 'mismatch';
    case 'failed':
    case 'expired':
    case 'canceled':
      return 'failed';
  }
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
