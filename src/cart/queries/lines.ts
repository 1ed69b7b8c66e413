import { listBundlesById, type BundleForSale } from '../../bundles/index.js';
import { listVariants, type VariantForSale } from '../../catalog/index.js';
import { availability } from '../../inventory/index.js';
import type { Locale } from '../../lib/locale.js';
import { isCurrency, money, multiply, zero, type Currency, type Money } from '../../lib/money.js';
import { row, rows, type Db } from '../../platform/db.js';
import { formerPrice, lineProblem, type LineFacts, type LineProblem } from '../rules.js';

/** How many things are in the cart, for the badge; a set counts as one. */
export async function countPieces(db: Db, { token }: { token: string | null }): Promise<number> {
  if (!token) return 0;
  const counted = await row<{ pieces: number }>(
    db,
    `select (coalesce((select sum(quantity) from cart_lines where cart_id = c.id), 0)
           + coalesce((select sum(quantity) from cart_bundles where cart_id = c.id), 0))::int as pieces
       from carts c where c.token = :token and c.state = 'open'`,
    { token },
  );
  return counted?.pieces ?? 0;
}

/** The sets of one kind in a cart, which stand as lines of their parts. */
export interface CartSet {
  /** Names the sets' line in the cart. */
  id: number;
  quantity: number;
  /** Null when the set has been deleted; then only `seenName` is left of it. */
  bundle: BundleForSale | null;
  seenName: string;
  /** What all these sets together cost less than their parts. */
  saving: Money;
  /** Set when the price of one set has changed since the shopper last touched the line. */
  formerPrice: Money | null;
}

/** A variant in a cart, bought alone or as a part of a set. */
export interface CartLine {
  /** Of its own where it is bought alone, else the sets' line. */
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
  set: CartSet | null;
}

interface SeenRow {
  id: number;
  quantity: number;
  seen_amount: number | null;
  seen_currency: string | null;
  seen_name: string;
}
type LineRow = SeenRow & { variant_id: number | null };
type SetRow = SeenRow & { bundle_id: number | null };
type Reader = { locale: Locale; currency: Currency };
/** A line before it is known what is in stock for it. */
type Unchecked = Omit<CartLine, 'available' | 'problem'> & { sold: LineFacts['variant'] };

/**
 * A cart's lines with the catalogue's prices of this moment and what is left in stock: first what is bought alone, then
 * the parts of sets. Whether there is enough of a variant is judged on all its lines together. At most six statements.
 * Inside a transaction that holds the cart's lock this is what checkout charges.
 */
export async function listLines(
  db: Db,
  { cartId, ...reader }: Reader & { cartId: number },
): Promise<CartLine[]> {
  const lines = [...(await listSingles(db, cartId, reader)), ...(await listParts(db, cartId, reader))];
  const variantIds = [...new Set(lines.flatMap(({ variantId }) => variantId ?? []))];
  const stock = await availability(db, { variantIds, cartId });
  const wanted = new Map<number, number>();
  for (const { variantId, quantity } of lines)
    if (variantId !== null) wanted.set(variantId, (wanted.get(variantId) ?? 0) + quantity);
  return lines.map(({ sold, ...line }) => {
    const available = line.variantId === null ? 0 : (stock.get(line.variantId) ?? 0);
    const together = line.variantId === null ? line.quantity : wanted.get(line.variantId)!;
    const facts = { quantity: line.quantity, variant: sold, available, wanted: together };
    return { ...line, available, problem: lineProblem(facts) };
  });
}

async function listSingles(db: Db, cartId: number, reader: Reader): Promise<Unchecked[]> {
  const found = await rows<LineRow>(
    db,
    `select id, variant_id, quantity, seen_amount, seen_currency, seen_name from cart_lines where cart_id = :cartId order by id`,
    { cartId },
  );
  const ids = found.flatMap(line => line.variant_id ?? []);
  const variants = await listVariants(db, { ids, ...reader });
  return found.map(line => {
    const variant = variants.find(({ variantId }) => variantId === line.variant_id) ?? null;
    return {
      id: line.id,
      variantId: line.variant_id,
      quantity: line.quantity,
      variant,
      seenName: line.seen_name,
      formerPrice: formerPrice(seenPrice(line), variant?.price ?? null),
      set: null,
      sold: variant,
    };
  });
}

async function listParts(db: Db, cartId: number, reader: Reader): Promise<Unchecked[]> {
  const found = await rows<SetRow>(
    db,
    `select id, bundle_id, quantity, seen_amount, seen_currency, seen_name from cart_bundles where cart_id = :cartId order by id`,
    { cartId },
  );
  const bundles = await listBundlesById(db, { ids: found.flatMap(each => each.bundle_id ?? []), ...reader });
  return found.flatMap((line): Unchecked[] => {
    const bundle = bundles.find(({ bundleId }) => bundleId === line.bundle_id) ?? null;
    const set: CartSet = {
      id: line.id,
      quantity: line.quantity,
      bundle,
      seenName: line.seen_name,
      saving: bundle ? multiply(bundle.saving, line.quantity) : zero(reader.currency),
      formerPrice: formerPrice(seenPrice(line), bundle?.price ?? null),
    };
    const common = { id: line.id, formerPrice: null, set };
    // A set that is gone has no parts; one line stands for it, so that the cart says so and cannot be ordered.
    if (!bundle || bundle.parts.length === 0) {
      const gone = {
        variantId: null,
        variant: null,
        quantity: line.quantity,
        seenName: line.seen_name,
        sold: null,
      };
      return [{ ...common, ...gone }];
    }
    return bundle.parts.map(({ variant, quantity }) => ({
      ...common,
      variantId: variant.variantId,
      variant,
      quantity: quantity * line.quantity,
      seenName: variant.name,
      // A part is for sale in a set when the set is.
      sold: { active: bundle.active, price: bundle.price && variant.price },
    }));
  });
}

const seenPrice = ({ seen_amount, seen_currency }: SeenRow): Money | null =>
  seen_amount !== null && isCurrency(seen_currency) ? money(seen_amount, seen_currency) : null;
