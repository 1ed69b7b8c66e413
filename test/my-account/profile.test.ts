import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setAvatar } from '../../src/accounts/index.js';
import { keepPrivatePicture } from '../../src/media/index.js';
import { replaceAvatar } from '../../src/my-account/actions/avatar.js';
import { initialsOf } from '../../src/my-account/rules.js';
import { inTransaction } from '../../src/platform/db.js';
import { atHome, signIn } from '../support/customer.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor, type Visitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ seeded: false, jobs: false });
});
afterAll(async () => await shop.close());

const GOOD = { name: 'Sam Lee', phone: '', locale: 'en', price_currency: '' };
const userRow = (userId: number) =>
  shop.db('users').where({ id: userId }).first<Record<string, unknown>>('*');

/** Sends a file as the form does. */
async function sendAvatar(visitor: Visitor, bytes: Buffer | null, locale = 'en') {
  const body = new FormData();
  if (bytes) body.set('avatar', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'me.png');
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await fetch(new URL(`/${locale}/account/avatar`, shop.origin), {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { cookie, 'sec-fetch-site': 'same-origin', origin: shop.origin },
  });
  return { status: response.status, text: await response.text() };
}

const photograph = () =>
  sharp({ create: { width: 800, height: 400, channels: 3, background: '#c6f432' } })
    .withExif({ IFD0: { Copyright: 'secret place' } })
    .jpeg()
    .toBuffer();

describe('initials', () => {
  test.each([
    ['Sam Lee', 'SL'],
    ['김민지', '김'],
    ['ozoda', 'O'],
    ['Ada  Augusta Lovelace ', 'AL'],
    ['', ''],
    ['🏋️ Kim', '🏋K'],
  ])('%j: %j', (name, initials) => expect(initialsOf(name)).toBe(initials));
});

test.each([
  ['010-1234-5678', 'ko', '+821012345678'],
  ['+998 90 123 45 67', 'ko', '+998901234567'],
  ['90 123 45 67', 'uz', '+998901234567'],
  ['(212) 555-0142', 'en', '+12125550142'],
  ['', 'en', ''],
])('the phone %j typed on the %s page is kept as %j', async (phone, locale, kept) => {
  const { visitor, userId } = await atHome(shop);
  const answered = await visitor.post(`/${locale}/account/profile`, { ...GOOD, phone });
  expect(answered).toMatchObject({ status: 303, location: `/${locale}/account/profile` });
  expect(await userRow(userId)).toMatchObject({ phone: kept });
});

test('language and currency are kept: the currency is there after the next sign-in, the address keeps its language', async () => {
  const { visitor, userId, email } = await atHome(shop);
  await visitor.post('/en/account/profile', { ...GOOD, locale: 'uz', price_currency: 'KRW' });
  expect(await userRow(userId)).toMatchObject({ locale: 'uz', currency: 'KRW' });
  const again = await signIn(shop, email, { visitor: createVisitor(shop.origin) });
  expect(again.cookies.get('currency')).toBe('KRW');
  expect((await again.get('/en/account/profile')).text).toContain('<html lang="en"');
  const events = await shop
    .db('account_events')
    .where({ user_id: userId, kind: 'profile-changed' })
    .pluck('data');
  expect(events).toEqual([{ fields: ['locale', 'currency'] }]);
});

test('what is wrong comes back as typed, with the summary', async () => {
  const { visitor, userId } = await atHome(shop);
  const typed = { name: ' ', phone: '12', locale: 'xx', price_currency: 'EUR' };
  const { status, text } = await visitor.post('/en/account/profile', typed);
  expect(status).toBe(422);
  expect(text).toContain('<title>Error: Profile');
  for (const field of ['name', 'phone', 'locale', 'price_currency'])
    expect(text).toContain(`<a href="#${field}">`);
  expect(text).toContain('value="12"');
  expect(await userRow(userId)).toMatchObject({ name: 'Sam Lee', phone: '' });
});

