import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makePicture } from '../media/make.js';
import { openImportDesk, type ImportDesk } from './import-desk.js';
import { BENCH, csv, OLDER } from './shopify-fixtures.js';

let desk: ImportDesk;
let pictures: string;
beforeAll(async () => {
  desk = await openImportDesk();
  pictures = mkdtempSync(path.join(os.tmpdir(), 'trainium-pictures-'));
  writeFileSync(path.join(pictures, 'front view.jpg'), await makePicture({ seed: 1 }));
  writeFileSync(path.join(pictures, 'torn.jpg'), 'not a picture');
});
afterAll(async () => {
  rmSync(pictures, { recursive: true });
  await desk.database.drop();
});
beforeEach(() => desk.clear());

describe('texts', () => {
  const row = { Handle: 'x', Title: 'X', 'Variant Price': '1' };
  const htmlOf = async (body: string) => {
    await desk.run(csv(OLDER, [{ ...row, 'Body (HTML)': body }]));
    return (await desk.shown('x')).html;
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
    await desk.run(csv(OLDER, [{ ...row, Title: title }]));
    expect((await desk.shown('x')).name).toBe(title);
  });

  test('of the file cannot move the cursor of the terminal that reads about them', async () => {
    const lines = await desk.run(csv(OLDER, [{ ...row, 'Variant Price': '1\u001B[2J\u202E' }]));
    expect(lines[1]).toBe('  row 2: price "1�[2J�" is not an amount in USD');
  });
});

describe('pictures', () => {
  test('that the folder has come in by the names their addresses end with; the others stay references', async () => {
    await desk.run(BENCH, { imagesDir: pictures });
    const { images } = await desk.shown('flat-bench');
    expect(images.map(({ image }) => image !== null)).toEqual([true, false, false]);
    expect(
      await desk.db('graphile_worker.jobs').where({ key: `media.render:${images[0]!.image}` }),
    ).toHaveLength(1);
    expect(await desk.run(BENCH, { imagesDir: pictures })).toContain('skipped  flat-bench: unchanged');
  });

  test('come in later for a product that has not changed, and stay when a later import knows no folder', async () => {
    await desk.run(BENCH);
    expect(await desk.run(BENCH, { imagesDir: pictures })).toContain('updated  flat-bench (3 variants)');
    await desk.run(BENCH.replace('199.90', '189.90'));
    expect((await desk.shown('flat-bench')).images[0]!.image).not.toBeNull();
  });

  test('may be named by their file names when there is a folder', async () => {
    const row = (picture: string) =>
      csv(OLDER, [{ Handle: 'x', Title: 'X', 'Variant Price': '1', 'Image Src': picture }]);
    expect(await desk.run(row('front view.jpg'), { imagesDir: pictures })).toContain(
      'created  x (1 variant)',
    );
    expect(await desk.run(row('missing.jpg'), { imagesDir: pictures })).toContain(
      '  row 2: there is no picture "missing.jpg" in the folder',
    );
    expect(await desk.run(row('../front view.jpg'), { imagesDir: pictures })).toContain(
      '  row 2: there is no picture "../front view.jpg" in the folder',
    );
    expect(await desk.run(row('torn.jpg'), { imagesDir: pictures })).toContain(
      '  row 2: picture "torn.jpg" is not a readable JPEG, PNG, WebP or AVIF',
    );
  });
});
