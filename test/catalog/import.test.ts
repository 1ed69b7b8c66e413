import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  importShopify,
  outcomeLines,
  saveCategory,
  saveProduct,
  summaryLines,
  type ImportRequest,
} from '../../src/catalog/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { makePicture } from '../media/make.js';
import { makeDraft, makeVariant } from './make.js';
import { BENCH, BENCH_NEWER, csv, OLDER } from './shopify-fixtures.js';

let database: TestDatabase;
let pictures: string;
beforeAll(async () => {
  database = await testDatabase();
  pictures = mkdtempSync(path.join(os.tmpdir(), 'trainium-pictures-'));
  writeFileSync(path.join(pictures, 'front view.jpg'), await makePicture({ seed: 1 }));
  writeFileSync(path.join(pictures, 'torn.jpg'), 'not a picture');
});
afterAll(async () => {
  rmSync(pictures, { recursive: true });
  await database.drop();
});
beforeEach(async () => {
  // Rows, not `truncate`: with a handful of them that is ten times as quick.
  const tables = ['stock_movements', 'products', 'former_slugs', 'brands', 'categories', 'images'];
  for (const table of tables) await database.db(table).delete();
});

/** What an operator reads. */
async function run(text: string | Buffer, override: Partial<ImportRequest> = {}): Promise<string[]> {
  const request: ImportRequest = {
    file: Buffer.from(text),
    fileName: 'shop.csv',
    currency: 'USD',
    dryRun: false,
    imagesDir: null,
    now: new Date('2026-11-20T08:00:00Z'),
    ...override,
  };
  const lines: string[] = [];
  const result = await importShopify(database.db, request, outcome => lines.push(...outcomeLines(outcome)));
  return [...lines, ...summaryLines(request, result)];
}

const TABLES = [
  'products',
  'product_translations',
  'options',
  'option_values',
  'variants',
  'variant_values',
  'prices',
  'product_images',
  'stock',
  'stock_movements',
  'brands',
  'images',
  'former_slugs',
];
const everything = async () =>
  await Promise.all(TABLES.map(async table => [table, await database.db(table).orderByRaw('1, 2')]));

interface Shown {
  handle: string;
  state: string;
  name: string;
  html: string;
  brand: string | null;
  variants: {
    sku: string;
    labels: string[] | null;
    grams: number;
    amount: number;
    was: number | null;
    stock: number | null;
  }[];
  images: { source: string; image: string | null; alt: string }[];
}
/** What became of a product, in one piece. */
async function shown(handle: string): Promise<Shown> {
  const { rows } = await database.db.raw<{ rows: Shown[] }>(
    `select p.import_handle as handle, p.state, t.name, t.description_html as html, b.code as brand,
            (select json_agg(json_build_object('sku', v.sku, 'grams', v.weight_grams, 'amount', pr.amount,
                      'was', pr.compare_at, 'stock', s.on_hand,
                      'labels', (select json_agg(ov.label ->> 'en' order by o.position)
                                   from variant_values vv join options o on o.id = vv.option_id
                                   join option_values ov on ov.id = vv.value_id where vv.variant_id = v.id))
                    order by v.position)
               from variants v left join prices pr on pr.variant_id = v.id left join stock s on s.variant_id = v.id
              where v.product_id = p.id and v.active) as variants,
            (select json_agg(json_build_object('source', i.source_url, 'image', i.image_id, 'alt', i.alt ->> 'en')
                    order by i.position)
               from product_images i where i.product_id = p.id) as images
       from products p join product_translations t on t.product_id = p.id and t.locale = 'en'
       left join brands b on b.id = p.brand_id
      where p.import_handle = ?`,
    [handle],
  );
  return rows[0]!;
}

