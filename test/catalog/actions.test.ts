import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  saveAttribute,
  saveProduct,
  type ProductDraft,
  type SaveProductResult,
} from '../../src/catalog/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { makeDraft, makeText, makeVariant, SIZES } from './make.js';

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());

type Saved = Extract<SaveProductResult, { ok: true }>;
const save = (draft: ProductDraft) => inTransaction(database.db, tx => saveProduct(tx, draft));
async function saved(draft: ProductDraft): Promise<Saved> {
  const result = await save(draft);
  if (!result.ok) throw new Error(result.reason);
  return result;
}

/** Every row that belongs to a product, so that "nothing changed" means nothing at all. */
async function everythingOf(productId: number): Promise<unknown> {
  const { db } = database;
  const tables = ['product_translations', 'options', 'variants', 'product_images', 'product_attributes'];
  const own = await Promise.all(
    tables.map(table => db(table).where({ product_id: productId }).orderByRaw('1, 2, 3')),
  );
  const variants = db('variants').where({ product_id: productId }).select('id');
  const options = db('options').where({ product_id: productId }).select('id');
  return [
    await db('products').where({ id: productId }),
    own,
    await db('prices').whereIn('variant_id', variants).orderBy(['variant_id', 'currency']),
    await db('variant_values').whereIn('variant_id', variants).orderBy(['variant_id', 'option_id']),
    await db('option_values').whereIn('option_id', options).orderBy('id'),
    await db('former_slugs').where({ target_id: productId }).orderBy(['locale', 'slug']),
  ];
}

