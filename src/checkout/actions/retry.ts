import { lockCart } from '../../cart/index.js';
import { money } from '../../lib/money.js';
import { extendOrder, lockOrder, retryUntil, type Order } from '../../orders/index.js';
import { isActive, listPayments, openPayment, type Provider } from '../../payments/index.js';
import { inTransaction } from '../../platform/db.js';
import { startPayment, type PayDeps, type StartOutcome } from './pay.js';

export type RetryResult = StartOutcome | { ok: false; reason: 'not-payable' | 'too-late' };

/**
 * "Try again" on the order page: the attempt under way is opened again (same key, same page); a new attempt is made only
 * when the last one has ended, and holds order and stock for its time. Locks cart → order.
 */
export async function retryPayment(
  deps: PayDeps,
  { order, provider, now }: { order: Order; provider: Provider; now: Date },
): Promise<RetryResult> {
  const gateway = deps.gateways[provider];
  if (!gateway) return { ok: false, reason: 'unavailable' };
  const opened = await inTransaction<
    { ok: true; paymentId: number } | { ok: false; reason: 'not-payable' | 'too-late' }
  >(deps.db, async tx => {
    await lockCart(tx, { cartId: order.cartId });
    const locked = await lockOrder(tx, { orderId: order.id });
    if (locked.state !== 'pending') return { ok: false, reason: 'not-payable' };
    const payments = await listPayments(tx, { orderId: order.id });
    const active = payments.find(payment => isActive(payment.state));
    if (active) return { ok: true, paymentId: active.id };
    const expiresAt = retryUntil(locked, now);
    if (!expiresAt) return { ok: false, reason: 'too-late' };
    await extendOrder(tx, locked, { expiresAt });
    const payment = await openPayment(tx, {
      orderId: order.id,
      provider,
      live: gateway.live,
      amount: money(locked.total, locked.currency),
      expiresAt,
      actor: 'buyer',
      cause: 'try again',
      now,
    });
    return { ok: true, paymentId: payment.id };
  });
  return opened.ok ? await startPayment(deps, { paymentId: opened.paymentId, now }) : opened;
}
