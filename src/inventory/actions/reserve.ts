import { change, type Tx } from '../../platform/db.js';
import { listActiveReservations, type Reservation } from '../queries/stock.js';
import { inLockOrder } from '../rules/movements.js';
import { moveStock, type Because } from './move.js';

export type ReserveResult = { ok: true } | { ok: false; reason: 'sold-out'; variantId: number };

/**
 * Holds stock for an order until `expiresAt` (nothing releases it by itself: the sweep does, after asking the payment
 * provider). All or nothing is the caller's transaction: on 'sold-out' it must roll back. Takes stock rows by variant id
 * ascending; a variant named by several lines is held once, for their sum; the database itself refuses to hold more than
 * there is.
 */
export async function reserve(
  tx: Tx,
  {
    orderId,
    cartId,
    lines,
    expiresAt,
    ...because
  }: Because & { orderId: number; cartId: number; lines: readonly Reservation[]; expiresAt: Date },
): Promise<ReserveResult> {
  for (const { variantId, quantity } of inLockOrder(lines)) {
    const held = await moveStock(tx, {
      ...because,
      variantId,
      delta: 0,
      reservedDelta: quantity,
      kind: 'reserve',
      orderId,
    });
    if (!held) return { ok: false, reason: 'sold-out', variantId };
    await tx('stock_reservations').insert({
      variant_id: variantId,
      cart_id: cartId,
      order_id: orderId,
      quantity,
      expires_at: expiresAt,
      created_at: because.now,
    });
  }
  return { ok: true };
}

/** Ends every active reservation of an order in `state`; returns what was held, in lock order. */
async function closeReservations(
  tx: Tx,
  orderId: number,
  state: 'committed' | 'released',
  now: Date,
): Promise<Reservation[]> {
  const held = await listActiveReservations(tx, { orderId });
  await change(
    tx,
    `update stock_reservations set state = :state, closed_at = :now where order_id = :orderId and state = 'active'`,
    { orderId, state, now },
  );
  return held;
}

/** What was held is what leaves: a refusal means that the counts and the reservations disagree. */
async function leave(tx: Tx, movement: Parameters<typeof moveStock>[1]): Promise<void> {
  if (!(await moveStock(tx, movement)))
    throw new Error(`the stock of variant ${movement.variantId} does not hold what its reservations say`);
}

/** The order is paid: what was held leaves the stock. Needs the order's lock; does nothing the second time. */
export async function commitReservations(
  tx: Tx,
  { orderId, ...because }: Because & { orderId: number },
): Promise<void> {
  for (const { variantId, quantity } of await closeReservations(tx, orderId, 'committed', because.now)) {
    await leave(tx, {
      ...because,
      variantId,
      delta: -quantity,
      reservedDelta: -quantity,
      kind: 'sale',
      orderId,
    });
  }
}

/** The order died: what was held can be sold again. Needs the order's lock; does nothing the second time. */
export async function releaseReservations(
  tx: Tx,
  { orderId, ...because }: Because & { orderId: number },
): Promise<void> {
  for (const { variantId, quantity } of await closeReservations(tx, orderId, 'released', because.now)) {
    await leave(tx, { ...because, variantId, delta: 0, reservedDelta: -quantity, kind: 'release', orderId });
  }
}

/** The buyer tries to pay again: holds the same stock longer. */
export async function extendReservations(
  tx: Tx,
  { orderId, expiresAt }: { orderId: number; expiresAt: Date },
): Promise<void> {
  await change(
    tx,
    `update stock_reservations set expires_at = greatest(expires_at, :expiresAt) where order_id = :orderId and state = 'active'`,
    { orderId, expiresAt },
  );
}
