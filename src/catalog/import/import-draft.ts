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

/** What the file says of a product, hashed: kept with it, to see the next time whether anything changed. */
export interface Digests {
  whole: string;
  /** The end of `whole`: its quantities alone. */
  stock: string;
}

/** Changes when this program makes something else of the same rows: then they are imported again. */
const VERSION = 1;

export function digestsOf(product: ImportedProduct, currency: Currency): Digests {
  const { variants, pictures } = product;
  // Where in the file something stands is not what it says.
  const said = {
    ...product,
    variants: variants.map(variant => ({ ...variant, row: 0, quantity: null })),
    pictures: pictures.map(picture => ({ ...picture, row: 0 })),
  };
  const stock = digest(JSON.stringify(variants.map(({ sku, quantity }) => [sku, quantity])));
  return { whole: `${digest(JSON.stringify([VERSION, currency, said]))}/${stock}`, stock };
}

/** The vendor as a brand; null when the file names none, which leaves a brand that staff chose. */
export function brandOf({ vendor }: ImportedProduct): { code: string; name: string } | null {
  return vendor === '' ? null : { code: slugify(vendor) || digest(vendor), name: vendor };
}

/** The product as it shall be saved. `pictures` are the ids of those that the store has, by their sources. */
export function toDraft(
  product: ImportedProduct,
  {
    digests,
    pictures,
    settings,
  }: { digests: Digests; pictures: ReadonlyMap<string, string>; settings: DraftSettings },
): Omit<ProductDraft, 'productId'> {
  const { handle, title, options, variants } = product;
  // Shopify's kinds are free words: those that no category here is called leave the product where it is.
  const categoryId = product.kinds
    .map(kind => settings.categories.get(fold(kind)))
    .find(id => id !== undefined);
  return {
    ...(categoryId === undefined ? {} : { categoryId }),
    state: product.state,
    imported: { handle, digest: digests.whole },
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
