export { ensureBrand, saveBrand } from './actions/save-brand.js';
export { saveAttribute, type AttributeDefinition } from './actions/save-attribute.js';
export { saveCategory, type CategoryDraft, type CategoryText } from './actions/save-category.js';
export { saveProduct, type SaveProductResult } from './actions/save-product.js';
export { giveSlugs, lockSlugs, type SlugOwner } from './actions/slugs.js';
export type { SavedVariant } from './actions/save-variants.js';
export { importShopify, type ImportRequest, type ImportResult } from './import/import-file.js';
export type { Outcome } from './import/import-product.js';
export { outcomeLines, summaryLines } from './import/report.js';
export type {
  AttributeDraft,
  ImageDraft,
  OptionDraft,
  ProductDraft,
  ProductText,
  VariantDraft,
} from './product-draft.js';
export { listNames } from './queries/names.js';
export { findProductBySku, findVariantIds, hasProducts } from './queries/products.js';
export { listVariants, type VariantForSale } from './queries/variants.js';
export { pictureView, type PictureView } from './views.js';
