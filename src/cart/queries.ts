import { listNames } from '../catalog/index.js';
import { listCandidates, type Candidate } from '../discounts/index.js';
import { row, rows, type Db, type Tx } from '../platform/db.js';
import { findTaxRules } from '../tax/index.js';
import type { CartHolder } from './holder.js';
import type { Pricing } from './quote/quote.js';

/** The open cart behind a cookie's token; null when there is none (any more). */
export async function findCart(
  db: Db,
  { token }: { token: string | null },
): Promise<{ id: number; shippingMethod: string | null } | null> {
  if (!token) return null;
  return await row<{ id: number; shippingMethod: string | null }>(
    db,
    `select id, shipping_method as "shippingMethod" from carts where token = :token and state = 'open'`,
    { token },
  );
}

/** The cart that has become an order: a guest's behind the token of their cookie, a user's newest one. */
export async function findClosedCart(db: Db, { token, userId }: CartHolder): Promise<{ id: number } | null> {
  return await row<{ id: number }>(
    db,
    userId === null
      ? `select id from carts where token = :token and state = 'closed'`
      : `select id from carts where user_id = :userId and state = 'closed' order by updated_at desc limit 1`,
    { token, userId },
  );
}

/** Carts that have become a part of this one. */
export async function listMergedCarts(db: Db, { cartId }: { cartId: number }): Promise<number[]> {
  return await db('carts').where({ merged_into: cartId }).orderBy('id').pluck<number[]>('id');
}

/** Locks a user whose carts are opened, joined or given up: their devices take turns. Before any cart. */
export async function lockHolder(tx: Tx, { userId }: { userId: number }): Promise<void> {
  await row(tx, `select id from users where id = :userId for no key update`, { userId });
}

/** Locks a user and then their open carts; returns the carts' ids. */
export async function lockOwnCarts(tx: Tx, { userId }: { userId: number }): Promise<number[]> {
  await lockHolder(tx, { userId });
  const open = await rows<{ id: number }>(
    tx,
    `select id from carts where user_id = :userId and state = 'open' order by id for no key update`,
    { userId },
  );
  return open.map(({ id }) => id);
}

/** Locks a cart: the first lock of everything that buys or pays. */
export async function lockCart(
  tx: Tx,
  { cartId }: { cartId: number },
): Promise<{ id: number; state: 'open' | 'closed' }> {
  const cart = await row<{ id: number; state: 'open' | 'closed' }>(
    tx,
    `select id, state from carts where id = :cartId for no key update`,
    {
      cartId,
    },
  );
  if (!cart) throw new Error(`no cart ${cartId}`);
  return cart;
}

export { countPieces, listLines, type CartLine, type CartSet } from './queries/lines.js';

/** The (folded) codes a shopper gave, oldest first. */
export async function listCodes(db: Db, { cartId }: { cartId: number }): Promise<string[]> {
  return await db('cart_codes')
    .where({ cart_id: cartId })
    .orderBy(['created_at', 'code'])
    .pluck<string[]>('code');
}

/** Who is buying, once an e-mail is known: folded, and whether an order of theirs has been paid. */
export interface Buyer {
  /** Under which address a use is counted from now on, and all under which one may have been before. */
  customer: string;
  known: readonly string[];
  hasOrdered: boolean;
}

/**
 * What besides its lines decides a cart's price: the destination's taxes, automatic discounts and those of its codes.
 * Inside a transaction that holds the cart's lock this is what checkout charges, as far as claiming confirms it.
 */
export async function findPricing(
  db: Db,
  {
    cartId,
    country,
    region,
    buyer = null,
    now,
  }: { cartId: number | null; country: string; region: string; buyer?: Buyer | null; now: Date },
): Promise<Pricing> {
  const taxes = await findTaxRules(db, { country, region });
  const customer = buyer && { hasOrdered: buyer.hasOrdered };
  if (cartId === null) return { taxes, customer, discounts: [] };
  const codes = await listCodes(db, { cartId });
  const candidates = await listCandidates(db, { codes, cartId, customers: buyer?.known ?? [], now });
  return { taxes, customer, discounts: await withScopes(db, candidates) };
}

/** Adds the names of what each discount is for. */
async function withScopes(db: Db, candidates: readonly Candidate[]): Promise<Candidate[]> {
  const { products, categories } = await listNames(db, {
    productIds: candidates.flatMap(({ productIds }) => productIds),
    categoryIds: candidates.flatMap(({ categoryIds }) => categoryIds),
  });
  const named = (ids: readonly number[], names: typeof products) => ids.flatMap(id => names.get(id) ?? []);
  return candidates.map(candidate => ({
    ...candidate,
    scope: [...named(candidate.productIds, products), ...named(candidate.categoryIds, categories)],
  }));
}
