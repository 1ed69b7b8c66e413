import type { Tx } from '../../platform/db.js';
import { draftProblem, type ProductDraft } from '../product-draft.js';
import { listForeignSkus, lockProduct, type ProductRow } from '../queries/products.js';
import { saveOptions } from './save-options.js';
import { saveGallery, saveSpecification, saveTexts } from './save-presentation.js';
import { saveVariants, type SavedVariant } from './save-variants.js';
import { lockSlugs } from './slugs.js';

export type SaveProductResult =
  /** `changed` is false when the product was already what the draft says; then nothing was written. */
  | { ok: true; productId: number; created: boolean; changed: boolean; variants: SavedVariant[] }
  /** These SKUs belong to another product. Nothing was written. */
  | { ok: false; reason: 'sku-taken'; skus: string[] };

/**
 * Makes a product what the draft says, new or changed: texts, slugs, options, variants, prices, gallery, specification;
 * everything but stock. Ids stay: variants are found by SKU, options and values by code. Writes only what differs. One
 * product in the store is saved at a time (advisory lock); the product's row is locked.
 * @throws Error when the draft contradicts itself; NotFound when there is no such product.
 */
export async function saveProduct(tx: Tx, draft: ProductDraft): Promise<SaveProductResult> {
  const problem = draftProblem(draft);
  if (problem) throw new Error(`product draft: ${problem}`);
  await lockSlugs(tx);
  const skus = draft.variants.map(({ sku }) => sku);
  const foreign = await listForeignSkus(tx, { skus, productId: draft.productId });
  if (foreign.length > 0) return { ok: false, reason: 'sku-taken', skus: foreign };

  const { productId, created, changed: rowChanged } = await saveRow(tx, draft);
  const texts = await saveTexts(tx, { productId, translations: draft.translations });
  const options = await saveOptions(tx, { productId, options: draft.options });
  const { changed: variants, saved } = await saveVariants(tx, { productId, variants: draft.variants });
  const images = draft.images ? await saveGallery(tx, { productId, images: draft.images }) : 0;
  const attributes = draft.attributes
    ? await saveSpecification(tx, { productId, attributes: draft.attributes })
    : 0;

  const changed = rowChanged || texts + options + variants + images + attributes > 0;
  if (changed && !created) await tx('products').where({ id: productId }).update({ updated_at: draft.now });
  return { ok: true, productId, created, changed, variants: saved };
}

/** The product's own row: made, or changed where it differs. */
async function saveRow(
  tx: Tx,
  draft: ProductDraft,
): Promise<{ productId: number; created: boolean; changed: boolean }> {
  const { imported, now } = draft;
  const wanted: Partial<ProductRow> = {
    state: draft.state,
    ...(draft.brandId === undefined ? {} : { brand_id: draft.brandId }),
    ...(draft.categoryId === undefined ? {} : { category_id: draft.categoryId }),
    ...(imported ? { import_handle: imported.handle, import_digest: imported.digest } : {}),
  };
  if (draft.productId === null) {
    const [made] = await tx('products')
      .insert({ ...wanted, listed_at: draft.listedAt ?? now, created_at: now, updated_at: now })
      .returning<{ id: number }[]>('id');
    return { productId: made!.id, created: true, changed: true };
  }
  const { id: productId, ...known } = await lockProduct(tx, { productId: draft.productId });
  const changed = Object.entries(wanted).some(
    ([column, value]) => known[column as keyof typeof known] !== value,
  );
  if (changed) await tx('products').where({ id: productId }).update(wanted);
  return { productId, created: false, changed };
}
