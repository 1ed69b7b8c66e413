import http from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NotFound } from '../../src/lib/errors.js';
import { mediaRoutes, storeImage } from '../../src/media/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { makePicture } from './make.js';

let database: TestDatabase;
let server: http.Server;
let origin: string;
let ready: string;
let waiting: string;

/** Pictures are mounted before everything that needs a locale or a session: this is all they need. */
beforeAll(async () => {
  database = await testDatabase();
  const app = express();
  app.use(mediaRoutes({ db: database.db }));
  app.use(((error, _req, res, _next) => {
    res.status(error instanceof NotFound ? 404 : 500).end();
  }) satisfies express.ErrorRequestHandler);
  server = app.listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const originals = [await makePicture({ width: 330, height: 200, seed: 1 }), await makePicture({ seed: 2 })];
  const renditions = [160, 320].flatMap(width =>
    (['avif', 'webp'] as const).map(format => ({ width, format, body: Buffer.from(`${width} ${format}`) })),
  );
  const [first, second] = await inTransaction(database.db, async tx => [
    await storeImage(tx, { original: originals[0]!, renditions }),
    await storeImage(tx, { original: originals[1]! }),
  ]);
  if (!first.ok || !second.ok) throw new Error('not stored');
  ready = first.picture.id;
  waiting = second.picture.id;
});
afterAll(async () => {
  await new Promise(resolve => server.close(resolve));
  await database.drop();
});

const get = (path: string, method = 'GET') => fetch(`${origin}${path}`, { redirect: 'manual', method });

test('a rendition is sent with its type, for a year', async () => {
  const answer = await get(`/images/${ready}/320.avif`);
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/avif',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-length': '8',
  });
  expect(await answer.text()).toBe('320 avif');
});

test('HEAD gets the same headers and no body', async () => {
  const answer = await get(`/images/${ready}/160.webp`, 'HEAD');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-length')).toBe('8');
  expect(await answer.text()).toBe('');
});

test('a width that was never made leads to the nearest one, and is not remembered', async () => {
  const answer = await get(`/images/${ready}/240.webp`);
  expect(answer.status).toBe(302);
  expect(answer.headers.get('location')).toBe(`/images/${ready}/320.webp`);
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test('a picture whose sizes are not made yet is not found', async () => {
  expect((await get(`/images/${waiting}/320.avif`)).status).toBe(404);
});

test.each([
  ['an unknown picture', () => `/images/${'0'.repeat(20)}/320.avif`],
  ['an id that is none', () => `/images/..%2f..%2fetc/320.avif`],
  ['the original', () => `/images/${ready}/original`],
  ['another format', () => `/images/${ready}/320.jpeg`],
  ['a width with words behind it', () => `/images/${ready}/320.avif%00.webp`],
])('%s is not found', async (_name, path) => {
  expect((await get(path())).status).toBe(404);
});
