import { listNames, listVariants, type VariantForSale } from '../catalog/index.js';
import { listCandidates, type Candidate } from '../discounts/index.js';
import { availability } from '../inventory/index.js';
import type { Locale } from '../lib/locale.js';
import { isCurrency, money, type Currency, type Money } from '../lib/money.js';
import { row, rows, type Db, type Tx } from '../platform/db.js';
import { findTaxRules } from '../tax/index.js';
import type { Pricing } from './quote/quote.js';
import { formerPrice, lineProblem, type LineProblem } from './rules.js';

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

/** The cart behind a token that has become an order. */
export async function findClosedCart(
  db: Db,
  { token }: { token: string | null },
): Promise<{ id: number } | null> {
  if (!token) return null;
  return await row<{ id: number }>(db, `select id from carts where token = :token and state = 'closed'`, {
    token,
  });
}

/** Locks a cart: the first lock of everything that buys or pays. */
export async function lockCart(
  tx: Tx,
  { cartId }: { cartId: number },
): Promise<{ id: number; state: 'open' | 'closed' }> {
  const cart = await row<{ id: number; state: 'open' | 'closed' }>(
    tx,
    `select id, state from carts where id = :cartId for update`,
    {
      cartId,
    },
  );
  if (!cart) throw new Error(`no cart ${cartId}`);
  return cart;
}

/** How many pieces are in the cart, for the badge. */
export async function countPieces(db: Db, { token }: { token: string | null }): Promise<number> {
  if (!token) return 0;
  const counted = await row<{ pieces: number }>(
    db,
    `select coalesce(sum(l.quantity), 0)::int as pieces
       from carts c join cart_lines l on l.cart_id = c.id
      where c.token = :token and c.state = 'open'`,
    { token },
  );
  return counted?.pieces ?? 0;
}

export interface CartLine {
  id: number;
  variantId: number | null;
  quantity: number;
  /** Null when the variant has been deleted; then only `seenName` is left of it. */
  variant: VariantForSale | null;
  seenName: string;
  available: number;
  problem: LineProblem | null;
  /** Set when the price has changed since the shopper last touched the line. */
  formerPrice: Money | null;
}

interface LineRow {
  id: number;
  variant_id: number | null;
  quantity: number;
  seen_amount: number | null;
  seen_currency: string | null;
  seen_name: string;
}

/**
 * A cart's lines with the catalogue's prices of this moment and what is left in stock. Three statements. Inside a
 * transaction that holds the cart's lock this is what checkout charges.
 */
export async function listLines(
  db: Db,
  { cartId, locale, currency }: { cartId: number; locale: Locale; currency: Currency },
): Promise<CartLine[]> {
  const lines = await rows<LineRow>(
    db,
    `select id, variant_id, quantity, seen_amount, seen_currency, seen_name from cart_lines where cart_id = :cartId order by id`,
    { cartId },
  );
  const variantIds = lines.flatMap(line => (line.variant_id === null ? [] : [line.variant_id]));
  const variants = await listVariants(db, { ids: variantIds, locale, currency });
  const stock = await availability(db, { variantIds, cartId });
  return lines.map(line => {
    const variant = variants.find(({ variantId }) => variantId === line.variant_id) ?? null;
    const available = line.variant_id === null ? 0 : (stock.get(line.variant_id) ?? 0);
    const seen =
      line.seen_amount !== null && isCurrency(line.seen_currency)
        ? money(line.seen_amount, line.seen_currency)
        : null;
    return {
      id: line.id,
      variantId: line.variant_id,
      quantity: line.quantity,
      variant,
      seenName: line.seen_name,
      available,
      problem: lineProblem({ quantity: line.quantity, variant, available }),
      formerPrice: formerPrice(seen, variant?.price ?? null),
    };
  });
}

/** The (folded) codes a shopper gave, oldest first. */
export async function listCodes(db: Db, { cartId }: { cartId: number }): Promise<string[]> {
  return await db('cart_codes')
    .where({ cart_id: cartId })
    .orderBy(['created_at', 'code'])
    .pluck<string[]>('code');
}

/** Who is buying, once an e-mail is known: folded, and whether an order of theirs has been paid. */
export interface Buyer {
  customer: string;
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
  const candidates = await listCandidates(db, { codes, cartId, customer: buyer?.customer ?? null, now });
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
