import { listVariants } from '../catalog/index.js';
import { availability } from '../inventory/index.js';
import { newToken } from '../lib/ids.js';
import type { Locale } from '../lib/locale.js';
import type { Currency } from '../lib/money.js';
import { MAX_QUANTITY } from '../lib/quantity.js';
import { change, inTransaction, row, type Db, type Tx } from '../platform/db.js';
import type { CartHolder } from './holder.js';
import { findCart, lockCart, lockHolder } from './queries.js';
import { lineProblem } from './rules.js';

/** Whose cart, and in which language and currency its prices are agreed to. */
export interface Shopper extends CartHolder {
  locale: Locale;
  currency: Currency;
}

export type AddResult =
  /** `quantity`: pieces of the variant now in the cart; `wanted` more than that when 99 a line or the stock cut it. */
  | { ok: true; token: string; name: string; quantity: number; cut: boolean }
  | { ok: false; reason: 'unknown' }
  | { ok: false; reason: 'inactive' | 'unpriced' | 'sold-out'; name: string };

/** How a number is meant: so many more, or so many in all where there are fewer (twice is the same as once). */
export type Meaning = 'more' | 'at-least';
export const wantedOf = (before: number, quantity: number, meaning: Meaning): number =>
  meaning === 'more' ? before + quantity : Math.max(before, quantity);

/**
 * Puts pieces of a variant into the cart, making the cart when there is none. The same variant merges into one line of
 * at most 99. Locks the cart. Stock is not held here: only checkout does.
 */
export async function addToCart(
  db: Db,
  shopper: Shopper & { variantId: number; quantity: number; meaning?: Meaning; now: Date },
): Promise<AddResult> {
  const { variantId, quantity, meaning = 'more', locale, currency, now } = shopper;
  const [variant] = await listVariants(db, { ids: [variantId], locale, currency });
  if (!variant) return { ok: false, reason: 'unknown' };
  return await inTransaction<AddResult>(db, async tx => {
    const { cartId, token } = await openCart(tx, shopper, now);
    const available = (await availability(tx, { variantIds: [variantId], cartId })).get(variantId) ?? 0;
    const problem = lineProblem({ quantity: 1, variant, available });
    if (problem)
      return {
        ok: false,
        reason: problem.reason as 'inactive' | 'unpriced' | 'sold-out',
        name: variant.name,
      };
    const before = await row<{ quantity: number }>(
      tx,
      `select quantity from cart_lines where cart_id = :cartId and variant_id = :variantId`,
      { cartId, variantId },
    );
    const wanted = wantedOf(before?.quantity ?? 0, quantity, meaning);
    const kept = Math.max(before?.quantity ?? 0, Math.min(wanted, MAX_QUANTITY, available));
    await tx('cart_lines')
      .insert({
        cart_id: cartId,
        variant_id: variantId,
        quantity: kept,
        seen_amount: variant.price!.amount,
        seen_currency: currency,
        seen_name: variant.name,
        created_at: now,
      })
      .onConflict(['cart_id', 'variant_id'])
      .merge(['quantity', 'seen_amount', 'seen_currency', 'seen_name']);
    return { ok: true, token, name: variant.name, quantity: kept, cut: kept < wanted };
  });
}

/** The open cart of its holder, locked after them; a new one when they have none. A user has one, however many ask at once. */
export async function openCart(
  tx: Tx,
  { token, userId }: CartHolder,
  now: Date,
): Promise<{ cartId: number; token: string }> {
  if (userId !== null) await lockHolder(tx, { userId });
  const found = await findCart(tx, { token });
  if (found && (await lockCart(tx, { cartId: found.id })).state === 'open') {
    await change(tx, `update carts set updated_at = :now where id = :id`, { now, id: found.id });
    return { cartId: found.id, token: token! };
  }
  const opened = await row<{ id: number; token: string }>(
    tx,
    `insert into carts (token, user_id, created_at, updated_at) values (:fresh, :userId, :now, :now)
     on conflict (user_id) where state = 'open' and user_id is not null do update set updated_at = excluded.updated_at
     returning id, token`,
    { fresh: newToken(), userId, now },
  );
  return { cartId: opened!.id, token: opened!.token };
}

export type ChangeResult = { ok: true; removed: boolean } | { ok: false; reason: 'unknown' };

/**
 * Sets a line of this cart to `quantity` pieces (0 removes it) and takes its present price as seen. More than there is
 * in stock is kept as typed: the line says how many are left. A line of another cart is unknown. Locks the cart.
 */
export async function changeQuantity(
  db: Db,
  { token, lineId, quantity, locale, currency }: Shopper & { lineId: number; quantity: number },
): Promise<ChangeResult> {
  return await inTransaction<ChangeResult>(db, async tx => {
    const cart = await findCart(tx, { token });
    if (!cart) return { ok: false, reason: 'unknown' };
    await lockCart(tx, { cartId: cart.id });
    const line = await row<{ variant_id: number | null }>(
      tx,
      `select variant_id from cart_lines where id = :lineId and cart_id = :cartId`,
      {
        lineId,
        cartId: cart.id,
      },
    );
    if (!line) return { ok: false, reason: 'unknown' };
    if (quantity === 0) {
      await tx('cart_lines').where({ id: lineId }).delete();
      return { ok: true, removed: true };
    }
    const [variant] = await listVariants(tx, {
      ids: line.variant_id === null ? [] : [line.variant_id],
      locale,
      currency,
    });
    const seen = variant?.price ? { seen_amount: variant.price.amount, seen_currency: currency } : {};
    await tx('cart_lines')
      .where({ id: lineId })
      .update({ quantity, ...seen });
    return { ok: true, removed: false };
  });
}

/** Takes everything out of the cart. Repeating it is harmless. */
export async function clearCart(db: Db, { token }: { token: string | null }): Promise<void> {
  await inTransaction(db, async tx => {
    const cart = await findCart(tx, { token });
    if (!cart) return;
    await lockCart(tx, { cartId: cart.id });
    await tx('cart_lines').where({ cart_id: cart.id }).delete();
    await tx('cart_bundles').where({ cart_id: cart.id }).delete();
  });
}

/** Remembers which delivery the shopper wants; where it is not offered it has no effect. Locks the cart. */
export async function chooseMethod(
  db: Db,
  { token, code }: { token: string | null; code: string },
): Promise<void> {
  await inTransaction(db, async tx => {
    const cart = await findCart(tx, { token });
    if (!cart) return;
    await lockCart(tx, { cartId: cart.id });
    await tx('carts').where({ id: cart.id }).update({ shipping_method: code });
  });
}

/** The cart has become a paid order: its cookie leads nowhere from now on. Needs the cart's lock. */
export async function closeCart(tx: Tx, { cartId }: { cartId: number }): Promise<void> {
  await tx('carts').where({ id: cartId }).update({ state: 'closed' });
}