describe('a good file', () => {
  test('brings options named on the first row only, image-only rows and the product with all its variants', async () => {
    expect(await run(BENCH)).toEqual([
      'created  flat-bench (3 variants)',
      '1 created, 0 updated, 0 skipped (0 unchanged, 0 bad). Prices in USD.',
    ]);
    expect(await shown('flat-bench')).toEqual({
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
    await run(BENCH);
    const before = await shown('flat-bench');
    await database.db('stock_movements').delete();
    await database.db('products').delete();
    await run(BENCH_NEWER);
    expect(await shown('flat-bench')).toEqual(before);
  });

  test('imported twice changes nothing', async () => {
    await run(BENCH);
    const before = await everything();
    expect(await run(BENCH, { now: new Date('2026-11-21T08:00:00Z') })).toEqual([
      'skipped  flat-bench: unchanged',
      '0 created, 0 updated, 1 skipped (1 unchanged, 0 bad). Prices in USD.',
    ]);
    expect(await everything()).toEqual(before);
  });

  test('is read the same with a byte order mark, with LF, and with blank lines between', async () => {
    await run(BENCH);
    for (const other of [
      `\uFEFF${BENCH}`,
      BENCH.replaceAll('\r\n', '\n'),
      BENCH.replaceAll(/\r\nflat/g, '\r\n\r\nflat'),
    ]) {
      expect(await run(other)).toContain('skipped  flat-bench: unchanged');
    }
  });

  test('says in a dry run what it would do, and does nothing', async () => {
    const before = await everything();
    const dry = await run(BENCH, { dryRun: true });
    expect(await everything()).toEqual(before);
    const real = await run(BENCH);
    expect(dry.slice(0, -1)).toEqual(real.slice(0, -1));
    expect(dry.at(-1)).toBe(`Dry run, nothing was changed: ${real.at(-1)}`);
  });

  test('changes only what it changes: other languages, currencies and ids stay', async () => {
    await run(BENCH);
    const product = await database.db('products').first<{ id: number }>('id');
    const ids = await database.db('variants').orderBy('sku').pluck('id');
    await database
      .db('product_translations')
      .insert({ product_id: product.id, locale: 'ko', name: '벤치', slug: '벤치' });
    await database.db('prices').insert({ variant_id: ids[0] as number, currency: 'KRW', amount: 250_000 });

    const [line] = await run(BENCH.replace('199.90', '189.90'));

    expect(line).toBe('updated  flat-bench (3 variants)');
    expect(await database.db('variants').orderBy('sku').pluck('id')).toEqual(ids);
    expect(await database.db('product_translations').where({ locale: 'ko' })).toHaveLength(1);
    expect(
      await database
        .db('prices')
        .where({ variant_id: ids[0] as number })
        .orderBy('currency')
        .pluck('amount'),
    ).toEqual([250_000, 189_90]);
  });

  test('that took a variant out keeps it, inactive', async () => {
    await run(BENCH);
    await run(
      BENCH.split('\r\n')
        .filter(line => !line.includes('FB-3'))
        .join('\r\n'),
    );
    expect(await database.db('variants').where({ sku: 'FB-3' }).pluck('active')).toEqual([false]);
  });

  test('reads prices in the currency it is told', async () => {
    await run(csv(OLDER, [{ Handle: 'mat', Title: 'Mat', 'Variant Price': '39000' }]), { currency: 'KRW' });
    expect(await database.db('prices').select('currency', 'amount')).toEqual([
      { currency: 'KRW', amount: 39_000 },
    ]);
  });

  test('puts a product into the category that is called as its type, in any language and case', async () => {
    const text = (name: string) => ({ name, slug: name, description: '' });
    const id = await inTransaction(database.db, tx =>
      saveCategory(tx, {
        code: 'mats',
        position: 0,
        translations: { en: text('Mats'), uz: text('Gilamchalar') },
      }),
    );
    const row = { Title: 'Mat', 'Variant Price': '1' };
    await run(
      csv(OLDER, [
        { ...row, Handle: 'a', Type: 'gilamchalar' },
        { ...row, Handle: 'b', Type: 'Carpets' },
      ]),
    );
    expect(await database.db('products').orderBy('import_handle').pluck('category_id')).toEqual([id, null]);
  });
});

describe('stock', () => {
  const onHand = async () => await database.db('stock').orderBy('variant_id').pluck<number[]>('on_hand');

  test('that was sold stays sold when only the words of the file change', async () => {
    await run(BENCH);
    await database.db('stock').update({ on_hand: 1 });
    await run(BENCH.replace('Flat bench', 'Flat steel bench'));
    expect(await onHand()).toEqual([1]);
  });

  test('is counted anew when the file says another quantity', async () => {
    await run(BENCH);
    await run(BENCH.replace(',shopify,4,', ',shopify,9,'));
    expect(await onHand()).toEqual([9, 0]);
    expect(
      await database.db('stock_movements').orderBy('id').select('kind', 'delta', 'actor', 'cause'),
    ).toEqual([
      { kind: 'receipt', delta: 4, actor: 'import', cause: 'import of shop.csv' },
      { kind: 'correction', delta: 5, actor: 'import', cause: 'import of shop.csv' },
    ]);
  });

  test('cannot fall below what is held for orders: the product stays as it was', async () => {
    await run(BENCH);
    await database.db('stock').update({ reserved: 3 });
    const before = await everything();
    const changed = BENCH.replace(',shopify,4,', ',shopify,2,').replace('199.90', '189.90');
    expect(await run(changed)).toContain('  row 2: quantity 2 is less than the 3 held for orders under way');
    expect(await everything()).toEqual(before);
  });
});

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
    const lines = await run(csv(OLDER, [good, { ...bad, ...override }]));
    expect(lines).toEqual([
      'created  good (1 variant)',
      'skipped  bad: 1 problem',
      `  row 3: ${reason}`,
      '1 created, 0 updated, 1 skipped (0 unchanged, 1 bad); 1 bad row. Prices in USD.',
    ]);
    expect(await database.db('products').pluck('import_handle')).toEqual(['good']);
  });

  test('among good ones of its product takes all of them out, and leaves the product as it was', async () => {
    await run(BENCH);
    const before = await everything();
    const lines = await run(
      BENCH.replace('Flat bench', 'New bench')
        .replace('219.00', 'free')
        .replace(',shopify,4,', ',shopify,x,'),
    );
    expect(lines.slice(0, 3)).toEqual([
      'skipped  flat-bench: 2 problems',
      '  row 2: quantity "x" is not a whole number from 0 to 1,000,000',
      '  row 3: price "free" is not an amount in USD',
    ]);
    expect(await everything()).toEqual(before);
  });

  test('without handle and title belongs to no product', async () => {
    expect(await run(csv(OLDER, [good, { 'Variant Price': '1' }]))).toContain(
      '  row 3: neither a handle nor a title',
    );
  });

  test('with more cells than the header has is not guessed at', async () => {
    const lines = await run(csv(OLDER, [good]).replace(/\r\n$/, ',more\r\n'));
    expect(lines[1]).toMatch(/row 2: the row has \d+ cells where the header has \d+/);
  });

  test('repeats a variant', async () => {
    const sized = (value: string) => ({ ...bad, 'Option1 Name': 'Size', 'Option1 Value': value });
    expect(await run(csv(OLDER, [sized('L'), sized('M'), sized('L')]))).toContain(
      '  row 4: the same variant as in row 2',
    );
  });

  test('repeats an SKU of its own product, of another of the file, or of one that is here', async () => {
    await inTransaction(database.db, tx =>
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
      const lines = await run(file, { dryRun });
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
    const lines = await run(text);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^Nothing imported: ./);
    expect(await database.db('products')).toEqual([]);
  });
});

