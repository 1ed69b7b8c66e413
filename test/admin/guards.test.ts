import { afterAll, beforeAll, expect, test } from 'vitest';
import { may, PERMISSIONS, type Permission } from '../../src/admin/rules.js';
import { fillPath } from '../support/routes.js';
import { startShop, type Shop } from '../support/shop.js';
import { atTheDesk } from '../support/staff.js';
import { createVisitor, type Visitor } from '../support/visitor.js';

interface Found {
  method: 'get' | 'post';
  path: string;
  wants: Permission | 'open' | undefined;
}
interface Layer {
  route?: { path: string; methods: Record<string, boolean>; stack: { handle: { wants?: Permission } }[] };
  handle: { stack?: Layer[] };
  rawPath: string;
}

let shop: Shop;
let routes: Found[];
let admin: Visitor;
let staff: Visitor;
beforeAll(async () => {
  shop = await startShop({ jobs: false });
  routes = [];
  const walk = (layers: readonly Layer[], inDesk: boolean) => {
    for (const { route, handle, rawPath } of layers) {
      if (route && inDesk) {
        for (const method of ['get', 'post'] as const)
          if (route.methods[method])
            routes.push({ method, path: `/admin${route.path}`, wants: route.stack[0]?.handle.wants });
      } else if (handle.stack) walk(handle.stack, inDesk || rawPath === '/admin');
    }
  };
  walk((shop.app.router as unknown as { stack: Layer[] }).stack, false);
  admin = (await atTheDesk(shop)).visitor;
  staff = (await atTheDesk(shop, { role: 'staff' })).visitor;
});
afterAll(async () => await shop.close());

const filled = (path: string) => fillPath(path, name => (name === 'number' ? 'K7MT-Q4RD' : '1'));

test('every route of the desk says who may use it', () => {
  expect(routes.length).toBeGreaterThan(5);
  const known = new Set<string>([...PERMISSIONS, 'open']);
  expect(routes.filter(({ wants }) => wants === undefined || !known.has(wants))).toEqual([]);
  expect(
    routes.filter(({ wants }) => wants === 'open').map(({ method, path }) => `${method} ${path}`),
  ).toEqual(['post /admin/language']);
});

test('nobody gets further than the sign-in page, and nothing of theirs is done', async () => {
  const wrong: string[] = [];
  for (const { method, path, wants } of routes.filter(({ wants: each }) => each !== 'open')) {
    const visitor = createVisitor(shop.origin);
    const { status, location } =
      method === 'get' ? await visitor.get(filled(path)) : await visitor.post(filled(path), {});
    if (status !== 303 || !location?.startsWith('/en/sign-in'))
      wrong.push(`${method} ${path} (${wants}): ${status}`);
  }
  expect(wrong).toEqual([]);
});

test('staff get a 403 wherever the matrix says no, and nowhere else', async () => {
  const wrong: string[] = [];
  for (const { method, path, wants } of routes) {
    if (wants === undefined || wants === 'open') continue;
    const { status } = method === 'get' ? await staff.get(filled(path)) : await staff.post(filled(path), {});
    if ((status === 403) === may('staff', wants)) wrong.push(`${method} ${path} (${wants}): ${status}`);
  }
  expect(wrong).toEqual([]);
});

test('an administrator may open everything, a customer nothing', () => {
  expect(PERMISSIONS.filter(permission => !may('admin', permission))).toEqual([]);
  expect(PERMISSIONS.filter(permission => may('customer', permission))).toEqual([]);
});

test('no answer of the desk is kept by anybody or listed by search engines', async () => {
  for (const visitor of [admin, createVisitor(shop.origin)]) {
    for (const { path } of routes.filter(({ method }) => method === 'get')) {
      const { headers } = await visitor.get(filled(path));
      expect([path, headers.get('cache-control'), headers.get('x-robots-tag')]).toEqual([
        path,
        'no-store',
        'noindex, nofollow',
      ]);
    }
  }
});

test('the desk is named neither in robots.txt nor in the sitemap nor on a page of the shop', async () => {
  const visitor = createVisitor(shop.origin);
  for (const path of ['/robots.txt', '/sitemap.xml', '/en/', '/en/help', '/en/no-such-page'])
    expect((await visitor.get(path)).text).not.toContain('/admin');
});

/** All rows of all tables but those that count visits. */
const everything = async (): Promise<string> => {
  const tables = await shop.db
    .raw<{ rows: { name: string }[] }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('rate_limits', 'sessions', 'sign_ins')`,
    )
    .then(({ rows }) => rows.map(({ name }) => name).toSorted());
  const sums: string[] = [];
  for (const name of tables) {
    const { rows } = await shop.db.raw<{ rows: { sum: string }[] }>(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${name} t`,
    );
    sums.push(`${name} ${rows[0]!.sum}`);
  }
  return sums.join('\n');
};

test('looking at every page of the desk changes nothing', async () => {
  const before = await everything();
  for (const { path } of routes.filter(({ method }) => method === 'get')) {
    await admin.get(filled(path));
    await admin.get(filled(path), { 'sec-purpose': 'prefetch' });
  }
  expect(await everything()).toBe(before);
});
