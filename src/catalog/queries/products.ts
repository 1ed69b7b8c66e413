import { NotFound } from '../../lib/errors.js';
import { row, rows, type Db, type Tx } from '../../platform/db.js';

/** A product's own row, as changing it needs it. */
export interface ProductRow {
  id: number;
  brand_id: number | null;
  category_id: number | null;
  state: 'draft' | 'active' | 'archived';
  import_handle: string | null;
  import_digest: string | null;
}

const COLUMNS = ['id', 'brand_id', 'category_id', 'state', 'import_handle', 'import_digest'];

/** Locks a product against other changes. @throws NotFound */
export async function lockProduct(tx: Tx, { productId }: { productId: number }): Promise<ProductRow> {
  const found = await tx('products').where({ id: productId }).forUpdate().first<ProductRow | undefined>(COLUMNS);
  if (!found) throw new NotFound();
  return found;
}

/** The product that an import found under this handle before; null when it is new. */
export async function findImported(db: Db, { handle }: { handle: string }): Promise<ProductRow | null> {
  return (await db('products').where({ import_handle: handle }).first<ProductRow | undefined>(COLUMNS)) ?? null;
}

/** The product that has the first of these SKUs that is known, sold still or not; null when all of them are new. */
export async function findProductBySku(db: Db, { skus }: { skus: readonly string[] }): Promise<number | null> {
  const found = await row<{ product_id: number }>(
    db,
    `select product_id from variants where sku = any(:skus) order by array_position(cast(:skus as text[]), sku) limit 1`,
    { skus },
  );
  return found && found.product_id;
}

/** SKUs among `skus` that belong to a product other than `productId`. */
export async function listForeignSkus(
  db: Db,
  { skus, productId }: { skus: readonly string[]; productId: number | null },
): Promise<string[]> {
  const found = await rows<{ sku: string }>(
    db,
    `select sku from variants where sku = any(:skus) and product_id is distinct from :productId order by sku`,
    { skus, productId },
  );
  return found.map(({ sku }) => sku);
}

/** Whether anything is in the catalog at all, sold or not. */
export async function hasProducts(db: Db): Promise<boolean> {
  return (await row(db, `select 1 from products limit 1`)) !== null;
}
