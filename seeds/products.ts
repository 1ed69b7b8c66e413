import {
  findProductBySku,
  saveProduct,
  type AttributeDraft,
  type ProductDraft,
  type SavedVariant,
} from '../src/catalog/index.js';
import { availability, receiveStock } from '../src/inventory/index.js';
import { CURRENCIES, parseAmount, type Currency } from '../src/lib/money.js';
import { DAY } from '../src/lib/time.js';
import type { Tx } from '../src/platform/db.js';
import type { SeedProduct, SeedSpecification, SeedVariant } from './catalogue/types.js';

/** Ids of what products refer to, by the names that the demo's files use. */
export interface Known {
  brands: ReadonlyMap<string, number>;
  categories: ReadonlyMap<string, number>;
  pictures: ReadonlyMap<string, string>;
}

function need<Value>(map: ReadonlyMap<string, Value>, name: string): Value {
  const value = map.get(name);
  if (value === undefined) throw new Error(`the demo has no "${name}"`);
  return value;
}

/** The demo's files write prices as shoppers read them. */
function smallestUnits(amount: number, currency: Currency): number {
  const read = parseAmount(String(amount), currency);
  if (!read) throw new Error(`${amount} is no price in ${currency}`);
  return read.amount;
}

function pricesOf({ sku, prices, compareAt }: SeedVariant): ProductDraft['variants'][number]['prices'] {
  return Object.fromEntries(
    CURRENCIES.map(currency => {
      const price = prices[currency];
      if (price === undefined) return [currency, null];
      const before = compareAt?.[currency];
      if (before !== undefined && before <= price) throw new Error(`${sku}: the former price is not higher`);
      return [
        currency,
        {
          amount: smallestUnits(price, currency),
          compareAt: before === undefined ? null : smallestUnits(before, currency),
        },
      ];
    }),
  );
}

function attributeDraft(specification: SeedSpecification): AttributeDraft {
  const { attribute: code, ...value } = specification;
  return { code, ...value };
}

function toDraft(
  product: SeedProduct,
  { brands, categories, pictures }: Known,
  now: Date,
): Omit<ProductDraft, 'productId'> {
  const text = (locale: 'en' | 'ko' | 'uz') => ({
    name: product.name[locale],
    slug: product.slug[locale],
    summary: product.summary[locale],
    descriptionHtml: product.description[locale],
  });
  return {
    brandId: need(brands, product.brand),
    categoryId: need(categories, product.category),
    state: 'active',
    listedAt: new Date(now.getTime() - product.listedDaysAgo * DAY),
    translations: { en: text('en'), ko: text('ko'), uz: text('uz') },
    options: product.options,
    variants: product.variants.map(variant => ({
      sku: variant.sku,
      values: variant.values,
      weightGrams: variant.weightGrams,
      imageId: variant.image === undefined ? null : need(pictures, variant.image),
      prices: pricesOf(variant),
    })),
    images: product.images.map(({ file, alt }) => ({ imageId: need(pictures, file), sourceUrl: null, alt })),
    attributes: product.specifications.map(attributeDraft),
    now,
  };
}

/** Saves one product of the demo, found again by its SKUs, and gives stock to variants that never had any. */
export async function seedProduct(
  tx: Tx,
  { product, known, now }: { product: SeedProduct; known: Known; now: Date },
): Promise<void> {
  const productId = await findProductBySku(tx, { skus: product.variants.map(({ sku }) => sku) });
  const saved = await saveProduct(tx, { ...toDraft(product, known, now), productId });
  if (!saved.ok) throw new Error(`${product.slug.en}: ${saved.skus.join(', ')} belong to another product`);
  await seedStock(tx, { product, variants: saved.variants, now });
}

/** Sold out variants get no stock row, as variants that staff add. */
async function seedStock(
  tx: Tx,
  { product, variants, now }: { product: SeedProduct; variants: readonly SavedVariant[]; now: Date },
): Promise<void> {
  const counted = await availability(tx, { variantIds: variants.map(({ variantId }) => variantId) });
  for (const { variantId, sku } of variants) {
    const quantity = product.variants.find(variant => variant.sku === sku)?.stock ?? 0;
    if (quantity > 0 && !counted.has(variantId)) {
      await receiveStock(tx, { variantId, quantity, actor: 'seed', cause: 'first stock of the demo', now });
    }
  }
}
