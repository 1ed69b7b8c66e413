import { digest } from '../../lib/ids.js';
import type { Currency } from '../../lib/money.js';
import { fold, slugify } from '../../lib/text.js';
import type { ProductDraft } from '../product-draft.js';
import type { ImportedProduct } from './shopify-products.js';

export interface DraftSettings {
  /** Of the file's prices. Prices in other currencies stay. */
  currency: Currency;
  /** Category ids by folded names. */
  categories: ReadonlyMap<string, number>;
  now: Date;
}

/** Changes when this program makes something else of the same rows: then they are imported again. */
const VERSION = 1;

/**
 * What the file says of a product, hashed, kept with it to see the next time whether anything changed. The quantity of
 * each variant is readable behind it: "5f1c… 0a9b3c7d=4 77e0d1f2=".
 */
export function digestOf(product: ImportedProduct, currency: Currency): string {
  const { variants, pictures } = product;
  // Where in the file something stands is not what it says.
  const said = {
    ...product,
    variants: variants.map(variant => ({ ...variant, row: 0, quantity: null })),
    pictures: pictures.map(picture => ({ ...picture, row: 0 })),
  };
  const quantities = variants.map(({ sku, quantity }) => `${quantityKey(sku)}=${quantity ?? ''}`);
  return [digest(JSON.stringify([VERSION, currency, said])), ...quantities].join(' ');
}

const quantityKey = (sku: string) => digest(sku).slice(0, 8);

/** Whether two imports (null: there was none) said the same of a variant's quantity. */
export function saysSameQuantity(before: string | null, now: string, sku: string): boolean {
  const said = (whole: string | null) =>
    whole?.split(' ').find(part => part.startsWith(`${quantityKey(sku)}=`));
  return said(before) !== undefined && said(before) === said(now);
}

/** The vendor as a brand; null when the file names none, which leaves a brand that staff chose. */
export function brandOf({ vendor }: ImportedProduct): { code: string; name: string } | null {
  return vendor === '' ? null : { code: slugify(vendor) || digest(vendor), name: vendor };
}

/** The product as it shall be saved. `pictures` are the ids of those that the store has, by their sources. */
export function toDraft(
  product: ImportedProduct,
  {
    said,
    pictures,
    settings,
  }: { said: string; pictures: ReadonlyMap<string, string>; settings: DraftSettings },
): Omit<ProductDraft, 'productId'> {
  const { handle, title, options, variants } = product;
  // Shopify's kinds are free words: those that no category here is called leave the product where it is.
  const categoryId = product.kinds
    .map(kind => settings.categories.get(fold(kind)))
    .find(id => id !== undefined);
  return {
    ...(categoryId === undefined ? {} : { categoryId }),
    state: product.state,
    imported: { handle, digest: said },
    translations: {
      en: { name: title, slug: handle, summary: product.summary, descriptionHtml: product.descriptionHtml },
    },
    options,
    variants: variants.map(({ sku, values, grams, price, picture }) => ({
      sku,
      values,
      weightGrams: grams,
      imageId: (picture === null ? undefined : pictures.get(picture)) ?? null,
      prices: { [settings.currency]: price },
    })),
    images: product.pictures.map(({ source, alt }) => ({
      imageId: pictures.get(source) ?? null,
      sourceUrl: source,
      alt: { en: alt },
    })),
    now: settings.now,
  };
}