describe('row 56: a profile form changes what it shows and nothing else', () => {
  test('role, address, password and being verified in the body are ignored', async () => {
    const { visitor, userId } = await atHome(shop, { verified: false });
    const before = await userRow(userId);
    const { status } = await visitor.post('/en/account/profile', {
      ...GOOD,
      name: 'Max',
      role: 'admin',
      id: '1',
      userId: '1',
      user_id: '1',
      email: 'x@example.com',
      email_verified_at: '2020-01-01',
      password_hash: 'x',
      disabled_at: '2020-01-01',
      avatar_id: 'x',
      '__proto__[role]': 'admin',
      'profile[role]': 'admin',
    });
    expect(status).toBe(303);
    expect(await userRow(userId)).toEqual({ ...before, name: 'Max' });
  });
});

test('a picture comes back as a square WebP of its own, without what the file said beside it', async () => {
  const { visitor, userId } = await atHome(shop);
  expect((await visitor.get('/en/account/profile')).text).toContain('>SL<');
  expect((await visitor.get('/en/account/avatar')).status).toBe(404);
  expect((await sendAvatar(visitor, await photograph())).status).toBe(303);
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await fetch(new URL('/en/account/avatar', shop.origin), { headers: { cookie } });
  expect(response.headers.get('content-type')).toBe('image/webp');
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.includes('secret place')).toBe(false);
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width: 288, height: 288 });

  const { avatar_id: first } = await userRow(userId);
  await sendAvatar(visitor, await photograph());
  expect(await shop.db('private_images').where({ id: first as string })).toEqual([]);
  await visitor.post('/en/account/avatar/removal', {});
  expect(await userRow(userId)).toMatchObject({ avatar_id: null });
  expect((await visitor.get('/en/account/avatar')).status).toBe(404);
  expect((await visitor.post('/en/account/avatar/removal', {})).status).toBe(303);
});

test("a picture is its owner's only", async () => {
  const { visitor } = await atHome(shop);
  await sendAvatar(visitor, await photograph());
  const other = await atHome(shop);
  expect((await other.visitor.get('/en/account/avatar')).status).toBe(404);
  expect((await createVisitor(shop.origin).get('/en/account/avatar')).status).toBe(303);
});

test.each([
  ['nothing', null, 'Choose a picture first'],
  [
    'a script called a picture',
    Buffer.from('<svg onload="alert(1)" xmlns="http://www.w3.org/2000/svg"/>'),
    'this file is none',
  ],
  ['text', Buffer.from('hello'), 'this file is none'],
  ['eleven megabytes', Buffer.alloc(11 * 1024 * 1024), 'up to 10 MB'],
])('%s is refused and changes nothing', async (_name, bytes, words) => {
  const { visitor, userId } = await atHome(shop);
  const { status, text } = await sendAvatar(visitor, bytes);
  expect(status).toBe(422);
  expect(text).toContain(words);
  expect(text).toContain('<title>Error: Profile');
  expect(await userRow(userId)).toMatchObject({ avatar_id: null });
});

test('of two pictures sent at once one stays, and no picture is left over', async () => {
  const { userId } = await atHome(shop);
  const body = await sharp(await photograph())
    .webp()
    .toBuffer();
  const picture = { body, width: 288, height: 288 };
  const before = await shop.db('private_images').pluck('id');
  await Promise.all([1, 2, 3].map(() => replaceAvatar(shop.db, { userId, picture, now: shop.now() })));
  const { avatar_id } = await userRow(userId);
  expect(await shop.db('private_images').whereNotIn('id', before).pluck('id')).toEqual([avatar_id]);
});

test("one picture cannot be two users'", async () => {
  const [one, two] = [await atHome(shop), await atHome(shop)];
  const picture = { body: Buffer.from('x'), width: 1, height: 1 };
  await expect(
    inTransaction(shop.db, async tx => {
      const imageId = await keepPrivatePicture(tx, { picture, now: shop.now() });
      await setAvatar(tx, { userId: one.userId, imageId, now: shop.now() });
      await setAvatar(tx, { userId: two.userId, imageId, now: shop.now() });
    }),
  ).rejects.toThrow(/users_avatar_id_key/);
});
