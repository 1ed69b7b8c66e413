import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasProducts, products, seedDemo } from '../../seeds/index.js';
import { attributes } from '../../seeds/catalogue/attributes.js';
import { brands } from '../../seeds/catalogue/brands.js';
import { categories } from '../../seeds/catalogue/categories.js';
import type { Text3 } from '../../seeds/catalogue/types.js';
import { pages } from '../../seeds/pages.js';
import { imagesDir, sizesDir } from '../../seeds/pictures.js';
import { zones } from '../../seeds/shipping.js';
import { cleanHtml } from '../../src/lib/html.js';
import { CURRENCIES, formatMoney, parseAmount } from '../../src/lib/money.js';
import { slugify } from '../../src/lib/text.js';
import { testDatabase, type TestDatabase } from '../support/database.js';

const variants = products.flatMap(product => product.variants);
const demo = { products, categories, brands, attributes, pages };

/** Every text of the demo that says something in Uzbek, wherever it stands, with its two siblings. */
function translated(node: unknown): Text3[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('uz' in node) return [node as Text3];
  return Object.values(node).flatMap(translated);
}
const texts = translated(demo);
const inAll = ({ en, ko, uz }: Text3): string[] => [en, ko, uz];

describe('the demo’s files', () => {
  test('have about thirty products in eight categories', () => {
    expect(products.length).toBeGreaterThanOrEqual(28);
    expect(categories).toHaveLength(8);
    for (const { code } of categories)
      expect(products.filter(({ category }) => category === code)).not.toEqual([]);
  });

  test('say everything in three languages', () => {
    expect(texts.filter(text => inAll(text).some(words => words.trim() === ''))).toEqual([]);
  });

  test('write oʻ and gʻ with U+02BB, the tutuq belgisi with U+02BC and no other apostrophe in Uzbek', () => {
    for (const { uz } of texts) {
      expect(uz).not.toMatch(/['`´‘’]/);
      expect(uz).not.toMatch(/(?<![OoGg])ʻ/);
      expect(uz).not.toMatch(/[OoGg]ʼ/);
    }
  });

  test('bring HTML that is clean already', () => {
    // Entities are written as characters when cleaned; apart from that nothing may fall away.
    const characters = (html: string) => html.replaceAll('&nbsp;', '\u00A0');
    const changed = products
      .flatMap(({ description }) => inAll(description))
      .filter(html => cleanHtml(html) !== characters(html));
    const changedPages = pages
      .flatMap(({ body }) => inAll(body))
      .filter(html => cleanHtml(html, { topHeading: 2 }) !== characters(html));
    expect([changed, changedPages]).toEqual([[], []]);
  });

  test('keep summaries within the length of a card', () => {
    for (const { summary } of products)
      for (const text of inAll(summary)) expect(text.length).toBeLessThanOrEqual(120);
  });

  test('weigh something, every piece of them', () => {
    expect(variants.filter(({ weightGrams }) => weightGrams <= 0)).toEqual([]);
  });

  test('name each SKU and each slug once', () => {
    const skus = variants.map(({ sku }) => sku);
    expect(new Set(skus).size).toBe(skus.length);
    for (const kind of [products, categories]) {
      const owners = new Map<string, unknown>();
      for (const { slug } of kind) {
        for (const text of inAll(slug)) {
          expect(slugify(text)).toBe(text);
          expect(owners.get(text) ?? slug).toBe(slug);
          owners.set(text, slug);
        }
      }
    }
  });

  test('price every variant in dollars and won, all but one in soʻm, and reduce only downwards', () => {
    const unpriced = variants.filter(({ prices }) =>
      (['USD', 'KRW'] as const).some(currency => parseAmount(String(prices[currency]), currency) === null),
    );
    expect(unpriced).toEqual([]);
    const raised = variants.filter(({ prices, compareAt }) =>
      CURRENCIES.some(currency => (compareAt?.[currency] ?? Infinity) <= (prices[currency] ?? 0)),
    );
    expect(raised).toEqual([]);
    // One shows what a shopper sees who pays in a currency that a variant is not sold in.
    expect(variants.filter(({ prices }) => prices.UZS === undefined)).toHaveLength(1);
  });

  test('have something sold out, something nearly, and something reduced', () => {
    expect(products.some(product => product.variants.every(({ stock }) => stock === 0))).toBe(true);
    expect(variants.some(({ stock }) => stock > 0 && stock <= 5)).toBe(true);
    expect(variants.some(({ compareAt }) => compareAt !== undefined)).toBe(true);
  });

  test('show every product on a picture that is there, with words for those who do not see it', () => {
    expect(products.filter(({ images }) => images.length === 0)).toEqual([]);
    const named = [
      ...products.flatMap(({ images }) => images.map(({ file }) => file)),
      ...categories.map(({ image }) => image),
    ];
    expect(named.filter(name => !existsSync(path.join(imagesDir, `${name}.webp`)))).toEqual([]);
    const elsewhere = products.filter(({ images, variants: own }) =>
      own.some(({ image }) => image !== undefined && !images.some(({ file }) => file === image)),
    );
    expect(elsewhere).toEqual([]);
  });

  test('bring pictures and sizes of less than nine megabytes, none of them unused', () => {
    const used = new Set(['hero-1', ...products.flatMap(({ images }) => images.map(({ file }) => file))]);
    const originals = readdirSync(imagesDir).flatMap(file =>
      file.endsWith('.webp') ? [path.parse(file).name] : [],
    );
    expect(originals.filter(name => !used.has(name))).toEqual([]);
    const sizes = readdirSync(sizesDir);
    const files = [imagesDir, sizesDir].flatMap(dir =>
      readdirSync(dir).map(file => statSync(path.join(dir, file))),
    );
    expect(files.reduce((sum, file) => sum + file.size, 0)).toBeLessThan(9_000_000);
    expect(sizes.filter(file => !used.has(file.replace(/-\d+\.\w+$/, '')))).toEqual([]);
  });

  test('tell on the page about delivery what delivery costs', () => {
    const delivery = pages.find(({ slug }) => slug === 'delivery')!.body.en;
    const said = delivery.replaceAll('&nbsp;', ' ').replace(/<[^>]*>/g, ' ');
    const told = { kr: 'KRW', uz: 'UZS', world: 'USD' } as const;
    const locales = { KRW: 'ko', UZS: 'uz', USD: 'en' } as const;
    for (const { code: zone, methods } of zones) {
      const currency = told[zone.split('-')[0] as keyof typeof told];
      const shown = (amount: number) =>
        formatMoney({ amount, currency }, locales[currency]).replaceAll('\u00A0', ' ');
      for (const { code, minBusinessDays, maxBusinessDays, rates } of methods) {
        const { brackets, freeOver, surcharge, heavySurcharge } = rates[currency]!;
        const figures = [
          // Far zones have their country's brackets; freight is free for all that is that heavy.
          ...(code === 'freight'
            ? []
            : brackets.filter(({ fromGoods }) => fromGoods === 0).map(({ amount }) => amount)),
          ...brackets.map(({ fromGoods }) => fromGoods),
          freeOver ?? 0,
          surcharge,
          heavySurcharge,
        ].filter(amount => amount > 0);
        expect(
          figures
            .filter(amount => !said.includes(shown(amount)))
            .map(amount => `${zone} ${code}: ${shown(amount)}`),
        ).toEqual([]);
        const days =
          minBusinessDays === maxBusinessDays
            ? 'next working day'
            : `${minBusinessDays} to ${maxBusinessDays} working days`;
        expect(said, `${zone} ${code}`).toContain(days);
      }
    }
  });
});

describe('seeding', () => {
  let database: TestDatabase;
  let took: number;
  beforeAll(async () => {
    database = await testDatabase();
    expect(await hasProducts(database.db)).toBe(false);
    const start = performance.now();
    await seedDemo(database.db);
    took = performance.now() - start;
  });
  afterAll(() => database.drop());

  /** All rows of all tables of ours but the migrations'. */
  async function everything(): Promise<Record<string, unknown>> {
    const { db } = database;
    const tables = await db('pg_tables')
      .where({ schemaname: 'public' })
      .andWhere('tablename', 'not like', 'knex_%')
      .orderBy('tablename')
      .pluck<string[]>('tablename');
    const dump: Record<string, unknown> = {};
    for (const table of tables) {
      const { rows } = await db.raw<{ rows: { all: string }[] }>(
        `select md5(coalesce(string_agg(t::text, ' ' order by t::text), '')) as all from ?? t`,
        [table],
      );
      dump[table] = rows[0]!.all;
    }
    return dump;
  }

  test('is done in a few seconds', () => {
    // Not even two on a quiet machine; machines that run tests are seldom quiet.
    expect(took).toBeLessThan(15_000);
  });

  test('leaves a catalogue whose pictures are ready, with all their sizes, and nothing to do for the worker', async () => {
    const { db } = database;
    expect(await hasProducts(db)).toBe(true);
    expect(await db('products').where({ state: 'active' })).toHaveLength(products.length);
    expect(await db('product_translations')).toHaveLength(products.length * 3);
    expect(await db('images').whereNull('ready_at')).toEqual([]);
    expect(await db('product_images').whereNull('image_id')).toEqual([]);
    expect(await db('graphile_worker.jobs')).toEqual([]);
  });

  test('books every piece of stock as a movement', async () => {
    const { rows } = await database.db.raw<{ rows: unknown[] }>(
      `select 1 from stock s where on_hand <> (select sum(delta) from stock_movements m where m.variant_id = s.variant_id)`,
    );
    expect(rows).toEqual([]);
    expect(await database.db('stock')).toHaveLength(variants.filter(({ stock }) => stock > 0).length);
  });

  test('a second time changes nothing', async () => {
    const before = await everything();
    await seedDemo(database.db);
    expect(await everything()).toEqual(before);
  });

  test('again does not bring back what was sold', async () => {
    const stock = database.db('stock').orderBy('variant_id').limit(1);
    const { variant_id: variantId, on_hand: onHand } = (await stock.first()) as {
      variant_id: number;
      on_hand: number;
    };
    await database
      .db('stock')
      .where({ variant_id: variantId })
      .update({ on_hand: onHand - 1 });
    await seedDemo(database.db);
    expect(await database.db('stock').where({ variant_id: variantId }).pluck('on_hand')).toEqual([
      onHand - 1,
    ]);
  });

  test('delivers to Korea, to Uzbekistan and to thirty other countries, in every currency', async () => {
    const countries = await database.db('shipping_areas').distinct('country').pluck<string[]>('country');
    expect(countries).toEqual(
      expect.arrayContaining(['KR', 'UZ', 'US', 'CA', 'GB', 'DE', 'JP', 'KZ', 'AE', 'TR', 'AU']),
    );
    expect(countries.length).toBeGreaterThan(30);
    expect(await database.db('shipping_rates')).toHaveLength(
      zones.flatMap(({ methods }) => methods).length * 3,
    );
  });
});
