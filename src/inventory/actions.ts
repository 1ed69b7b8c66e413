import { change, type Tx } from '../platform/db.js';
import { listActiveReservations, type Reservation } from './queries.js';

/** Who changes stock and why; part of every movement. */
interface Because {
  actor: string;
  cause: string;
  now: Date;
}

type Kind = 'receipt' | 'sale' | 'restock' | 'correction';

async function recordMovement(
  tx: Tx,
  movement: Because & { variantId: number; delta: number; kind: Kind; orderId?: number },
): Promise<void> {
  await tx('stock_movements').insert({
    variant_id: movement.variantId,
    delta: movement.delta,
    kind: movement.kind,
    order_id: movement.orderId ?? null,
    actor: movement.actor,
    cause: movement.cause,
    created_at: movement.now,
  });
}

/** Goods came in: adds `quantity` (> 0) to a variant's stock. Locks the stock row. */
export async function receiveStock(
  tx: Tx,
  receipt: Because & { variantId: number; quantity: number },
): Promise<void> {
  const { variantId, quantity } = receipt;
  await change(
    tx,
    `insert into stock (variant_id, on_hand) values (:variantId, :quantity)
     on conflict (variant_id) do update set on_hand = stock.on_hand + excluded.on_hand`,
    { variantId, quantity },
  );
  await recordMovement(tx, { ...receipt, delta: quantity, kind: 'receipt' });
}

export type CorrectResult = { ok: true } | { ok: false; reason: 'reserved'; reserved: number };

/** Counting found `onHand` pieces. Locks the stock row; refused below what is held for orders under way. */
export async function correctStock(
  tx: Tx,
  correction: Because & { variantId: number; onHand: number },
): Promise<CorrectResult> {
  const { variantId, onHand } = correction;
  await change(tx, `insert into stock (variant_id) values (:variantId) on conflict do nothing`, {
    variantId,
  });
  const stock = await tx('stock')
    .where({ variant_id: variantId })
    .forUpdate()
    .first<{ on_hand: number; reserved: number }>('on_hand', 'reserved');
  if (onHand < stock.reserved) return { ok: false, reason: 'reserved', reserved: stock.reserved };
  if (onHand !== stock.on_hand) {
    await change(tx, `update stock set on_hand = :onHand where variant_id = :variantId`, {
      variantId,
      onHand,
    });
    await recordMovement(tx, { ...correction, delta: onHand - stock.on_hand, kind: 'correction' });
  }
  return { ok: true };
}

export type ReserveResult = { ok: true } | { ok: false; reason: 'sold-out'; variantId: number };

/**
 * Holds stock for an order until `expiresAt` (nothing releases it by itself: the sweep does, after asking the payment
 * provider). All or nothing is the caller's transaction: on 'sold-out' it must roll back. Takes stock rows by variant id
 * ascending; the database itself refuses to hold more than there is.
 */
export async function reserve(
  tx: Tx,
  {
    orderId,
    cartId,
    lines,
    expiresAt,
    now,
  }: { orderId: number; cartId: number; lines: readonly Reservation[]; expiresAt: Date; now: Date },
): Promise<ReserveResult> {
  for (const { variantId, quantity } of [...lines].sort((a, b) => a.variantId - b.variantId)) {
    const held = await change(
      tx,
      `update stock set reserved = reserved + :quantity where variant_id = :variantId and on_hand - reserved >= :quantity`,
      { variantId, quantity },
    );
    if (held === 0) return { ok: false, reason: 'sold-out', variantId };
    await tx('stock_reservations').insert({
      variant_id: variantId,
      cart_id: cartId,
      order_id: orderId,
      quantity,
      expires_at: expiresAt,
      created_at: now,
    });
  }
  return { ok: true };
}

/** Ends every active reservation of an order in `state`; returns what was held. Locks stock rows in order. */
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

/** The order is paid: what was held leaves the stock. Needs the order's lock; does nothing the second time. */
export async function commitReservations(
  tx: Tx,
  { orderId, ...because }: Because & { orderId: number },
): Promise<void> {
  for (const { variantId, quantity } of await closeReservations(tx, orderId, 'committed', because.now)) {
    await change(
      tx,
      `update stock set on_hand = on_hand - :quantity, reserved = reserved - :quantity where variant_id = :variantId`,
      { variantId, quantity },
    );
    await recordMovement(tx, { ...because, variantId, delta: -quantity, kind: 'sale', orderId });
  }
}

/** The order died: what was held can be sold again. Needs the order's lock; does nothing the second time. */
export async function releaseReservations(
  tx: Tx,
  { orderId, now }: { orderId: number; now: Date },
): Promise<void> {
  for (const { variantId, quantity } of await closeReservations(tx, orderId, 'released', now)) {
    await change(tx, `update stock set reserved = reserved - :quantity where variant_id = :variantId`, {
      variantId,
      quantity,
    });
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
