import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listPages } from '../../src/content/index.js';
import type { Db } from '../../src/platform/db.js';
import { filterOf, readListQuery } from '../../src/storefront/forms.js';
import { listCards } from '../../src/storefront/queries/cards.js';
import { findCategory, listCategories } from '../../src/storefront/queries/categories.js';
import { countFacets } from '../../src/storefront/queries/facets.js';
import { EVERYTHING } from '../../src/storefront/queries/filter.js';
import { findProduct } from '../../src/storefront/queries/product.js';
import { listSitemapEntries } from '../../src/storefront/queries/sitemap.js';
import { testDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
let db: Db;
const ids = { roller: 0, belt: 0, wheel: 0 };

interface Sale {
  sku: string;
  usd?: number;
  was?: number;
  stock?: number;
  active?: boolean;
}

async function product(given: {
  category: number;
  brand: number | null;
  names: Record<string, [string, string]>;
  days: number;
  sales: Sale[];
  state?: string;
}) {
  const [made] = (await db('products')
    .insert({
      category_id: given.category,
      brand_id: given.brand,
      state: given.state ?? 'active',
      listed_at: new Date(Date.UTC(2026, 0, 30 - given.days)),
    })
    .returning('id')) as { id: number }[];
  const { id } = made!;
  for (const [locale, [name, slug]] of Object.entries(given.names))
    await db('product_translations').insert({ product_id: id, locale, name, slug });
  for (const [position, { sku, usd, was, stock = 0, active = true }] of given.sales.entries()) {
    const [variant] = (await db('variants')
      .insert({ product_id: id, sku, position, active })
      .returning('id')) as { id: number }[];
    if (usd)
      await db('prices').insert({
        variant_id: variant!.id,
        currency: 'USD',
        amount: usd,
        compare_at: was ?? null,
      });
    await db('stock').insert({ variant_id: variant!.id, on_hand: stock });
  }
  return id;
}

async function category(code: string, names: Record<string, [string, string]>): Promise<number> {
  const [made] = (await db('categories').insert({ code }).returning('id')) as { id: number }[];
  for (const [locale, [name, slug]] of Object.entries(names))
    await db('category_translations').insert({ category_id: made!.id, locale, name, slug });
  return made!.id;
}

beforeAll(async () => {
  database = await testDatabase();
  ({ db } = database);
  const cardio = await category('cardio', {
    en: ['Cardio', 'cardio'],
    ko: ['유산소', '유산소'],
    uz: ['Kardio', 'kardio'],
  });
  const small = await category('small', { en: ['Small things', 'small-things'] });
  await category('empty', { en: ['Empty', 'empty'] });
  const [brand] = (await db('brands').insert({ code: 'forge', name: 'Forge' }).returning('id')) as {
    id: number;
  }[];
  ids.roller = await product({
    category: cardio,
    brand: brand!.id,
    names: {
      en: ['Foam_Roller 100%', 'foam-roller'],
      ko: ['폼롤러', '폼롤러'],
      uz: ['Qoʻl massajchisi', 'qol-massajchisi'],
    },
    days: 1,
    sales: [
      { sku: 'R-S', usd: 1_000, was: 2_000, stock: 0 },
      { sku: 'R-L', usd: 3_000, stock: 4 },
      { sku: 'R-OLD', usd: 1, stock: 9, active: false },
    ],
  });
  ids.belt = await product({
    category: small,
    brand: null,
    names: { en: ['Belt', 'belt'] },
    days: 2,
    sales: [{ sku: 'B', usd: 9_900, stock: 20 }],
  });
  ids.wheel = await product({
    category: small,
    brand: brand!.id,
    names: { en: ['Wheel', 'wheel'] },
    days: 3,
    sales: [{ sku: 'W', stock: 2 }],
  });
  await product({
    category: small,
    brand: null,
    names: { en: ['Draft', 'draft'] },
    days: 0,
    sales: [{ sku: 'D', usd: 5, stock: 1 }],
    state: 'draft',
  });
  await db('former_slugs').insert([
    { kind: 'product', locale: 'en', slug: 'old-roller', target_id: ids.roller },
    { kind: 'category', locale: 'en', slug: 'old-cardio', target_id: cardio },
  ]);
});
afterAll(() => database.drop());

const shown = async (query: object, sort: 'newest' | 'price' | '-price' | 'name' = 'newest') => {
  const filter = filterOf(readListQuery(query, 'USD').request);
  const cards = await listCards(db, { locale: 'en', currency: 'USD', filter, sort, limit: 12 });
  const { total } = await countFacets(db, { currency: 'USD', filter });
  expect(total, 'the count is of what is shown').toBe(cards.length);
  return cards.map(card => card.name);
};

describe('cards', () => {
  it('show active products only, newest first, with the lowest active price and all stock', async () => {
    const [roller, belt, wheel, ...none] = await listCards(db, {
      locale: 'uz',
      currency: 'USD',
      filter: EVERYTHING,
      sort: 'newest',
      limit: 12,
    });
    expect(none).toEqual([]);
    expect(roller).toMatchObject({
      name: 'Qoʻl massajchisi',
      lang: 'uz',
      brand: 'Forge',
      price: { amount: 1_000, currency: 'USD' },
      compareAt: { amount: 2_000, currency: 'USD' },
      priceVaries: true,
      available: 4,
    });
    expect(belt).toMatchObject({ name: 'Belt', lang: 'en', slug: 'belt', priceVaries: false });
    expect(wheel).toMatchObject({ price: null, compareAt: null, available: 2 });
  });

  it('come in the order asked for, with unpriced ones last', async () => {
    expect(await shown({}, 'price')).toEqual(['Foam_Roller 100%', 'Belt', 'Wheel']);
    expect(await shown({}, '-price')).toEqual(['Belt', 'Foam_Roller 100%', 'Wheel']);
    expect(await shown({}, 'name')).toEqual(['Belt', 'Foam_Roller 100%', 'Wheel']);
  });

  it('of the home page are reduced, or new and cheap while nothing is sold', async () => {
    const of = async (sort: 'best' | 'reduced', filter = EVERYTHING) =>
      (await listCards(db, { locale: 'en', currency: 'USD', filter, sort, limit: 4 })).map(
        ({ productId }) => productId,
      );
    expect(await of('reduced', { ...EVERYTHING, reduced: true })).toEqual([ids.roller]);
    expect((await of('best'))[0]).toBe(ids.roller);
  });
});

describe('search', () => {
  it('finds a name in any language, a brand, and all of several words', async () => {
    for (const q of ['롤러', 'foam', 'MASSAJ', 'forge foam', "qo'l", 'qo’l', 'qo`l'])
      expect(await shown({ q }), q).toEqual(['Foam_Roller 100%']);
    expect(await shown({ q: 'forge' })).toEqual(['Foam_Roller 100%', 'Wheel']);
    expect(await shown({ q: 'forge belt' })).toEqual([]);
  });

  it('takes % and _ and \\ as themselves', async () => {
    expect(await shown({ q: '%' })).toEqual(['Foam_Roller 100%']);
    expect(await shown({ q: 'm_r' })).toEqual(['Foam_Roller 100%']);
    expect(await shown({ q: 'b_lt' })).toEqual([]);
    expect(await shown({ q: '\\' })).toEqual([]);
  });
});

describe('filters', () => {
  it('are OR within and AND across', async () => {
    expect(await shown({ category: ['cardio', 'small'] })).toHaveLength(3);
    expect(await shown({ category: ['cardio', 'small'], brand: 'forge' })).toEqual([
      'Foam_Roller 100%',
      'Wheel',
    ]);
    expect(await shown({ category: 'nothing' })).toEqual([]);
  });

  it('hold price and stock against the same variant', async () => {
    expect(await shown({ price_max: '15' })).toEqual(['Foam_Roller 100%']);
    expect(await shown({ price_max: '15', in_stock: '1' })).toEqual([]);
    expect(await shown({ price_min: '20', in_stock: '1' })).toEqual(['Foam_Roller 100%', 'Belt']);
    const [card] = await listCards(db, {
      locale: 'en',
      currency: 'USD',
      filter: { ...EVERYTHING, inStock: true },
      sort: 'newest',
      limit: 1,
    });
    expect(card!.price!.amount, 'the price of what can be had').toBe(3_000);
  });

  it('count what each choice would show, leaving out its own', async () => {
    const filter = { ...EVERYTHING, categories: ['cardio'], brands: ['forge'] };
    const facets = await countFacets(db, { currency: 'USD', filter });
    expect(facets.total).toBe(1);
    expect([...facets.categories]).toEqual(
      expect.arrayContaining([
        ['cardio', 1],
        ['small', 1],
      ]),
    );
    expect(facets.brands).toEqual([{ code: 'forge', name: 'Forge', count: 1 }]);
    expect(facets.inStock).toBe(1);
    expect(facets.prices).toEqual({
      lowest: { amount: 1_000, currency: 'USD' },
      highest: { amount: 3_000, currency: 'USD' },
    });
    const none = await countFacets(db, {
      currency: 'UZS',
      filter: { ...EVERYTHING, categories: ['nothing'] },
    });
    expect(none).toMatchObject({ total: 0, prices: null });
  });
});

describe('a slug', () => {
  const find = (slug: string, locale: 'en' | 'ko' | 'uz') =>
    findProduct(db, { slug, locale, currency: 'USD' });

  it('finds its product in its own language, in another, and by a former name', async () => {
    for (const [slug, locale] of [
      ['foam-roller', 'en'],
      ['foam-roller', 'ko'],
      ['old-roller', 'uz'],
    ] as const) {
      expect((await find(slug, locale))?.id, slug).toBe(ids.roller);
    }
    expect((await find('foam-roller', 'ko'))!.slugs).toEqual({
      en: 'foam-roller',
      ko: '폼롤러',
      uz: 'qol-massajchisi',
    });
    expect((await find('belt', 'ko'))!.slugs.ko, 'untranslated').toBe('belt');
  });

  it('of nothing, or of what is not sold, finds nothing', async () => {
    expect(await find('draft', 'en')).toBeNull();
    expect(await find("x' or '1'='1", 'en')).toBeNull();
  });

  it('brings active variants in their order, with what can be bought', async () => {
    const roller = await find('foam-roller', 'en');
    expect(roller!.variants.map(({ sku, available }) => [sku, available])).toEqual([
      ['R-S', 0],
      ['R-L', 4],
    ]);
    expect(roller!.category).toMatchObject({ code: 'cardio', slug: 'cardio' });
  });

  it('finds a category the same way', async () => {
    expect((await findCategory(db, { slug: 'old-cardio', locale: 'ko' }))!.slugs.ko).toBe('유산소');
    expect(await findCategory(db, { slug: 'none', locale: 'en' })).toBeNull();
  });
});

it('menus and the sitemap hold only categories with products, and active products', async () => {
  expect((await listCategories(db, { locale: 'ko' })).map(({ name, lang }) => [name, lang])).toEqual([
    ['유산소', 'ko'],
    ['Small things', 'en'],
  ]);
  const entries = await listSitemapEntries(db);
  expect(entries.filter(({ kind }) => kind === 'category')).toHaveLength(2);
  expect(entries.filter(({ kind }) => kind === 'product')).toHaveLength(3);
});

it('pages fall back to English titles', async () => {
  await db('pages').insert([
    { slug: 'help', position: 2 },
    { slug: 'returns', position: 1 },
  ]);
  await db('page_translations').insert([
    { page_slug: 'help', locale: 'en', title: 'Help', body_html: '' },
    { page_slug: 'help', locale: 'ko', title: '고객센터', body_html: '' },
    { page_slug: 'returns', locale: 'en', title: 'Returns', body_html: '' },
  ]);
  expect(await listPages(db, { locale: 'ko' })).toEqual([
    { slug: 'returns', path: '/policies/returns', title: 'Returns' },
    { slug: 'help', path: '/help', title: '고객센터' },
  ]);
});