describe('a product', () => {
  test('saved twice stays the same to the last column', async () => {
    await inTransaction(database.db, tx =>
      saveAttribute(tx, {
        code: 'height',
        label: { en: 'Height' },
        kind: 'number',
        unit: { en: 'cm' },
        position: 0,
      }),
    );
    const draft = makeDraft({
      translations: { en: makeText(), ko: makeText() },
      options: SIZES,
      variants: [makeVariant({ values: { size: 's' } }), makeVariant({ values: { size: 'l' } })],
      images: [{ imageId: null, sourceUrl: 'https://pictures.example/1.jpg', alt: { en: 'One' } }],
      attributes: [{ code: 'height', number: 44.5 }],
    });
    const { productId, created } = await saved(draft);
    expect(created).toBe(true);
    const before = await everythingOf(productId);

    const again = await saved({ ...draft, productId, now: new Date('2026-11-21T08:00:00Z') });

    expect(again).toMatchObject({ productId, created: false, changed: false });
    expect(await everythingOf(productId)).toEqual(before);
  });

  test('keeps the ids of variants, options and values when everything else changes', async () => {
    const variants = [makeVariant({ values: { size: 's' } }), makeVariant({ values: { size: 'l' } })];
    const draft = makeDraft({ options: SIZES, variants });
    const { productId, variants: first } = await saved(draft);
    const ids = async () => ({
      options: await database.db('options').where({ product_id: productId }).pluck<number[]>('id'),
      values: await database.db('option_values').orderBy('id').pluck<number[]>('id'),
    });
    const before = await ids();
    const { variants: second } = await saved({
      ...draft,
      productId,
      translations: { en: makeText() },
      options: [{ ...SIZES[0]!, name: { en: 'Length' }, values: [...SIZES[0]!.values].reverse() }],
      variants: variants
        .map(variant => ({ ...variant, weightGrams: 5, prices: { USD: { amount: 1, compareAt: 2 } } }))
        .reverse(),
    });
    expect(await ids()).toEqual(before);
    const names = await database.db('options').where({ product_id: productId }).pluck('name');
    expect(names, 'the Korean name stays').toEqual([{ en: 'Length', ko: '크기' }]);
    const bySku = (list: Saved['variants']) =>
      Object.fromEntries(list.map(({ sku, variantId }) => [sku, variantId]));
    expect(bySku(second)).toEqual(bySku(first));
    expect(second.every(({ created }) => !created)).toBe(true);
  });

  test('keeps a variant that is no longer named, inactive, and wakes it when it is named again', async () => {
    const [small, large] = [makeVariant({ values: { size: 's' } }), makeVariant({ values: { size: 'l' } })];
    const draft = makeDraft({ options: SIZES, variants: [small, large] });
    const { productId, variants } = await saved(draft);
    const largeId = variants.find(({ sku }) => sku === large.sku)!.variantId;
    const isActive = async () =>
      (await database.db('variants').where({ id: largeId }).first<{ active: boolean }>('active')).active;

    await saved({
      ...draft,
      productId,
      options: [{ ...SIZES[0]!, values: [SIZES[0]!.values[0]!] }],
      variants: [small],
    });
    expect(await isActive()).toBe(false);
    await saved({ ...draft, productId });
    expect(await isActive()).toBe(true);
    expect(await database.db('variant_values').where({ variant_id: largeId })).toHaveLength(1);
  });

  test('cannot take a variant from another product, and then nothing of it is saved', async () => {
    const variant = makeVariant();
    await saved(makeDraft({ variants: [variant] }));
    const text = makeText();
    const result = await save(makeDraft({ translations: { en: text }, variants: [variant] }));
    expect(result).toEqual({ ok: false, reason: 'sku-taken', skus: [variant.sku] });
    expect(await database.db('product_translations').where({ name: text.name })).toEqual([]);
  });

  test('leaves alone what the draft does not speak of', async () => {
    const variant = makeVariant({
      prices: { USD: { amount: 1, compareAt: null }, KRW: { amount: 2, compareAt: 3 } },
    });
    const draft = makeDraft({
      translations: { en: makeText(), uz: makeText() },
      options: SIZES,
      variants: [{ ...variant, values: { size: 's' } }],
      images: [
        { imageId: null, sourceUrl: 'https://pictures.example/1.jpg', alt: { en: 'One', ko: '하나' } },
      ],
    });
    const { productId } = await saved(draft);
    const before = await everythingOf(productId);
    await saved({
      productId,
      state: 'active',
      translations: { en: draft.translations.en },
      options: SIZES.map(option => ({
        ...option,
        name: { en: option.name.en },
        values: option.values.map(({ code, label }) => ({ code, label: { en: label.en } })),
      })),
      variants: [{ ...variant, values: { size: 's' }, prices: { USD: { amount: 1, compareAt: null } } }],
      images: [{ imageId: null, sourceUrl: 'https://pictures.example/1.jpg', alt: { en: 'One' } }],
      now: draft.now,
    });
    expect(await everythingOf(productId)).toEqual(before);
  });

  test('leaves sale in a currency whose price is taken away', async () => {
    const variant = makeVariant({
      prices: { USD: { amount: 1, compareAt: null }, KRW: { amount: 2, compareAt: null } },
    });
    const draft = makeDraft({ variants: [variant] });
    const { productId, variants } = await saved(draft);
    await saved({ ...draft, productId, variants: [{ ...variant, prices: { KRW: null } }] });
    const prices = await database
      .db('prices')
      .where({ variant_id: variants[0]!.variantId })
      .pluck('currency');
    expect(prices).toEqual(['USD']);
  });

  test('has its description cleaned on the way in', async () => {
    const text = makeText({ descriptionHtml: '<p onclick="x()">Safe</p><script>alert(1)</script>' });
    const { productId } = await saved(makeDraft({ translations: { en: text } }));
    const { description_html: html } = await database
      .db('product_translations')
      .where({ product_id: productId })
      .first<{ description_html: string }>('description_html');
    expect(html).toBe('<p>Safe</p>');
  });

  test.each([
    ['no variants', { variants: [] }],
    [
      'two variants with the same values',
      { variants: [makeVariant({ sku: 'A' }), makeVariant({ sku: 'B' })] },
    ],
    ['a variant without a value', { options: SIZES, variants: [makeVariant()] }],
    [
      'a variant with an unknown value',
      { options: SIZES, variants: [makeVariant({ values: { size: 'xl' } })] },
    ],
    ['a specification of the wrong kind', { attributes: [{ code: 'height', flag: true }] }],
  ])('with %s is a bug of the caller', async (_name, override) => {
    await expect(save(makeDraft(override))).rejects.toThrow(Error);
  });
});

test('an attribute never changes its kind', async () => {
  const attribute = { code: 'noise', label: { en: 'Noise' }, unit: null, position: 0 };
  await inTransaction(database.db, tx => saveAttribute(tx, { ...attribute, kind: 'number' }));
  await expect(
    inTransaction(database.db, tx => saveAttribute(tx, { ...attribute, kind: 'text' })),
  ).rejects.toThrow('another kind');
});
