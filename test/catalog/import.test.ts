import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { saveCategory } from '../../src/catalog/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { openImportDesk, type ImportDesk } from './import-desk.js';
import { BENCH, BENCH_NEWER, csv, OLDER } from './shopify-fixtures.js';

let desk: ImportDesk;
beforeAll(async () => void (desk = await openImportDesk()));
afterAll(() => desk.database.drop());
beforeEach(() => desk.clear());

describe('a good file', () => {
  test('brings options named on the first row only, image-only rows and the product with all its variants', async () => {
    expect(await desk.run(BENCH)).toEqual([
      'created  flat-bench (3 variants)',
      '1 created, 0 updated, 0 skipped (0 unchanged, 0 bad). Prices in USD.',
    ]);
    expect(await desk.shown('flat-bench')).toEqual({
      handle: 'flat-bench',
      state: 'active',
      name: 'Flat bench, 12" high',
      html: '<p>A <strong>bench</strong>.</p>\n<ul>\n<li>Steel</li>\n</ul>',
      brand: 'iron-sons',
      variants: [
        { sku: 'FB-1', labels: ['Black', 'Short'], grams: 12_500, amount: 199_90, was: 249_00, stock: 4 },
        {
          sku: 'FLAT-BENCH/BLACK/LONG',
          labels: ['Black', 'Long'],
          grams: 14_000,
          amount: 219_00,
          was: null,
          stock: null,
        },
        { sku: 'FB-3', labels: ['Grey, matt', 'Long'], grams: 0, amount: 219_00, was: null, stock: null },
      ],
      images: [
        { source: 'https://cdn.example/front%20view.jpg?v=1', image: null, alt: 'From the front' },
        { source: 'https://cdn.example/side.jpg', image: null, alt: 'Flat bench, 12" high' },
        { source: 'https://cdn.example/grey.jpg', image: null, alt: 'Flat bench, 12" high' },
      ],
    });
  });

  test('means the same in the newer vocabulary', async () => {
    await desk.run(BENCH);
    const before = await desk.shown('flat-bench');
    await desk.clear();
    await desk.run(BENCH_NEWER);
    expect(await desk.shown('flat-bench')).toEqual(before);
  });

  test('imported twice changes nothing', async () => {
    await desk.run(BENCH);
    const before = await desk.everything();
    expect(await desk.run(BENCH, { now: new Date('2026-11-21T08:00:00Z') })).toEqual([
      'skipped  flat-bench: unchanged',
      '0 created, 0 updated, 1 skipped (1 unchanged, 0 bad). Prices in USD.',
    ]);
    expect(await desk.everything()).toEqual(before);
  });

  test('is read the same with a byte order mark, with LF, and with blank lines between', async () => {
    await desk.run(BENCH);
    for (const other of [
      `\uFEFF${BENCH}`,
      BENCH.replaceAll('\r\n', '\n'),
      BENCH.replaceAll(/\r\nflat/g, '\r\n\r\nflat'),
    ]) {
      expect(await desk.run(other)).toContain('skipped  flat-bench: unchanged');
    }
  });

  test('says in a dry run what it would do, and does nothing', async () => {
    const before = await desk.everything();
    const dry = await desk.run(BENCH, { dryRun: true });
    expect(await desk.everything()).toEqual(before);
    const real = await desk.run(BENCH);
    expect(dry.slice(0, -1)).toEqual(real.slice(0, -1));
    expect(dry.at(-1)).toBe(`Dry run, nothing was changed: ${real.at(-1)}`);
  });

  test('changes only what it changes: other languages, currencies and ids stay', async () => {
    await desk.run(BENCH);
    const product = await desk.db('products').first<{ id: number }>('id');
    const ids = await desk.db('variants').orderBy('sku').pluck('id');
    await desk
      .db('product_translations')
      .insert({ product_id: product.id, locale: 'ko', name: '벤치', slug: '벤치' });
    await desk.db('prices').insert({ variant_id: ids[0] as number, currency: 'KRW', amount: 250_000 });

    const [line] = await desk.run(BENCH.replace('199.90', '189.90'));

    expect(line).toBe('updated  flat-bench (3 variants)');
    expect(await desk.db('variants').orderBy('sku').pluck('id')).toEqual(ids);
    expect(await desk.db('product_translations').where({ locale: 'ko' })).toHaveLength(1);
    expect(
      await desk
        .db('prices')
        .where({ variant_id: ids[0] as number })
        .orderBy('currency')
        .pluck('amount'),
    ).toEqual([250_000, 189_90]);
  });

  test('that took a variant out keeps it, inactive', async () => {
    await desk.run(BENCH);
    await desk.run(
      BENCH.split('\r\n')
        .filter(line => !line.includes('FB-3'))
        .join('\r\n'),
    );
    expect(await desk.db('variants').where({ sku: 'FB-3' }).pluck('active')).toEqual([false]);
  });

  test('reads prices in the currency it is told', async () => {
    await desk.run(csv(OLDER, [{ Handle: 'mat', Title: 'Mat', 'Variant Price': '39000' }]), {
      currency: 'KRW',
    });
    expect(await desk.db('prices').select('currency', 'amount')).toEqual([
      { currency: 'KRW', amount: 39_000 },
    ]);
  });

  test('puts a product into the category that is called as its type, in any language and case', async () => {
    const text = (name: string) => ({ name, slug: name, description: '' });
    const id = await inTransaction(desk.db, tx =>
      saveCategory(tx, {
        code: 'mats',
        position: 0,
        translations: { en: text('Mats'), uz: text('Gilamchalar') },
      }),
    );
    const row = { Title: 'Mat', 'Variant Price': '1' };
    await desk.run(
      csv(OLDER, [
        { ...row, Handle: 'a', Type: 'gilamchalar' },
        { ...row, Handle: 'b', Type: 'Carpets' },
      ]),
    );
    expect(await desk.db('products').orderBy('import_handle').pluck('category_id')).toEqual([id, null]);
  });
});

