import { hasProducts, saveAttribute, saveBrand, saveCategory } from '../src/catalog/index.js';
import { savePage } from '../src/content/index.js';
import { ensureDiscount } from '../src/discounts/index.js';
import { saveHolidays, saveZone } from '../src/shipping/index.js';
import { saveTaxRate } from '../src/tax/index.js';
import { inTransaction, type Db, type Tx } from '../src/platform/db.js';
import { seedBundles } from './bundles.js';
import { attributes } from './catalogue/attributes.js';
import { brands } from './catalogue/brands.js';
import { categories } from './catalogue/categories.js';
import { productsA } from './catalogue/products-a.js';
import { productsB } from './catalogue/products-b.js';
import { discounts } from './discounts.js';
import { holidays } from './holidays.js';
import { pages } from './pages.js';
import { seedPictures } from './pictures.js';
import { seedProduct } from './products.js';
import { zones } from './shipping.js';
import { taxRates } from './tax.js';

export { hasProducts };

/** Everything the demo sells, in the order of the files. */
export const products = [...productsA, ...productsB];
/** Not of a product: the wide picture of the home page. */
const HERO = 'hero-1';

/**
 * A shop worth looking at: catalogue with pictures and stock, delivery zones and pages. All or nothing. Running it again
 * brings changed texts and prices of the demo's files; stock that was sold stays sold.
 */
export async function seedDemo(db: Db): Promise<void> {
  const now = new Date();
  await inTransaction(db, async tx => {
    const pictures = await seedPictures(tx, [
      HERO,
      ...categories.map(({ image }) => image),
      ...products.flatMap(product => product.images.map(({ file }) => file)),
    ]);
    const known = { pictures, brands: await seedBrands(tx), categories: await seedCategories(tx, pictures) };
    await seedAttributes(tx);
    for (const product of products) await seedProduct(tx, { product, known, now });
    await seedBundles(tx);
    for (const zone of zones) await saveZone(tx, zone);
    for (const rate of taxRates) await saveTaxRate(tx, rate);
    for (const [calendar, days] of Object.entries(holidays)) await saveHolidays(tx, { calendar, days });
    for (const { categories: codes, ...draft } of discounts) {
      const categoryIds = codes.flatMap(code => known.categories.get(code) ?? []);
      await ensureDiscount(tx, { draft: { ...draft, productIds: [], categoryIds }, now });
    }
    await seedPages(tx);
  });
}

async function seedBrands(tx: Tx): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  for (const brand of brands) ids.set(brand.code, await saveBrand(tx, brand));
  return ids;
}

async function seedCategories(tx: Tx, pictures: ReadonlyMap<string, string>): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  for (const [position, { code, name, slug, description, image }] of categories.entries()) {
    const text = (locale: 'en' | 'ko' | 'uz') => ({
      name: name[locale],
      slug: slug[locale],
      description: description[locale],
    });
    const translations = { en: text('en'), ko: text('ko'), uz: text('uz') };
    ids.set(
      code,
      await saveCategory(tx, { code, position, imageId: pictures.get(image) ?? null, translations }),
    );
  }
  return ids;
}

async function seedAttributes(tx: Tx): Promise<void> {
  for (const [position, { code, label, kind, unit }] of attributes.entries()) {
    await saveAttribute(tx, {
      code,
      label,
      kind,
      unit: typeof unit === 'string' ? { en: unit } : (unit ?? null),
      position,
    });
  }
}

async function seedPages(tx: Tx): Promise<void> {
  for (const [position, { slug, title, body }] of pages.entries()) {
    const text = (locale: 'en' | 'ko' | 'uz') => ({ title: title[locale], bodyHtml: body[locale] });
    await savePage(tx, { slug, position, translations: { en: text('en'), ko: text('ko'), uz: text('uz') } });
  }
}
