import type { Locale } from '../../lib/locale.js';
import { rows, type Db } from '../../platform/db.js';

/** Categories by name, for choosing what a discount is for. */
export async function listCategoryChoices(
  db: Db,
  { locale }: { locale: Locale },
): Promise<{ id: number; name: string }[]> {
  return await rows<{ id: number; name: string }>(
    db,
    `select c.id, coalesce(own.name, en.name) as name from categories c
       join category_translations en on en.category_id = c.id and en.locale = 'en'
       left join category_translations own on own.category_id = c.id and own.locale = :locale
      order by c.position, c.id`,
    { locale },
  );
}

/** Products by the SKU of any of their variants, small and capital letters alike. */
export async function listProductsBySku(
  db: Db,
  { skus }: { skus: readonly string[] },
): Promise<{ sku: string; productId: number }[]> {
  return await rows<{ sku: string; productId: number }>(
    db,
    `select sku, product_id as "productId" from variants where lower(sku) = any(:skus)`,
    { skus: skus.map(sku => sku.toLowerCase()) },
  );
}

/** One SKU of each product, as staff name it in the form. */
export async function listSkusOfProducts(
  db: Db,
  { productIds }: { productIds: readonly number[] },
): Promise<string[]> {
  const found = await rows<{ sku: string }>(
    db,
    `select min(sku) as sku from variants where product_id = any(:productIds) group by product_id order by 1`,
    { productIds },
  );
  return found.map(({ sku }) => sku);
}
