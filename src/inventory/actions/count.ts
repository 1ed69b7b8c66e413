import { change, type Tx } from '../../platform/db.js';
import { lockStock, type Reservation } from '../queries/stock.js';
import { inLockOrder, type CorrectionReason } from '../rules/movements.js';
import { moveStock, type Because } from './move.js';

/** A variant that was never counted has no row yet. */
export async function ensureRow(tx: Tx, variantId: number): Promise<void> {
  await change(tx, `insert into stock (variant_id) values (:variantId) on conflict do nothing`, {
    variantId,
  });
}

/** Goods came in: adds `quantity` (> 0) to a variant's stock. Locks the stock row. */
export async function receiveStock(
  tx: Tx,
  { quantity, ...receipt }: Because & { variantId: number; quantity: number },
): Promise<void> {
  await ensureRow(tx, receipt.variantId);
  await moveStock(tx, { ...receipt, delta: quantity, reservedDelta: 0, kind: 'receipt' });
}

/**
 * Goods of an order are back on the shelf, after a refund or a return. Takes stock rows by variant id ascending. Adds
 * again when called again: the caller's own row (the refund, the return) under the order's lock makes it happen once.
 * Lines whose variant is gone from the catalog have nowhere to go: leave them out.
 */
export async function restock(
  tx: Tx,
  { lines, ...because }: Because & { orderId: number; lines: readonly Reservation[] },
): Promise<void> {
  for (const { variantId, quantity } of inLockOrder(lines)) {
    await ensureRow(tx, variantId);
    await moveStock(tx, { ...because, variantId, delta: quantity, reservedDelta: 0, kind: 'restock' });
  }
}

export type CorrectResult = { ok: true } | { ok: false; reason: 'reserved'; reserved: number };

/**
 * There are `onHand` pieces (≥ 0), whatever was written. Locks the stock row; refused below what is held for orders under
 * way. The same count again changes and writes nothing.
 */
export async function correctStock(
  tx: Tx,
  {
    onHand,
    reason = 'count',
    ...because
  }: Because & { variantId: number; onHand: number; reason?: CorrectionReason },
): Promise<CorrectResult> {
  const { variantId } = because;
  await ensureRow(tx, variantId);
  const stock = await lockStock(tx, { variantId });
  if (onHand < stock.reserved) return { ok: false, reason: 'reserved', reserved: stock.reserved };
  if (onHand !== stock.onHand) {
    const delta = onHand - stock.onHand;
    await moveStock(tx, { ...because, delta, reservedDelta: 0, kind: 'correction', reason });
  }
  return { ok: true };
}

/** From which number of available pieces on staff want to hear of it (≥ 0). Says nothing of what is low already. */
export async function setLowThreshold(
  tx: Tx,
  { variantId, threshold }: { variantId: number; threshold: number },
): Promise<void> {
  await ensureRow(tx, variantId);
  await change(tx, `update stock set low_threshold = :threshold where variant_id = :variantId`, {
    variantId,
    threshold,
  });
}
