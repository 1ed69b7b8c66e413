import type { Localized } from '../../lib/locale.js';
import { rows, type Db } from '../../platform/db.js';

/** Names of products and categories in every language, by id; ids that do not exist are left out. One statement. */
export async function listNames(
  db: Db,
  { productIds, categoryIds }: { productIds: readonly number[]; categoryIds: readonly number[] },
): Promise<{ products: Map<number, Localized>; categories: Map<number, Localized> }> {
  const names = { products: new Map<number, Localized>(), categories: new Map<number, Localized>() };
  if (productIds.length + categoryIds.length === 0) return names;
  const found = await rows<{ kind: 'products' | 'categories'; id: number; name: Localized }>(
    db,
    `select 'products' as kind, product_id as id, json_object_agg(locale, name) as name
       from product_translations where product_id = any(:productIds) group by product_id
      union all
     select 'categories', category_id, json_object_agg(locale, name)
       from category_translations where category_id = any(:categoryIds) group by category_id`,
    { productIds, categoryIds },
  );
  for (const { kind, id, name } of found) names[kind].set(id, name);
  return names;
}
