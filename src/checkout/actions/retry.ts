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
  const again = await openAttempt(deps, { order, provider, live: gateway.live, now });
  if (!again.ok) return again;
  const started = await startPayment(deps, { paymentId: again.paymentId, now });
  if (started.ok || started.reason !== 'refused' || again.isNew) return started;
  // The waiting attempt has grown too old for its page (Stripe wants half an hour): it has ended now, a new one begins.
  const fresh = await openAttempt(deps, { order, provider, live: gateway.live, now });
  return fresh.ok ? await startPayment(deps, { paymentId: fresh.paymentId, now }) : fresh;
}

type OpenResult =
  { ok: true; paymentId: number; isNew: boolean } | { ok: false; reason: 'not-payable' | 'too-late' };

/** The attempt under way, or a new one that holds order and stock for its time. Locks cart → order. */
async function openAttempt(
  { db }: PayDeps,
  { order, provider, live, now }: { order: Order; provider: Provider; live: boolean; now: Date },
): Promise<OpenResult> {
  return await inTransaction<OpenResult>(db, async tx => {
    await lockCart(tx, { cartId: order.cartId });
    const locked = await lockOrder(tx, { orderId: order.id });
    if (locked.state !== 'pending') return { ok: false, reason: 'not-payable' };
    const payments = await listPayments(tx, { orderId: order.id });
    const active = payments.find(payment => isActive(payment.state));
    if (active) return { ok: true, paymentId: active.id, isNew: false };
    const expiresAt = retryUntil(locked, now);
    if (!expiresAt) return { ok: false, reason: 'too-late' };
    await extendOrder(tx, locked, { expiresAt });
    const payment = await openPayment(tx, {
      orderId: order.id,
      provider,
      live,
      amount: money(locked.total, locked.currency),
      expiresAt,
      actor: 'buyer',
      cause: 'try again',
      now,
    });
    return { ok: true, paymentId: payment.id, isNew: true };
  });
}
