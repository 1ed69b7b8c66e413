import { lockCart } from '../../cart/index.js';
import { findOrder, holdOrder, lockOrder, releaseHold } from '../../orders/index.js';
import {
  findPayment,
  isOrderDisputed,
  lockPayment,
  needsAccount,
  settleDisputes,
  settleRefunds,
  type Payment,
} from '../../payments/index.js';
import { inTransaction } from '../../platform/db.js';
import { askAndSettle, type PayDeps } from './pay.js';

/**
 * Brings a payment's refunds and disputes, and the hold of its order, to what the provider says: what its webhooks, the
 * reconciliation and staff ask for. First settles the payment itself, should its own news have been lost. Repeatable, in
 * any order; run by a job that takes turns with the payment's refunds, so that no older answer is noted after a newer one.
 * @throws Error when there was no usable answer, or one that fits only later: the job comes back.
 */
export async function reviewPayment(
  deps: PayDeps,
  { paymentId, now }: { paymentId: number; now: Date },
): Promise<void> {
  const payment = await captured(deps, { paymentId, now });
  const gateway = payment && deps.gateways[payment.provider];
  if (!payment?.providerId || !gateway) return;
  const { providerId, transactionId } = payment;
  const found = await gateway.aftermath({ providerId, transactionId });
  if (!found.ok) throw new Error(`payment ${paymentId}: ${found.code}`);
  const order = await findOrder(deps.db, { orderId: payment.orderId });
  if (!order) throw new Error(`no order for payment ${paymentId}`);
  const left = await inTransaction(deps.db, async tx => {
    await lockCart(tx, { cartId: order.cartId });
    const locked = await lockOrder(tx, { orderId: order.id });
    await settleDisputes(tx, await lockPayment(tx, { paymentId }), { disputes: found.disputes, now });
    const hold = { hold: 'dispute', actor: payment.provider, now } as const;
    if (await isOrderDisputed(tx, { orderId: order.id }))
      await holdOrder(tx, locked, { ...hold, cause: 'the buyer’s bank asks for the money' });
    else await releaseHold(tx, locked, { ...hold, cause: 'no dispute stands against it' });
    return await settleRefunds(tx, await lockPayment(tx, { paymentId }), { refunds: found.refunds, now });
  });
  if (left > 0) throw new Error(`payment ${paymentId}: ${left} refunds do not fit yet`);
}

/**
 * The payment once its money is in our books; null when none has come in, or the bank took it back, so that nothing can
 * follow it. A deposit is asked about whatever the books say: two answers about it may have been written down in the wrong
 * order, and each that changed something has a review after it.
 */
async function captured(
  deps: PayDeps,
  { paymentId, now }: { paymentId: number; now: Date },
): Promise<Payment | null> {
  const payment = await findPayment(deps.db, { paymentId });
  if (!payment) return null;
  if (payment.capturedAmount > 0 && !needsAccount(payment)) return payment;
  const { evidence } = await askAndSettle(deps, {
    payment,
    question: { how: 'ask' },
    actor: 'webhook',
    reviewing: true,
    now,
  });
  if (evidence.state === 'unknown') throw new Error(`payment ${paymentId}: ${evidence.code}`);
  const settled = await findPayment(deps.db, { paymentId });
  return settled && settled.capturedAmount > 0 && settled.state !== 'reversed' ? settled : null;
}
