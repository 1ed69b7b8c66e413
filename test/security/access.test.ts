import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillPath, routesOf, type Route } from '../support/routes.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';

/** What is called by machines, or by browsers before there is a language. */
const FOR_MACHINES = [
  'get /health',
  'get /ready',
  'get /images/:id/:file',
  'post /webhooks/stripe',
  'post /webhooks/toss',
  'get /robots.txt',
  'get /sitemap.xml',
  'get /',
];

let shop: Shop;
let routes: Route[];
beforeAll(async () => {
  shop = await startShop({ jobs: false });
  routes = routesOf(shop.app);
});
afterAll(() => shop.close());

const named = ({ method, path }: Route) => `${method} ${path}`;

test('every route says who may call it, but those that machines call', () => {
  expect(routes.filter(({ wants }) => wants === undefined).map(named)).toEqual(FOR_MACHINES);
});

test('a guest gets no further than the sign-in page where somebody must be signed in', async () => {
  const wrong: string[] = [];
  const closed = routes.filter(({ wants }) => wants === 'user' || wants === 'confirmed');
  expect(closed.length).toBeGreaterThan(0);
  for (const route of closed) {
    const visitor = createVisitor(shop.origin);
    const path = fillPath(route.path, () => '1');
    const { status, location } =
      route.method === 'get' ? await visitor.get(path) : await visitor.post(path, {});
    if (status !== 303 || !location?.startsWith('/en/sign-in'))
      wrong.push(`${named(route)}: ${status} ${location}`);
  }
  expect(wrong).toEqual([]);
});
