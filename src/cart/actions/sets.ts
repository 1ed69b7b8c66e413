import { listBundlesById, setsAvailable, type BundleForSale } from '../../bundles/index.js';
import { availability } from '../../inventory/index.js';
import { MAX_QUANTITY } from '../../lib/quantity.js';
import { change, inTransaction, row, type Db } from '../../platform/db.js';
import { openCart, wantedOf, type Meaning, type Shopper } from '../actions.js';
import { findCart, lockCart } from '../queries.js';

export type AddSetResult =
  /** `quantity`: sets of this kind now in the cart; `cut` when 99 a line or the stock took some away. */
  | { ok: true; token: string; name: string; quantity: number; cut: boolean }
  | { ok: false; reason: 'unknown' }
  | { ok: false; reason: 'inactive' | 'unpriced' | 'sold-out'; name: string };

/** Puts sets into the cart, making the cart when there is none. Locks the cart; stock is not held here. */
export async function addSet(
  db: Db,
  shopper: Shopper & { bundleId: number; quantity: number; meaning?: Meaning; now: Date },
): Promise<AddSetResult> {
  const { bundleId, quantity, meaning = 'more', locale, currency, now } = shopper;
  const [bundle] = await listBundlesById(db, { ids: [bundleId], locale, currency });
  if (!bundle) return { ok: false, reason: 'unknown' };
  const { name, price } = bundle;
  if (!bundle.active) return { ok: false, reason: 'inactive', name };
  if (!price) return { ok: false, reason: 'unpriced', name };
  return await inTransaction<AddSetResult>(db, async tx => {
    const { cartId, token } = await openCart(tx, shopper, now);
    const most = await availableSets(tx, bundle, cartId);
    if (most === 0) return { ok: false, reason: 'sold-out', name };
    const before = await row<{ quantity: number }>(
      tx,
      `select quantity from cart_bundles where cart_id = :cartId and bundle_id = :bundleId`,
      { cartId, bundleId },
    );
    const wanted = wantedOf(before?.quantity ?? 0, quantity, meaning);
    const kept = Math.max(before?.quantity ?? 0, Math.min(wanted, MAX_QUANTITY, most));
    await tx('cart_bundles')
      .insert({
        cart_id: cartId,
        bundle_id: bundleId,
        quantity: kept,
        seen_amount: price.amount,
        seen_currency: currency,
        seen_name: name,
        created_at: now,
      })
      .onConflict(['cart_id', 'bundle_id'])
      .merge(['quantity', 'seen_amount', 'seen_currency', 'seen_name']);
    return { ok: true, token, name, quantity: kept, cut: kept < wanted };
  });
}

async function availableSets(db: Db, { parts }: BundleForSale, cartId: number): Promise<number> {
  const wanted = parts.map(({ variant: { variantId }, quantity }) => ({ variantId, quantity }));
  const variantIds = wanted.map(({ variantId }) => variantId);
  return setsAvailable(wanted, await availability(db, { variantIds, cartId }));
}

export type ChangeSetResult = { ok: true; removed: boolean } | { ok: false; reason: 'unknown' };

/**
 * Makes a set line of this cart `quantity` sets (0 removes it) and takes its present price as seen. A line of another
 * cart is unknown. Locks the cart.
 */
export async function changeSets(
  db: Db,
  { token, lineId, quantity, locale, currency }: Shopper & { lineId: number; quantity: number },
): Promise<ChangeSetResult> {
  return await inTransaction<ChangeSetResult>(db, async tx => {
    const cart = await findCart(tx, { token });
    if (!cart) return { ok: false, reason: 'unknown' };
    await lockCart(tx, { cartId: cart.id });
    const line = await row<{ bundleId: number | null }>(
      tx,
      `select bundle_id as "bundleId" from cart_bundles where id = :lineId and cart_id = :cartId`,
      { lineId, cartId: cart.id },
    );
    if (!line) return { ok: false, reason: 'unknown' };
    if (quantity === 0) {
      await change(tx, `delete from cart_bundles where id = :lineId`, { lineId });
      return { ok: true, removed: true };
    }
    const ids = line.bundleId === null ? [] : [line.bundleId];
    const [bundle] = await listBundlesById(tx, { ids, locale, currency });
    const seen = bundle?.price ? { seen_amount: bundle.price.amount, seen_currency: currency } : {};
    await tx('cart_bundles')
      .where({ id: lineId })
      .update({ quantity, ...seen });
    return { ok: true, removed: false };
  });
}
