import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app.js';
import { createGateways } from '../../src/payments/index.js';
import { connect, type Database } from '../../src/platform/db.js';
import { setUpFactor } from '../support/authenticator.js';
import { atHome, makeCustomer, PASSWORD, signIn } from '../support/customer.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor, type Visitor } from '../support/visitor.js';

let shop: Shop;
/** A second process of the same store: its own app and its own pool. */
let second: { origin: string; database: Database; server: http.Server };
beforeAll(async () => {
  shop = await startShop({ seeded: false, jobs: false });
  const database = connect(shop.database.url, { name: 'second process', max: 4 });
  const { config, now } = shop;
  const app = await createApp({ config, database, gateways: createGateways(config), now });
  const server = http.createServer((req, res) => void app(req, res));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  second = { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, database, server };
});
afterAll(async () => {
  second.server.closeAllConnections();
  await new Promise(resolve => second.server.close(resolve));
  await second.database.close();
  await shop.close();
});

/** The same browser's cookies, at a process of their own. */
function copyOf(visitor: Visitor, origin = shop.origin): Visitor {
  const copy = createVisitor(origin);
  for (const [name, value] of visitor.cookies) copy.cookies.set(name, value);
  return copy;
}
const isIn = async (visitor: Visitor) => (await visitor.get('/en/account')).status === 200;
const session = (visitor: Visitor) => visitor.cookies.get('session');

describe('row 48: a session that somebody planted', () => {
  test('of their own, signed by the store, is worth nothing after the victim signs in', async () => {
    // An attacker's real session, brought into the victim's browser.
    const { visitor: attacker } = await atHome(shop);
    await attacker.post('/en/sign-in', { email: 'x@example.com', password: 'x' });
    const planted = session(attacker)!;
    const { email } = await makeCustomer(shop);
    const victim = createVisitor(shop.origin);
    victim.cookies.set('session', planted);
    await signIn(shop, email, { visitor: victim });
    expect(session(victim)).not.toBe(planted);
    const { text } = await victim.get('/en/account');
    expect(text).toContain(email);
    expect(await isIn(attacker)).toBe(false);
  });

  test('is another at signing in, with a second factor on, and at signing out', async () => {
    const { visitor } = await atHome(shop);
    const ids = [session(visitor)];
    await setUpFactor(shop, visitor);
    ids.push(session(visitor));
    await visitor.post('/en/account/second-factor/removal', {});
    ids.push(session(visitor));
    expect(await isIn(visitor)).toBe(true);
    await visitor.post('/en/sign-out', {});
    ids.push(session(visitor));
    expect(new Set(ids).size).toBe(4);
    for (const id of ids.slice(0, 3)) {
      const old = createVisitor(shop.origin);
      old.cookies.set('session', id!);
      expect(await isIn(old)).toBe(false);
    }
  });

  test.each(['s%3Amade-up.made-up', 'made-up', '', 's%3A', 'j%3A%7B%22signIn%22%3A1%7D'])(
    'made up (%j) is not adopted',
    async made => {
      const { email } = await makeCustomer(shop);
      const visitor = createVisitor(shop.origin);
      visitor.cookies.set('session', made);
      await signIn(shop, email, { visitor });
      expect(session(visitor)).not.toBe(made);
      expect(await isIn(visitor)).toBe(true);
    },
  );
});

describe('row 55: on every process', () => {
  test('signing in on one is signed in on the other, and out is out', async () => {
    const { visitor } = await atHome(shop);
    const there = copyOf(visitor, second.origin);
    expect(await isIn(there)).toBe(true);
    await visitor.post('/en/sign-out', {});
    expect(await isIn(there)).toBe(false);
  });

  test('ending all others on one ends them on the other', async () => {
    const { visitor, email } = await atHome(shop);
    const there = createVisitor(second.origin);
    await there.post('/en/sign-in', { email, password: PASSWORD });
    expect(await isIn(there)).toBe(true);
    await visitor.post('/en/account/other-sign-ins/end', {});
    expect(await isIn(there)).toBe(false);
  });

  test('requests under way while one signs out bring nothing back', async () => {
    const { visitor } = await atHome(shop);
    const copies = Array.from({ length: 10 }, (_, index) =>
      copyOf(visitor, index % 2 ? second.origin : shop.origin),
    );
    await Promise.all([
      ...copies.map(copy => copy.get('/en/account/security')),
      visitor.post('/en/sign-out', {}),
      ...copies.map(copy => copy.post('/en/currency', { currency: 'KRW', return_to: '/en/' })),
    ]);
    for (const copy of copies) expect(await isIn(copy)).toBe(false);
  });
});

describe('two tabs', () => {
  test('of one browser are both signed in, and both out', async () => {
    const { visitor } = await atHome(shop);
    // Tabs share their cookies: the second one signs in as well, with the form it had open.
    const { email } = await makeCustomer(shop);
    await signIn(shop, email, { visitor });
    expect((await visitor.get('/en/account')).text).toContain(email);
    await visitor.post('/en/sign-out', {});
    expect(await isIn(visitor)).toBe(false);
    expect((await visitor.post('/en/sign-out', {})).status).toBe(303);
  });

  test('that send the form of signing in at once leave one sign-in that works', async () => {
    const { email, userId } = await makeCustomer(shop);
    const visitor = createVisitor(shop.origin);
    const both = await Promise.all(
      [1, 2].map(() => visitor.post('/en/sign-in', { email, password: PASSWORD })),
    );
    expect(both.map(({ status }) => status)).toEqual([303, 303]);
    expect(await isIn(visitor)).toBe(true);
    expect((await shop.db('sign_ins').where({ user_id: userId, ended_at: null })).length).toBeGreaterThan(0);
  });
});

describe('row 60: a stolen cookie and a forced way', () => {
  test('opens nothing after signing out, and Back shows nothing from the browser’s own store', async () => {
    const { visitor } = await atHome(shop);
    const stolen = copyOf(visitor);
    const page = await stolen.get('/en/account/security');
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const out = await visitor.post('/en/sign-out', {});
    expect(out.headers.get('clear-site-data')).toBe('"cache"');
    expect(await isIn(stolen)).toBe(false);
    expect((await stolen.post('/en/account/other-sign-ins/end', {})).location).toBe('/en/sign-in');
  });

  test('signing out by a link does nothing: only the form does', async () => {
    const { visitor } = await atHome(shop);
    expect((await visitor.get('/en/sign-out')).status).toBe(404);
    expect(await isIn(visitor)).toBe(true);
  });
});
