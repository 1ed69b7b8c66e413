import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderImage, storeImage } from '../../src/media/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { makePicture } from './make.js';

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());

const store = (input: Parameters<typeof storeImage>[1]) =>
  inTransaction(database.db, tx => storeImage(tx, input));

async function stored(input: Parameters<typeof storeImage>[1]): Promise<string> {
  const result = await store(input);
  if (!result.ok) throw new Error(result.reason);
  return result.picture.id;
}

const jobsOf = async (imageId: string) =>
  await database
    .db('graphile_worker.jobs')
    .where({ key: `media.render:${imageId}` })
    .pluck<string[]>('task_identifier');

async function renditionsOf(imageId: string): Promise<{ width: number; format: string; body: Buffer }[]> {
  return await database
    .db('image_renditions')
    .where({ image_id: imageId })
    .orderBy(['width', 'format'])
    .select<{ width: number; format: string; body: Buffer }[]>('width', 'format', 'body');
}

const readyAt = async (imageId: string) =>
  (await database.db('images').where({ id: imageId }).first<{ ready_at: Date | null }>('ready_at')).ready_at;

test('the same bytes are one picture and one job', async () => {
  const original = await makePicture({ seed: 1 });
  const first = await stored({ original });
  expect(await stored({ original: Buffer.from(original) })).toBe(first);
  expect(await jobsOf(first)).toEqual(['media.render']);
});

test('a transaction that is rolled back leaves neither picture nor job', async () => {
  const original = await makePicture({ seed: 2 });
  let id = '';
  await expect(
    inTransaction(database.db, async tx => {
      const result = await storeImage(tx, { original });
      if (result.ok) id = result.picture.id;
      throw new Error('changed my mind');
    }),
  ).rejects.toThrow('changed my mind');
  expect(await database.db('images').where({ id })).toEqual([]);
  expect(await jobsOf(id)).toEqual([]);
});

test.each(['jpeg', 'png', 'webp', 'avif'] as const)('%s comes in under its own name', async format => {
  const id = await stored({ original: await makePicture({ format, seed: 3 }) });
  expect(await database.db('images').where({ id }).first('format', 'width', 'height')).toEqual({
    format,
    width: 400,
    height: 300,
  });
});

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
test.each([
  ['a GIF', () => makePicture({ format: 'gif' })],
  ['a TIFF', () => makePicture({ format: 'tiff' })],
  ['an SVG', async () => await Promise.resolve(Buffer.from(SVG))],
  ['a text', async () => await Promise.resolve(Buffer.from('not a picture'))],
  ['nothing', async () => await Promise.resolve(Buffer.alloc(0))],
  ['a picture that was cut off', async () => (await makePicture({ seed: 4 })).subarray(0, 9_000)],
])('%s is refused', async (_name, make) => {
  expect(await store({ original: await make() })).toEqual({ ok: false, reason: 'unreadable' });
});

test('more pixels than a small server can hold are refused by the head alone', async () => {
  const bomb = await sharp({ create: { width: 8_000, height: 6_000, channels: 3, background: 'white' } })
    .png()
    .toBuffer();
  expect(await store({ original: bomb })).toEqual({ ok: false, reason: 'too-many-pixels' });
});

test('a file above 20 MB is refused', async () => {
  expect(await store({ original: Buffer.alloc(20 * 1024 * 1024 + 1) })).toEqual({
    ok: false,
    reason: 'too-large',
  });
});

test('the job makes each size in both formats, upright and without EXIF, and declares the picture ready', async () => {
  // Orientation 6: the camera was held sideways, 400 × 200 pixels are to be looked at as 200 × 400.
  const original = await makePicture({ width: 400, height: 200, orientation: 6, seed: 5 });
  expect((await sharp(original).metadata()).exif).toBeDefined();
  const id = await stored({ original });
  expect(await database.db('images').where({ id }).first('width', 'height')).toEqual({
    width: 200,
    height: 400,
  });

  await renderImage(database.db, { imageId: id });

  const made = await renditionsOf(id);
  expect(made.map(({ width, format }) => `${width}.${format}`)).toEqual(['160.avif', '160.webp']);
  for (const { body, format } of made) {
    const { width, height, exif, mediaType } = await sharp(body).metadata();
    expect({ width, height, exif, mediaType }).toEqual({
      width: 160,
      height: 320,
      exif: undefined,
      mediaType: `image/${format}`,
    });
  }
  expect(await readyAt(id)).toBeInstanceOf(Date);
});

test('rendering again keeps what is there and fills in what is missing', async () => {
  const id = await stored({ original: await makePicture({ seed: 6 }) });
  await renderImage(database.db, { imageId: id });
  const before = await renditionsOf(id);
  const ready = await readyAt(id);
  await renderImage(database.db, { imageId: id });
  expect(await renditionsOf(id)).toEqual(before);

  await database.db('image_renditions').where({ image_id: id, width: 160, format: 'webp' }).delete();
  await renderImage(database.db, { imageId: id });
  expect(await renditionsOf(id)).toEqual(before);
  expect(await readyAt(id)).toEqual(ready);
});

test('two runs at once leave one set of sizes', async () => {
  const id = await stored({ original: await makePicture({ seed: 7 }) });
  await Promise.all([renderImage(database.db, { imageId: id }), renderImage(database.db, { imageId: id })]);
  expect(await renditionsOf(id)).toHaveLength(4);
});

test('rendering a picture that is gone is nothing', async () => {
  await expect(renderImage(database.db, { imageId: 'f'.repeat(20) })).resolves.toBeUndefined();
});

test('a picture that brings its sizes along is ready at once, without a job', async () => {
  const original = await makePicture({ width: 100, height: 100, seed: 8 });
  const body = Buffer.from('ready-made');
  const id = await stored({
    original,
    renditions: [
      { width: 100, format: 'avif', body },
      { width: 100, format: 'webp', body },
    ],
  });
  expect(await readyAt(id)).toBeInstanceOf(Date);
  expect(await jobsOf(id)).toEqual([]);
  expect((await renditionsOf(id)).map(made => made.body.toString())).toEqual(['ready-made', 'ready-made']);
});

test('a picture that lacks one of its sizes is not stored', async () => {
  const original = await makePicture({ width: 100, height: 100, seed: 9 });
  const renditions = [{ width: 100, format: 'avif' as const, body: Buffer.from('x') }];
  await expect(store({ original, renditions })).rejects.toThrow('lacks 100.webp');
});
