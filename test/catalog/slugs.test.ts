import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  saveCategory,
  saveProduct,
  type ProductDraft,
  type SaveProductResult,
} from '../../src/catalog/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { makeDraft, makeText } from './make.js';

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

const slugsOf = async (productId: number) =>
  Object.fromEntries(
    (await database.db('product_translations').where({ product_id: productId })).map(
      ({ locale, slug }: { locale: string; slug: string }) => [locale, slug],
    ),
  );
const formerOf = async (productId: number) =>
  (
    await database
      .db('former_slugs')
      .where({ kind: 'product', target_id: productId })
      .orderBy(['locale', 'slug'])
      .select<{ locale: string; slug: string }[]>('locale', 'slug')
  ).map(({ locale, slug }) => `${locale} ${slug}`);

describe('a slug', () => {
  test('that is taken gets a number, and keeps it', async () => {
    const first = await saved(makeDraft({ translations: { en: makeText({ slug: 'rack' }) } }));
    const draft = makeDraft({ translations: { en: makeText({ slug: 'rack' }) } });
    const second = await saved(draft);
    expect([await slugsOf(first.productId), await slugsOf(second.productId)]).toEqual([
      { en: 'rack' },
      { en: 'rack-2' },
    ]);

    await saved({ ...draft, productId: second.productId });
    expect(await slugsOf(second.productId)).toEqual({ en: 'rack-2' });
    expect(await formerOf(second.productId)).toEqual([]);
  });

  test('of one language is taken in all of them: without a translation the English one is shown', async () => {
    await saved(makeDraft({ translations: { en: makeText({ slug: 'mat' }) } }));
    const { productId } = await saved(
      makeDraft({ translations: { en: makeText(), ko: makeText({ slug: 'mat' }) } }),
    );
    expect(await slugsOf(productId)).toMatchObject({ ko: 'mat-2' });
  });

  test('that changes leads on from every language that showed it', async () => {
    const draft = makeDraft({
      translations: { en: makeText({ slug: 'old' }), ko: makeText({ slug: '옛것' }) },
    });
    const { productId } = await saved(draft);
    await saved({ ...draft, productId, translations: { en: makeText({ slug: 'new' }) } });
    // Uzbek has no text of its own: /uz/products/old worked as well.
    expect(await formerOf(productId)).toEqual(['en old', 'uz old']);
  });

  test('in English leads on to the Korean one when that is written', async () => {
    const draft = makeDraft({ translations: { en: makeText({ slug: 'ring' }) } });
    const { productId } = await saved(draft);
    await saved({
      ...draft,
      productId,
      translations: { ...draft.translations, ko: makeText({ slug: '링' }) },
    });
    expect(await formerOf(productId)).toEqual(['ko ring']);
  });

  test('that once was another product’s is never given again', async () => {
    const draft = makeDraft({ translations: { en: makeText({ slug: 'wheel' }) } });
    const { productId } = await saved(draft);
    await saved({ ...draft, productId, translations: { en: makeText({ slug: 'ab-wheel' }) } });
    const other = await saved(makeDraft({ translations: { en: makeText({ slug: 'wheel' }) } }));
    expect(await slugsOf(other.productId)).toEqual({ en: 'wheel-2' });
  });

  test('that its product takes back is no former slug any more', async () => {
    const draft = makeDraft({ translations: { en: makeText({ slug: 'ball' }) } });
    const { productId } = await saved(draft);
    await saved({ ...draft, productId, translations: { en: makeText({ slug: 'slam-ball' }) } });
    await saved({ ...draft, productId });
    expect(await slugsOf(productId)).toEqual({ en: 'ball' });
    expect(await formerOf(productId)).toEqual(['en slam-ball', 'ko slam-ball', 'uz slam-ball']);
  });

  test('is made of whatever was wished, or of the id', async () => {
    const uzbek = await saved(makeDraft({ translations: { en: makeText({ slug: 'Oʻlchov — 10 kg!' }) } }));
    const nothing = await saved(makeDraft({ translations: { en: makeText({ slug: '★★★' }) } }));
    expect(await slugsOf(uzbek.productId)).toEqual({ en: 'olchov-10-kg' });
    expect(await slugsOf(nothing.productId)).toEqual({ en: `product-${nothing.productId}` });
  });

  test('wished by many at once goes to one of them', async () => {
    const wished = await Promise.all(
      Array.from({ length: 6 }, () => saved(makeDraft({ translations: { en: makeText({ slug: 'rope' }) } }))),
    );
    const slugs = await Promise.all(wished.map(async ({ productId }) => (await slugsOf(productId)).en));
    expect(new Set(slugs)).toEqual(new Set(['rope', 'rope-2', 'rope-3', 'rope-4', 'rope-5', 'rope-6']));
  });
});

test('a category is found again by its code and its old address leads on', async () => {
  const text = (slug: string) => ({ name: 'Cardio', slug, description: '' });
  const category = (slug: string) =>
    inTransaction(database.db, tx =>
      saveCategory(tx, { code: 'cardio', position: 1, translations: { en: text(slug) } }),
    );
  const id = await category('cardio');
  expect(await category('endurance')).toBe(id);
  const former = await database
    .db('former_slugs')
    .where({ kind: 'category', target_id: id })
    .orderBy('locale')
    .pluck('slug');
  expect(former).toEqual(['cardio', 'cardio', 'cardio']);
});