describe('texts', () => {
  const row = { Handle: 'x', Title: 'X', 'Variant Price': '1' };
  const htmlOf = async (body: string) => {
    await run(csv(OLDER, [{ ...row, 'Body (HTML)': body }]));
    return (await shown('x')).html;
  };

  test.each([
    ['<p onclick="a()" hx-get="/a" data-hx-post="/b" style="x" class="y">Hi</p>', '<p>Hi</p>'],
    ['<script>alert(1)</script><style>p{}</style><p>Hi</p>', '<p>Hi</p>'],
    ['<a href="javascript:alert(1)" target="_blank">a</a><p></p>', '<a>a</a><p></p>'],
    [
      '<p><a href="https://ok.example/?a=1&b=2">b</a></p>',
      '<p><a href="https://ok.example/?a=1&amp;b=2">b</a></p>',
    ],
    ['<p><a href="//evil.example">c</a><img src="x" onerror="alert(1)"></p>', '<p><a>c</a></p>'],
    ['<h1>Big</h1><div>one</div><div>two</div>', '<h3>Big</h3>one\ntwo'],
    ['Plain words & more.\n\nSecond part.', '<p>Plain words &amp; more.</p>\n<p>Second part.</p>'],
  ])('%j becomes %j', async (body, html) => expect(await htmlOf(body)).toBe(html));

  test.each([
    '=cmd|"/c calc"!A1',
    '@SUM(1+1)',
    "'; drop table products; --",
    '<script>',
    '‮txet',
    '${x}',
    '{{x}}',
    '😀',
    'ﷺ',
  ])('%j is a title like any other', async title => {
    await run(csv(OLDER, [{ ...row, Title: title }]));
    expect((await shown('x')).name).toBe(title);
  });

  test('of the file cannot move the cursor of the terminal that reads about them', async () => {
    const lines = await run(csv(OLDER, [{ ...row, 'Variant Price': '1\u001B[2J\u202E' }]));
    expect(lines[1]).toBe('  row 2: price "1�[2J�" is not an amount in USD');
  });
});

