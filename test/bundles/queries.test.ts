import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBundle, listBundles, saveBundle, type BundleDraft } from '../../src/bundles/index.js';
import { findVariantIds } from '../../src/catalog/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { testDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
let ids: Map<string, number>;
beforeAll(async () => {
  database = await testDatabase({ seeded: true });
  ids = await findVariantIds(database.db, { skus: ['FRG-SWING-16', 'PLS-TEMPO'] });
});
afterAll(() => database.drop());

const text = (slug: string) => ({
  name: `Set ${slug}`,
  slug,
  summary: '',
  descriptionHtml: '<p>x</p><script>1</script>',
});
const draft = (changes: Partial<BundleDraft> = {}): BundleDraft => ({
  code: 'try',
  state: 'active',
  position: 9,
  translations: { en: text('a-try') },
  items: [
    { variantId: ids.get('FRG-SWING-16')!, quantity: 1 },
    { variantId: ids.get('PLS-TEMPO')!, quantity: 2 },
  ],
  prices: { USD: 200_00 },
  ...changes,
});
const save = (changes: Partial<BundleDraft> = {}) =>
  inTransaction(database.db, tx => saveBundle(tx, draft(changes)));
const find = (slug: string) => findBundle(database.db, { slug, locale: 'en', currency: 'USD' });

describe('saving a set', () => {
  it('refuses one that costs more than its parts, in the currency it names', async () => {
    expect(await save({ prices: { USD: 159_00 + 2 * 49_90 + 1 } })).toEqual({
      ok: false,
      reason: 'dearer-than-parts',
      currency: 'USD',
    });
    expect(await find('a-try')).toBeNull();
  });

  it('refuses a set of one piece', async () => {
    const items = [{ variantId: ids.get('PLS-TEMPO')!, quantity: 1 }];
    expect(await save({ items })).toEqual({ ok: false, reason: 'too-few-parts' });
  });

  it('cleans its text, and sells it only in currencies it has a price in', async () => {
    expect(await save()).toMatchObject({ ok: true });
    const found = await find('a-try');
    expect(found).toMatchObject({ active: true, price: { amount: 200_00 }, partsTotal: { amount: 258_80 } });
    expect(found?.descriptionHtml).toBe('<p>x</p>');
    const inWon = await findBundle(database.db, { slug: 'a-try', locale: 'ko', currency: 'KRW' });
    expect(inWon).toMatchObject({ price: null, lang: 'en' });
  });

  it('keeps former slugs leading to it', async () => {
    await save({ translations: { en: text('another-try') } });
    expect((await find('a-try'))?.slugs.en).toBe('another-try');
  });
});

describe('a set on sale', () => {
  it('follows its parts down when they become cheaper than it', async () => {
    await database
      .db('prices')
      .where({ variant_id: ids.get('FRG-SWING-16'), currency: 'USD' })
      .update({ amount: 50_00 });
    const found = await find('another-try');
    expect(found).toMatchObject({ price: { amount: 149_80 }, saving: { amount: 0 } });
  });

  it('is not sold while a part is not', async () => {
    await database
      .db('variants')
      .where({ id: ids.get('PLS-TEMPO') })
      .update({ active: false });
    expect((await find('another-try'))?.active).toBe(false);
    const listed = await listBundles(database.db, { locale: 'en', currency: 'USD' });
    expect(listed.map(({ code }) => code)).not.toContain('try');
    expect(listed.length).toBeGreaterThan(0);
  });

  it('is incomplete, not smaller, when a part is deleted', async () => {
    // Never in stock, so no movement keeps it.
    const strap = (await findVariantIds(database.db, { skus: ['PLS-BEAT-LX'] })).get('PLS-BEAT-LX')!;
    const items = [
      { variantId: strap, quantity: 1 },
      { variantId: ids.get('FRG-SWING-16')!, quantity: 1 },
    ];
    expect(await save({ items, prices: { USD: 100_00 } })).toMatchObject({ ok: true });
    await database.db('variants').where({ id: strap }).delete();
    expect(await find('another-try')).toMatchObject({ active: false, price: null });
  });
});
