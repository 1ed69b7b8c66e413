import { change, rows, type Tx } from '../../platform/db.js';
import type { VariantDraft } from '../product-draft.js';

export interface SavedVariant {
  variantId: number;
  sku: string;
  /** True when this save made it: it has no stock yet. */
  created: boolean;
}

/**
 * Makes a product's variants what the draft says, found again by SKU. Variants that are not named become inactive and
 * are never deleted: orders refer to them. Needs the product's options saved and `lockSlugs`.
 */
export async function saveVariants(
  tx: Tx,
  { productId, variants }: { productId: number; variants: readonly VariantDraft[] },
): Promise<{ changed: number; saved: SavedVariant[] }> {
  const skus = variants.map(({ sku }) => sku);
  const known = new Set(await tx('variants').where({ product_id: productId }).pluck<string[]>('sku'));
  const wanted = JSON.stringify(
    variants.map(({ sku, weightGrams, imageId }, position) => ({
      sku,
      position,
      grams: weightGrams,
      image: imageId,
      // JSON drops what is undefined: whether there is a picture to set has to be said.
      pictured: imageId !== undefined,
    })),
  );
  const changed = await change(
    tx,
    `insert into variants (product_id, sku, position, weight_grams, image_id)
     select :productId, d.sku, d.position, d.grams, d.image
       from jsonb_to_recordset(cast(:wanted as jsonb)) as d (sku text, position int, grams int, image text)
      where d.sku <> all(:known)`,
    { productId, wanted, known: [...known] },
  );
  const updated = await change(
    tx,
    `update variants v
        set active = true, position = d.position, weight_grams = d.grams,
            image_id = case when d.pictured then d.image else v.image_id end
       from jsonb_to_recordset(cast(:wanted as jsonb))
            as d (sku text, position int, grams int, image text, pictured boolean)
      where v.product_id = :productId and v.sku = d.sku
        and (v.active, v.position, v.weight_grams, v.image_id)
            is distinct from (true, d.position, d.grams, case when d.pictured then d.image else v.image_id end)`,
    { productId, wanted },
  );
  const retired = await change(
    tx,
    `update variants set active = false where product_id = :productId and active and sku <> all(:skus)`,
    { productId, skus },
  );
  const valued = await saveValues(tx, { productId, variants });
  const priced = await savePrices(tx, { productId, variants });
  const ids = await rows<{ id: number; sku: string }>(
    tx,
    `select id, sku from variants where sku = any(:skus)`,
    { skus },
  );
  return {
    changed: changed + updated + retired + valued + priced,
    saved: ids.map(({ id, sku }) => ({ variantId: id, sku, created: !known.has(sku) })),
  };
}

async function saveValues(
  tx: Tx,
  { productId, variants }: { productId: number; variants: readonly VariantDraft[] },
): Promise<number> {
  const chosen = variants.flatMap(({ sku, values }) =>
    Object.entries(values).map(([option, code]) => ({ sku, option, code })),
  );
  return await change(
    tx,
    `insert into variant_values (variant_id, option_id, value_id)
     select v.id, o.id, ov.id
       from jsonb_to_recordset(cast(:chosen as jsonb)) as d (sku text, option text, code text)
       join variants v on v.product_id = :productId and v.sku = d.sku
       join options o on o.product_id = :productId and o.code = d.option
       join option_values ov on ov.option_id = o.id and ov.code = d.code
     on conflict (variant_id, option_id) do update set value_id = excluded.value_id
      where variant_values.value_id <> excluded.value_id`,
    { productId, chosen: JSON.stringify(chosen) },
  );
}

async function savePrices(
  tx: Tx,
  { productId, variants }: { productId: number; variants: readonly VariantDraft[] },
): Promise<number> {
  const named = variants.flatMap(({ sku, prices }) =>
    Object.entries(prices).map(([currency, price]) => ({
      sku,
      currency,
      amount: price?.amount,
      before: price?.compareAt,
    })),
  );
  const wanted = JSON.stringify(named);
  const set = await change(
    tx,
    `insert into prices (variant_id, currency, amount, compare_at)
     select v.id, d.currency, d.amount, d.before
       from jsonb_to_recordset(cast(:wanted as jsonb)) as d (sku text, currency text, amount bigint, before bigint)
       join variants v on v.product_id = :productId and v.sku = d.sku
      where d.amount is not null
     on conflict (variant_id, currency) do update set amount = excluded.amount, compare_at = excluded.compare_at
      where (prices.amount, prices.compare_at) is distinct from (excluded.amount, excluded.compare_at)`,
    { productId, wanted },
  );
  const removed = await change(
    tx,
    `delete from prices p
      using variants v, jsonb_to_recordset(cast(:wanted as jsonb)) as d (sku text, currency text, amount bigint)
      where v.product_id = :productId and v.sku = d.sku and p.variant_id = v.id and p.currency = d.currency
        and d.amount is null`,
    { productId, wanted },
  );
  return set + removed;
}