describe('stock', () => {
  const onHand = async () => await desk.db('stock').orderBy('variant_id').pluck<number[]>('on_hand');

  test('that was sold stays sold when only the words of the file change', async () => {
    await desk.run(BENCH);
    await desk.db('stock').update({ on_hand: 1 });
    await desk.run(BENCH.replace('Flat bench', 'Flat steel bench'));
    expect(await onHand()).toEqual([1]);
  });

  test('that was sold stays sold when the file says another quantity of another variant', async () => {
    await desk.run(BENCH);
    await desk.db('stock').update({ on_hand: 1 });
    await desk.run(BENCH.replace('FB-3,,,0', 'FB-3,,,6'));
    expect(await onHand()).toEqual([1, 6]);
  });

  test('is counted anew when the file says another quantity', async () => {
    await desk.run(BENCH);
    await desk.run(BENCH.replace(',shopify,4,', ',shopify,9,'));
    expect(await onHand()).toEqual([9]);
    expect(await desk.db('stock_movements').orderBy('id').select('kind', 'delta', 'actor', 'cause')).toEqual([
      { kind: 'receipt', delta: 4, actor: 'import', cause: 'import of shop.csv' },
      { kind: 'correction', delta: 5, actor: 'import', cause: 'import of shop.csv' },
    ]);
  });

  test('cannot fall below what is held for orders: the product stays as it was', async () => {
    await desk.run(BENCH);
    await desk.db('stock').update({ reserved: 3 });
    const before = await desk.everything();
    const changed = BENCH.replace(',shopify,4,', ',shopify,2,').replace('199.90', '189.90');
    expect(await desk.run(changed)).toContain(
      '  row 2: quantity 2 is less than the 3 held for orders under way',
    );
    expect(await desk.everything()).toEqual(before);
  });
});

test('weights are grams in the columns that say so, else in the unit beside them', async () => {
  const rows = [
    { 'Variant Grams': '1500', 'Variant Weight Unit': 'kg' },
    { 'Variant Weight': '1.5', 'Variant Weight Unit': 'kg' },
    { 'Variant Weight': '2', 'Variant Weight Unit': 'lb' },
    { 'Variant Weight': '1', 'Variant Weight Unit': 'OZ' },
    { 'Variant Weight': '7' },
  ].map((weight, index) => ({ Handle: `w${index}`, Title: 'W', 'Variant Price': '1', ...weight }));
  await desk.run(csv(OLDER, rows));
  expect(await desk.db('variants').orderBy('sku').pluck('weight_grams')).toEqual([1500, 1500, 907, 28, 7]);
});

test('what is published or archived decides what is sold', async () => {
  const rows = [
    { Published: 'TRUE', Status: 'active' },
    { Published: '', Status: '' },
    { Published: 'false', Status: 'active' },
    { Published: 'true', Status: 'draft' },
    { Published: 'true', Status: 'Archived' },
    { Published: 'true', Status: 'unlisted' },
  ].map((state, index) => ({ Handle: `s${index}`, Title: 'S', 'Variant Price': '1', ...state }));
  await desk.run(csv(OLDER, rows));
  const states = await desk.db('products').orderBy('import_handle').pluck('state');
  expect(states).toEqual(['active', 'active', 'draft', 'draft', 'archived', 'draft']);
});
