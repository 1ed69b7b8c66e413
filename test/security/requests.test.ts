import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { atHome } from '../support/customer.js';
import { placeOrder, type Placed } from '../support/purchase.js';
import { fillPath, routesOf } from '../support/routes.js';
import { startShop, type Shop } from '../support/shop.js';
import { atTheDesk } from '../support/staff.js';
import type { Visitor } from '../support/visitor.js';

let shop: Shop;
let owner: { visitor: Visitor; userId: number; email: string };
let placed: Placed;
beforeAll(async () => {
  shop = await startShop({ jobs: false });
  owner = await atHome(shop, { email: 'unmistakable@example.com' });
  placed = await placeOrder(shop, {
    locale: 'en',
    country: 'US',
    provider: 'stripe',
    visitor: owner.visitor,
  });
});
afterAll(() => shop.close());
beforeEach(async () => {
  for (const table of ['throttles', 'rate_limits']) await shop.db(table).delete();
});

const gets = () => routesOf(shop.app).filter(({ method }) => method === 'get');

/** What is the owner's and the store's, without what only counts visits. */
async function everything(): Promise<string> {
  const { rows } = await shop.db.raw<{ rows: { name: string }[] }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE'
        and table_name not in ('rate_limits', 'throttles', 'sessions', 'sign_ins') order by 1`,
  );
  const sums: string[] = [];
  for (const { name } of rows) {
    const summed = await shop.db.raw<{ rows: { sum: string }[] }>(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${name} t`,
    );
    sums.push(`${name} ${summed.rows[0]!.sum}`);
  }
  return sums.join('\n');
}

test('row 50: looking at every page of the shop, prefetched as well, changes nothing', async () => {
  // A provider's return asks the provider, which is the one written exception; links of letters are tried by their own tests.
  const paths = gets()
    .map(({ path }) => path)
    .filter(path => !path.startsWith('/admin') && !path.includes('/checkout/return/'))
    .map(path => fillPath(path, name => (name === 'number' ? placed.number : '1')));
  const before = await everything();
  for (const path of paths) {
    await owner.visitor.get(path);
    await owner.visitor.get(path, { 'sec-purpose': 'prefetch' });
  }
  expect((await owner.visitor.get('/en/account')).status).toBe(200);
  expect(await everything()).toBe(before);
});

test('row 51: every form sent from another site, with the cookies of who is signed in and as plain text, is refused', async () => {
  const { visitor: admin } = await atTheDesk(shop);
  const cross = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
  const taken: string[] = [];
  const posts = routesOf(shop.app).filter(
    ({ method, path }) => method === 'post' && !path.startsWith('/webhooks/'),
  );
  for (const { path } of posts) {
    const who = path.startsWith('/admin') ? admin : owner.visitor;
    const filled = fillPath(path, name => (name === 'number' ? placed.number : '1'));
    for (const headers of [cross, { ...cross, 'content-type': 'text/plain' }]) {
      const { status } = await who.post(filled, {}, headers);
      if (status !== 403) taken.push(`${path}: ${status}`);
    }
  }
  expect(taken).toEqual([]);
});

test('row 58: no answer lets another site read it', async () => {
  // `/health` and `/ready` say one word each, the same to everybody, before any header is set.
  for (const path of ['/en/', '/en/account', '/en/cart', '/robots.txt', '/sitemap.xml', '/en/no-such-page']) {
    const { headers } = await owner.visitor.get(path, { origin: 'https://evil.example' });
    const cors = [...headers.keys()].filter(name => name.startsWith('access-control-'));
    expect([path, cors]).toEqual([path, []]);
    expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
    expect([path, headers.get('cross-origin-resource-policy')]).toEqual([path, 'same-origin']);
  }
});
