import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askExport, EXPORT_KEPT_MS, forgetExports, makeExport } from '../../src/my-account/actions/export.js';
import { NOT_EXPORTED, SHEETS } from '../../src/my-account/queries/sheets.js';
import { sheetCsv } from '../../src/my-account/zip.js';
import { addMs, MINUTE } from '../../src/lib/time.js';
import { atHome, signIn } from '../support/customer.js';
import { lettersTo, linkTo } from '../support/letter-links.js';
import { returnedOrder } from '../support/returned.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor, type Visitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(async () => await shop.close());
beforeEach(async () => void (await shop.db('rate_limits').delete()));

async function download(
  visitor: Visitor,
  path: string,
): Promise<{ status: number; files: Record<string, Uint8Array> }> {
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await fetch(new URL(path, shop.origin), { headers: { cookie }, redirect: 'manual' });
  const body = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, files: response.status === 200 ? unzipSync(body) : {} };
}
const asked = async (visitor: Visitor, locale = 'en') => {
  const answered = await visitor.post(`/${locale}/account/export`, {});
  await shop.settled();
  return answered;
};

test('everything about a user comes as a ZIP behind the link of a letter: words, JSON, CSV and pictures', async () => {
  const owner = await atHome(shop, { name: '=cmd|calc' });
  await returnedOrder(shop, { locale: 'en', country: 'US', provider: 'stripe' });
  const { id: orderId, number } = await shop
    .db('orders')
    .orderBy('id', 'desc')
    .first<{ id: number; number: string }>('id', 'number');
  await shop.db('orders').where({ id: orderId }).update({ user_id: owner.userId });
  expect(await asked(owner.visitor)).toMatchObject({ status: 303, location: '/en/account/export' });
  expect((await owner.visitor.get('/en/account/export')).text).toContain(
    'The link in our letter opens the file until',
  );

  const link = await linkTo(shop, owner.email, 'account/export');
  const { status, files } = await download(owner.visitor, link);
  expect(status).toBe(200);
  const json = JSON.parse(strFromU8(files['data.json']!)) as Record<string, Record<string, unknown>[]>;
  expect(Object.keys(json)).toEqual(Object.keys(SHEETS));
  expect(json.profile).toMatchObject([{ email: owner.email, name: '=cmd|calc' }]);
  expect(json.orders).toMatchObject([{ number }]);
  for (const sheet of ['order_lines', 'payments', 'parcels', 'returns', 'receipts', 'order_history'] as const)
    expect(json[sheet]!.length, sheet).toBeGreaterThan(0);
  expect(Object.keys(files).filter(name => name.startsWith('pictures/'))).toEqual(
    [1, 2].map(place => `pictures/return-${number}-1-${place}.webp`),
  );
  expect(json.sign_ins).toHaveLength(1);
  const all = JSON.stringify(json);
  const { password_hash } = await shop
    .db('users')
    .where({ id: owner.userId })
    .first<{ password_hash: string }>('password_hash');
  expect(all).not.toContain(password_hash);
  expect(all).not.toMatch(/token_hash|access_key|secret"/);
  expect(strFromU8(files['csv/profile.csv']!)).toContain("'=cmd|calc");
  for (const name of Object.keys(SHEETS)) expect(files, name).toHaveProperty([`csv/${name}.csv`]);
  expect(strFromU8(files['README.txt']!)).toContain('orders.csv: Your orders (1)');
  // The link is for looking as often as one likes while it lasts.
  expect((await download(owner.visitor, link)).status).toBe(200);
}, 60_000);

test('the words inside are in the language it was asked in', async () => {
  const { visitor, email } = await atHome(shop, { locale: 'uz' });
  await asked(visitor, 'uz');
  const { files } = await download(visitor, await linkTo(shop, email, 'account/export'));
  expect(strFromU8(files['README.txt']!)).toContain('orders.csv: Buyurtmalaringiz (0)');
});

test('asked twice, or by many at once, it is made once', async () => {
  const { userId, email } = await atHome(shop);
  const ask = () => askExport(shop.db, { userId, locale: 'en', now: shop.now() });
  const begun = await Promise.all([ask(), ask(), ask()]);
  expect(begun.filter(Boolean)).toHaveLength(1);
  await shop.settled();
  const { id: exportId } = await shop
    .db('data_exports')
    .where({ user_id: userId })
    .first<{ id: number }>('id');
  // The job comes again after a crash: nothing is made or written twice.
  await makeExport({ db: shop.db, shop: 'Trainium' }, { exportId, now: shop.now() });
  await shop.settled();
  expect(await lettersTo(shop, email)).toHaveLength(1);
});

describe('the link of the letter', () => {
  test('opens nothing for somebody else, and asks a guest to sign in first', async () => {
    const owner = await atHome(shop);
    await asked(owner.visitor);
    const link = await linkTo(shop, owner.email, 'account/export');
    const other = await atHome(shop);
    expect((await download(other.visitor, link)).status).toBe(404);
    const guest = await createVisitor(shop.origin).get(link);
    expect(guest.location).toBe(`/en/sign-in?return_to=${encodeURIComponent(link)}`);
    expect((await download(owner.visitor, `${link}x`)).status).toBe(404);
  });

  test('asks again who one is after a quarter of an hour', async () => {
    const owner = await atHome(shop);
    await asked(owner.visitor);
    const link = await linkTo(shop, owner.email, 'account/export');
    await shop
      .db('sign_ins')
      .where({ user_id: owner.userId })
      .update({ confirmed_at: addMs(shop.now(), -16 * MINUTE) });
    expect((await owner.visitor.get(link)).location).toContain('/sign-in/confirmation');
    expect((await owner.visitor.get('/en/account/export')).location).toContain('/sign-in/confirmation');
    expect((await owner.visitor.post('/en/account/export', {})).location).toContain('/sign-in/confirmation');
  });

  test('opens nothing after a week, and the file is deleted', async () => {
    const owner = await atHome(shop);
    await asked(owner.visitor);
    const link = await linkTo(shop, owner.email, 'account/export');
    await forgetExports(shop.db, { now: shop.now() });
    expect((await download(owner.visitor, link)).status).toBe(200);
    const later = addMs(shop.now(), EXPORT_KEPT_MS + MINUTE);
    await forgetExports(shop.db, { now: later });
    expect(await shop.db('data_exports').where({ user_id: owner.userId })).toEqual([]);
    expect((await download(await signIn(shop, owner.email), link)).status).toBe(404);
  });
});

test('texts of a sheet never become formulas', () => {
  expect(sheetCsv([{ name: '=1+1', at: new Date(0), yes: true, none: null, sum: -5 }])).toBe(
    "\uFEFFname,at,yes,none,sum\r\n'=1+1,1970-01-01T00:00:00.000Z,true,,-5\r\n",
  );
});

test('every table that knows a user, an order, a payment or an address is exported, or says why not', async () => {
  const { rows } = await shop.db.raw<{ rows: { table_name: string }[] }>(
    `select distinct table_name from (
       select table_name::text from information_schema.columns
        where table_schema = 'public' and column_name in ('user_id', 'order_id', 'payment_id', 'email', 'recipient', 'customer', 'cart_id')
       union
       select conrelid::regclass::text from pg_constraint
        where contype = 'f' and confrelid in ('users'::regclass, 'orders'::regclass, 'payments'::regclass, 'refunds'::regclass, 'carts'::regclass,
          'sign_ins'::regclass, 'returns'::regclass, 'shipments'::regclass, 'events'::regclass, 'order_lines'::regclass)
     ) known order by 1`,
  );
  const sql = Object.values(SHEETS).join(' ');
  const exported = new Set([...sql.matchAll(/\b(?:from|join) ([a-z_]+)/g)].map(([, table]) => table!));
  const unknown = rows
    .map(({ table_name }) => table_name)
    .filter(table => !exported.has(table) && !Object.hasOwn(NOT_EXPORTED, table));
  expect(unknown).toEqual([]);
  const { rows: there } = await shop.db.raw<{ rows: { table_name: string }[] }>(
    `select table_name from information_schema.tables where table_schema = 'public'`,
  );
  const names = new Set(there.map(({ table_name }) => table_name));
  expect(Object.keys(NOT_EXPORTED).filter(table => !names.has(table))).toEqual([]);
});
