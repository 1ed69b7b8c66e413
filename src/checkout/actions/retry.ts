import { lockCart } from '../../cart/index.js';
import { money } from '../../lib/money.js';
import { extendOrder, lockOrder, retryUntil, type Order } from '../../orders/index.js';
import {
  choiceOf,
  isActive,
  listPayments,
  openPayment,
  wayOf,
  type PayChoice,
  type Payment,
} from '../../payments/index.js';
import { inTransaction } from '../../platform/db.js';
import { askAndSettle, startPayment, type PayDeps, type StartOutcome } from './pay.js';

type NotOpened =
  /** The order is not waiting for money, or its last attempt is being confirmed. */
  | { ok: false; reason: 'not-payable' | 'checking' | 'too-late' }
  /** A bank account waits for the buyer's deposit: a second way to pay beside it could take the money twice. */
  | { ok: false; reason: 'awaiting' }
  /** Nothing chosen, and there is more than one way. */
  | { ok: false; reason: 'no-choice' };
export type RetryResult = StartOutcome | NotOpened;

interface Retry {
  order: Order;
  /** How to pay; null reopens the attempt under way, or asks for the way of the last one. */
  choice: PayChoice | null;
  now: Date;
}

/**
 * "Try again" on the order page: the attempt under way is opened again (same key, same page). A new attempt is made when
 * the last one has ended, or when the buyer chose another way: then the first is closed at its provider and seen to be
 * closed. A new attempt holds order and stock for its time. Locks cart → order.
 */
export async function retryPayment(deps: PayDeps, retry: Retry): Promise<RetryResult> {
  const [newest] = await listPayments(deps.db, { orderId: retry.order.id });
  const choice = retry.choice ?? (newest ? choiceOf(newest) : null);
  if (!choice) return { ok: false, reason: 'no-choice' };
  if (newest?.state === 'opened' && !newest.confirmingAt && choiceOf(newest) !== choice) {
    const closed = await closeAttempt(deps, newest, retry.now);
    if (closed) return closed;
  }
  const again = await openAttempt(deps, { ...retry, choice });
  if (!again.ok) return again;
  const started = await startPayment(deps, { paymentId: again.paymentId, now: retry.now });
  if (started.ok || started.reason !== 'refused' || again.isNew) return started;
  // The waiting attempt has grown too old for its page (Stripe wants half an hour): it has ended now, a new one begins.
  const fresh = await openAttempt(deps, { ...retry, choice });
  return fresh.ok ? await startPayment(deps, { paymentId: fresh.paymentId, now: retry.now }) : fresh;
}

/** Ends the attempt under way, so that only one page can be paid at; says why not. */
async function closeAttempt(deps: PayDeps, payment: Payment, now: Date): Promise<RetryResult | null> {
  const question = { how: 'give-up', code: 'PAY_PROCESS_CANCELED' } as const;
  const { settled } = await askAndSettle(deps, { payment, question, actor: 'buyer', now });
  if (settled === 'failed') return null;
  const open = settled === 'open' || settled === 'pending' || settled === 'stale';
  return { ok: false, reason: open ? 'unavailable' : 'not-payable' };
}

type OpenResult =
  { ok: true; paymentId: number; isNew: boolean } | NotOpened | { ok: false; reason: 'unavailable' };

/** The attempt under way, or a new one that holds order and stock for its time. Locks cart → order. */
async function openAttempt(
  { db, gateways }: PayDeps,
  { order, choice, now }: { order: Order; choice: PayChoice; now: Date },
): Promise<OpenResult> {
  const way = wayOf(choice);
  const gateway = gateways[way.provider];
  if (!gateway) return { ok: false, reason: 'unavailable' };
  return await inTransaction<OpenResult>(db, async tx => {
    await lockCart(tx, { cartId: order.cartId });
    const locked = await lockOrder(tx, { orderId: order.id });
    if (locked.state !== 'pending') return { ok: false, reason: 'not-payable' };
    const payments = await listPayments(tx, { orderId: order.id });
    const active = payments.find(payment => isActive(payment.state));
    if (active?.state === 'pending') return { ok: false, reason: 'awaiting' };
    if (active?.confirmingAt) return { ok: false, reason: 'checking' };
    if (active) return { ok: true, paymentId: active.id, isNew: false };
    const expiresAt = retryUntil(locked, now);
    if (!expiresAt) return { ok: false, reason: 'too-late' };
    await extendOrder(tx, locked, { expiresAt });
    const payment = await openPayment(tx, {
      orderId: order.id,
      ...way,
      live: gateway.live,
      amount: money(locked.total, locked.currency),
      expiresAt,
      actor: 'buyer',
      cause: 'try again',
      now,
    });
    return { ok: true, paymentId: payment.id, isNew: true };
  });
}
