import { NotFound } from '../../lib/errors.js';
import { fold } from '../../lib/text.js';
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
  const found = await tx('products')
    .where({ id: productId })
    .forNoKeyUpdate()
    .first<ProductRow | undefined>(COLUMNS);
  if (!found) throw new NotFound();
  return found;
}

/** The product that an import found under this handle before; null when it is new. */
export async function findImported(db: Db, { handle }: { handle: string }): Promise<ProductRow | null> {
  return (
    (await db('products').where({ import_handle: handle }).first<ProductRow | undefined>(COLUMNS)) ?? null
  );
}

/** The product that has the first of these SKUs that is known, sold still or not; null when all of them are new. */
export async function findProductBySku(
  db: Db,
  { skus }: { skus: readonly string[] },
): Promise<number | null> {
  const found = await row<{ product_id: number }>(
    db,
    `select product_id from variants where sku = any(:skus) order by array_position(cast(:skus as text[]), sku) limit 1`,
    { skus },
  );
  return found && found.product_id;
}

/** Variant ids by SKU; SKUs that nothing has are left out. */
export async function findVariantIds(
  db: Db,
  { skus }: { skus: readonly string[] },
): Promise<Map<string, number>> {
  const found = await rows<{ sku: string; id: number }>(
    db,
    `select sku, id from variants where sku = any(:skus)`,
    {
      skus,
    },
  );
  return new Map(found.map(({ sku, id }) => [sku, id]));
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

/** The pictures a product has of those that an import named, by where it named them. */
export async function listPicturesBySource(
  db: Db,
  { productId }: { productId: number },
): Promise<Map<string, string>> {
  const found = await rows<{ source_url: string; image_id: string }>(
    db,
    `select source_url, image_id from product_images
      where product_id = :productId and source_url is not null and image_id is not null`,
    { productId },
  );
  return new Map(found.map(({ source_url, image_id }) => [source_url, image_id]));
}

/** Category ids by everything a category is called: its code and its names, folded. */
export async function listCategoryNames(db: Db): Promise<Map<string, number>> {
  const found = await rows<{ id: number; name: string }>(
    db,
    `select id, code as name from categories
      union all
     select category_id, name from category_translations order by id`,
  );
  return new Map(found.map(({ id, name }) => [fold(name), id]));
}