describe('pictures', () => {
  test('that the folder has come in by the names their addresses end with; the others stay references', async () => {
    await run(BENCH, { imagesDir: pictures });
    const { images } = await shown('flat-bench');
    expect(images.map(({ image }) => image !== null)).toEqual([true, false, false]);
    expect(
      await database.db('graphile_worker.jobs').where({ key: `media.render:${images[0]!.image}` }),
    ).toHaveLength(1);
    expect(await run(BENCH, { imagesDir: pictures })).toContain('skipped  flat-bench: unchanged');
  });

  test('come in later for a product that has not changed, and stay when a later import knows no folder', async () => {
    await run(BENCH);
    expect(await run(BENCH, { imagesDir: pictures })).toContain('updated  flat-bench (3 variants)');
    await run(BENCH.replace('199.90', '189.90'));
    expect((await shown('flat-bench')).images[0]!.image).not.toBeNull();
  });

  test('may be named by their file names when there is a folder', async () => {
    const row = (picture: string) =>
      csv(OLDER, [{ Handle: 'x', Title: 'X', 'Variant Price': '1', 'Image Src': picture }]);
    expect(await run(row('front view.jpg'), { imagesDir: pictures })).toContain('created  x (1 variant)');
    expect(await run(row('missing.jpg'), { imagesDir: pictures })).toContain(
      '  row 2: there is no picture "missing.jpg" in the folder',
    );
    expect(await run(row('../front view.jpg'), { imagesDir: pictures })).toContain(
      '  row 2: there is no picture "../front view.jpg" in the folder',
    );
    expect(await run(row('torn.jpg'), { imagesDir: pictures })).toContain(
      '  row 2: picture "torn.jpg" is not a readable JPEG, PNG, WebP or AVIF',
    );
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
  await run(csv(OLDER, rows));
  expect(await database.db('variants').orderBy('sku').pluck('weight_grams')).toEqual([
    1500, 1500, 907, 28, 7,
  ]);
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
  await run(csv(OLDER, rows));
  const states = await database.db('products').orderBy('import_handle').pluck('state');
  expect(states).toEqual(['active', 'active', 'draft', 'draft', 'archived', 'draft']);
});
