import { change, type Tx } from '../../platform/db.js';
import { isWritten, lockStock, type Reservation } from '../queries/stock.js';
import { inLockOrder, type CorrectionReason } from '../rules/movements.js';
import { moveStock, type Because } from './move.js';

/** A variant that was never counted has no row yet. */
export async function ensureRow(tx: Tx, variantId: number): Promise<void> {
  await change(tx, `insert into stock (variant_id) values (:variantId) on conflict do nothing`, {
    variantId,
  });
}

/**
 * Goods came in: adds `quantity` (> 0) to a variant's stock. Locks the stock row. False when the form named `once` has been
 * written already: it counts once, however often it arrives.
 */
export async function receiveStock(
  tx: Tx,
  { quantity, ...receipt }: Because & { variantId: number; quantity: number; once?: string },
): Promise<boolean> {
  const { variantId, once } = receipt;
  await ensureRow(tx, variantId);
  if (once !== undefined) {
    await lockStock(tx, { variantId });
    if (await isWritten(tx, { once })) return false;
  }
  return await moveStock(tx, { ...receipt, delta: quantity, reservedDelta: 0, kind: 'receipt' });
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

export type CorrectResult =
  /** `changed`: whether this very call wrote something. */
  | { ok: true; changed: boolean }
  | { ok: false; reason: 'reserved'; reserved: number }
  /** Something was sold, held or received since `seen`: the count may be of before. */
  | { ok: false; reason: 'moved'; onHand: number };

/**
 * There are `onHand` pieces (≥ 0), whatever was written. Locks the stock row; refused below what is held for orders under
 * way, and when `seen`, what was written when the counting began, is not what is written now. The same count again, and
 * the form named `once` a second time, change and write nothing.
 */
export async function correctStock(
  tx: Tx,
  {
    onHand,
    seen,
    reason = 'count',
    ...because
  }: Because & {
    variantId: number;
    onHand: number;
    seen?: number;
    reason?: CorrectionReason;
    once?: string;
  },
): Promise<CorrectResult> {
  const { variantId, once } = because;
  await ensureRow(tx, variantId);
  const stock = await lockStock(tx, { variantId });
  if (once !== undefined && (await isWritten(tx, { once }))) return { ok: true, changed: false };
  if (seen !== undefined && seen !== stock.onHand)
    return { ok: false, reason: 'moved', onHand: stock.onHand };
  if (onHand < stock.reserved) return { ok: false, reason: 'reserved', reserved: stock.reserved };
  const delta = onHand - stock.onHand;
  if (delta === 0) return { ok: true, changed: false };
  await moveStock(tx, { ...because, delta, reservedDelta: 0, kind: 'correction', reason });
  return { ok: true, changed: true };
}

/** From which number of available pieces on staff want to hear of it (≥ 0). Says nothing of what is low already. Returns
 *  the threshold before. */
export async function setLowThreshold(
  tx: Tx,
  { variantId, threshold }: { variantId: number; threshold: number },
): Promise<number> {
  await ensureRow(tx, variantId);
  const before = await lockStock(tx, { variantId });
  await change(tx, `update stock set low_threshold = :threshold where variant_id = :variantId`, {
    variantId,
    threshold,
  });
  return before.threshold;
}
