import { findCode, foldCode } from '../../discounts/index.js';
import { change, inTransaction, type Db } from '../../platform/db.js';
import { findCart, listCodes, lockCart } from '../queries.js';

/** More codes than anybody has; each is looked at with every view of the cart. */
export const MAX_CODES = 5;

export type CodeResult =
  /** The code is in the cart now; whether it applies is the quote's word. `isNew`: it was not before. */
  | { ok: true; discountId: number; isNew: boolean }
  | { ok: false; reason: 'unknown' | 'too-many' | 'no-cart' };

/** Puts a code, as typed, into the cart. One that is withdrawn is as unknown as one that never was. Locks the cart. */
export async function addCode(
  db: Db,
  { token, typed, now }: { token: string | null; typed: string; now: Date },
): Promise<CodeResult> {
  const code = foldCode(typed);
  const discount = code === null ? null : await findCode(db, { code });
  if (code === null || !discount) return { ok: false, reason: 'unknown' };
  return await inTransaction<CodeResult>(db, async tx => {
    const cart = await findCart(tx, { token });
    if (!cart || (await lockCart(tx, { cartId: cart.id })).state !== 'open')
      return { ok: false, reason: 'no-cart' };
    const codes = await listCodes(tx, { cartId: cart.id });
    if (codes.includes(code)) return { ok: true, discountId: discount.id, isNew: false };
    if (codes.length >= MAX_CODES) return { ok: false, reason: 'too-many' };
    await change(tx, `insert into cart_codes (cart_id, code, created_at) values (:cartId, :code, :now)`, {
      cartId: cart.id,
      code,
      now,
    });
    return { ok: true, discountId: discount.id, isNew: true };
  });
}

/** Takes a code out of the cart. Repeating it is harmless. Locks the cart. */
export async function removeCode(
  db: Db,
  { token, typed }: { token: string | null; typed: string },
): Promise<void> {
  const code = foldCode(typed);
  if (code === null) return;
  await inTransaction(db, async tx => {
    const cart = await findCart(tx, { token });
    if (!cart) return;
    await lockCart(tx, { cartId: cart.id });
    await tx('cart_codes').where({ cart_id: cart.id, code }).delete();
  });
}
