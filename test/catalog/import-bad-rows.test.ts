import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { saveProduct } from '../../src/catalog/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { openImportDesk, type ImportDesk } from './import-desk.js';
import { makeDraft, makeVariant } from './make.js';
import { BENCH, csv, OLDER } from './shopify-fixtures.js';

let desk: ImportDesk;
beforeAll(async () => void (desk = await openImportDesk()));
afterAll(() => desk.database.drop());
beforeEach(() => desk.clear());

describe('a bad row', () => {
  const good = { Handle: 'good', Title: 'Good', 'Variant Price': '10' };
  const bad = { Handle: 'bad', Title: 'Bad', 'Variant Price': '10' };

  test.each([
    [{ 'Variant Price': '' }, 'the price is missing'],
    [{ 'Variant Price': '$10' }, 'price "$10" is not an amount in USD'],
    [{ 'Variant Price': '1,299.00' }, 'price "1,299.00" is not an amount in USD'],
    [{ 'Variant Price': '10.005' }, 'price "10.005" is not an amount in USD'],
    [{ 'Variant Price': '0.00' }, 'the price is 0'],
    [{ 'Variant Compare At Price': 'much' }, 'compare-at price "much" is not an amount in USD'],
    [{ 'Variant Inventory Qty': '-1' }, 'quantity "-1" is not a whole number from 0 to 1,000,000'],
    [{ 'Variant Inventory Qty': '1.5' }, 'quantity "1.5" is not a whole number from 0 to 1,000,000'],
    [{ 'Variant Inventory Qty': '1000001' }, 'quantity "1000001" is not a whole number from 0 to 1,000,000'],
    [{ 'Variant Grams': 'heavy' }, 'weight "heavy" is not a number of at most 10,000 kg'],
    [{ 'Variant Weight': '3', 'Variant Weight Unit': 'stone' }, 'weight unit "stone" is not g, kg, lb or oz'],
    [{ Published: 'perhaps' }, 'published "perhaps" is neither TRUE nor FALSE'],
    [{ Status: 'sold' }, 'status "sold" is not active, draft, archived or unlisted'],
    [{ Title: '' }, 'the product has no title'],
    [{ Title: 'x'.repeat(256) }, 'the title is longer than 255 characters'],
    [{ 'Gift Card': 'true' }, 'gift cards are not sold here'],
    [{ 'Image Src': 'javascript:alert(1)' }, 'picture "javascript:alert(1)" is not an http or https address'],
    [{ 'Image Src': 'file:///etc/passwd' }, 'picture "file:///etc/passwd" is not an http or https address'],
    [{ 'Option1 Name': 'Size' }, 'there is no value for the option "Size"'],
    [{ 'Option1 Value': 'Large' }, 'option value "Large" has no option name'],
    [
      { 'Option1 Name': 'Size', 'Option1 Value': 'L', 'Option2 Name': 'size', 'Option2 Value': 'M' },
      'two options have the same name',
    ],
    [{ Vendor: 'a\0b' }, 'a cell contains a NUL character'],
  ])('%j is named and keeps its product out, but no other', async (override, reason) => {
    const lines = await desk.run(csv(OLDER, [good, { ...bad, ...override }]));
    expect(lines).toEqual([
      'created  good (1 variant)',
      'skipped  bad: 1 problem',
      `  row 3: ${reason}`,
      '1 created, 0 updated, 1 skipped (0 unchanged, 1 bad); 1 bad row. Prices in USD.',
    ]);
    expect(await desk.db('products').pluck('import_handle')).toEqual(['good']);
  });

  test('among good ones of its product takes all of them out, and leaves the product as it was', async () => {
    await desk.run(BENCH);
    const before = await desk.everything();
    const lines = await desk.run(
      BENCH.replace('Flat bench', 'New bench')
        .replace('219.00', 'free')
        .replace(',shopify,4,', ',shopify,x,'),
    );
    expect(lines.slice(0, 3)).toEqual([
      'skipped  flat-bench: 2 problems',
      '  row 2: quantity "x" is not a whole number from 0 to 1,000,000',
      '  row 3: price "free" is not an amount in USD',
    ]);
    expect(await desk.everything()).toEqual(before);
  });

  test('without handle and title belongs to no product', async () => {
    expect(await desk.run(csv(OLDER, [good, { 'Variant Price': '1' }]))).toContain(
      '  row 3: neither a handle nor a title',
    );
  });

  test('with more cells than the header has is not guessed at', async () => {
    const lines = await desk.run(csv(OLDER, [good]).replace(/\r\n$/, ',more\r\n'));
    expect(lines[1]).toMatch(/row 2: the row has \d+ cells where the header has \d+/);
  });

  test('repeats a variant', async () => {
    const sized = (value: string) => ({ ...bad, 'Option1 Name': 'Size', 'Option1 Value': value });
    expect(await desk.run(csv(OLDER, [sized('L'), sized('M'), sized('L')]))).toContain(
      '  row 4: the same variant as in row 2',
    );
  });

  test('repeats an SKU of its own product, of another of the file, or of one that is here', async () => {
    await inTransaction(desk.db, tx =>
      saveProduct(tx, makeDraft({ variants: [makeVariant({ sku: 'HERE' })] })),
    );
    const row = (handle: string, sku: string, size: string) => ({
      ...{ Handle: handle, Title: handle, 'Variant Price': '1', 'Variant SKU': sku },
      ...{ 'Option1 Name': 'Size', 'Option1 Value': size },
    });
    const file = csv(OLDER, [
      row('a', 'A', 's'),
      row('b', 'B', 's'),
      row('b', 'B', 'm'),
      row('c', 'A', 's'),
      row('d', 'HERE', 's'),
    ]);
    for (const dryRun of [true, false]) {
      const lines = await desk.run(file, { dryRun });
      expect(lines.filter(line => line.startsWith('  row'))).toEqual([
        '  row 4: SKU "B" is that of row 3 already',
        '  row 5: SKU "A" belongs to "a" in this file',
        '  row 6: SKU "HERE" belongs to another product',
      ]);
    }
  });
});

describe('a file that cannot be read', () => {
  test.each([
    ['is empty', ''],
    ['has other columns', 'first,last\r\nJohn,Doe\r\n'],
    ['is not UTF-8', Buffer.from([0x54, 0xe9, 0x74])],
    [
      'has a quote that is never closed',
      csv(OLDER, [{ Handle: 'a', Title: 'A', 'Variant Price': '1' }]).replace(',A,', ',"A,'),
    ],
  ])('because it %s imports nothing and says why', async (_name, text) => {
    const lines = await desk.run(text);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^Nothing imported: ./);
    expect(await desk.db('products')).toEqual([]);
  });
});
