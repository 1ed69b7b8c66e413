import { lockCart } from '../../cart/index.js';
import { cancelPendingOrder, findOrder, lockOrder } from '../../orders/index.js';
import { isActive, listPayments } from '../../payments/index.js';
import { inTransaction, type Tx } from '../../platform/db.js';
import { askAndSettle, type PayDeps } from './pay.js';

export type CloseResult =
  | { ok: true }
  /** The buyer was faster: the money is there and the order is paid. */
  | { ok: false; reason: 'paid' }
  /** The provider did not answer: whether it can still be paid is not known, so nothing was ended. */
  | { ok: false; reason: 'unknown' }
  /** Money came, but not the sum that was asked for: a person must look before anything ends. */
  | { ok: false; reason: 'review' };

/**
 * Ends a pending order: first every attempt to pay it is closed at its provider and seen to be closed, then the order is
 * canceled and its stock given back. Safe to repeat. Locks cart → order after the provider has answered. `alongside` is
 * what the caller writes in the transaction that ends the order, and only when this call is the one that ends it.
 */
export async function closeOrder(
  deps: PayDeps,
  {
    orderId,
    actor,
    cause,
    now,
    alongside,
  }: { orderId: number; actor: string; cause: string; now: Date; alongside?: (tx: Tx) => Promise<void> },
): Promise<CloseResult> {
  for (const payment of await listPayments(deps.db, { orderId })) {
    if (!isActive(payment.state)) continue;
    const { settled } = await askAndSettle(deps, { payment, question: { how: 'close' }, actor, now });
    if (settled === 'paid') return { ok: false, reason: 'paid' };
    if (settled === 'open' || settled === 'pending' || settled === 'stale')
      return { ok: false, reason: 'unknown' };
  }
  const order = await findOrder(deps.db, { orderId });
  if (!order) return { ok: true };
  return await inTransaction<CloseResult>(deps.db, async tx => {
    await lockCart(tx, { cartId: order.cartId });
    const locked = await lockOrder(tx, { orderId });
    if (locked.state === 'canceled') return { ok: true };
    if (locked.state !== 'pending') return { ok: false, reason: 'paid' };
    const payments = await listPayments(tx, { orderId });
    if (payments.some(payment => payment.state === 'mismatch')) return { ok: false, reason: 'review' };
    // A new attempt may have been opened since we looked: its money would find no order.
    if (payments.some(payment => isActive(payment.state))) return { ok: false, reason: 'unknown' };
    await cancelPendingOrder(tx, locked, { actor, cause, now });
    await alongside?.(tx);
    return { ok: true };
  });
}
