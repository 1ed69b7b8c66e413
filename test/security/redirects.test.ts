import http from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FOREIGN_RETURNS, HOSTILE_PATHS } from '../support/hostile.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ jobs: false });
});
afterAll(async () => await shop.close());

/** Where the store sends whoever asks for exactly this path: fetch() would tidy it up. */
const locationOf = (path: string): Promise<string | undefined> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(shop.origin);
    http
      .get({ hostname, port, path }, response =>
        response.resume().on('end', () => resolve(response.headers.location)),
      )
      .on('error', reject);
  });

/** Where a browser would go: it drops tabs and line ends and reads `\` as `/`. */
const staysHere = (location: string) => {
  const seen = location.replace(/[\t\n\r]/g, '').replaceAll('\\', '/');
  return (
    new URL(seen, shop.origin).origin === shop.origin && new URL(location, shop.origin).origin === shop.origin
  );
};

test.each(['currency', 'country', 'theme'])(
  '/%s leads back to a page of this store, whatever the form says',
  async name => {
    const visitor = createVisitor(shop.origin);
    const led: [string, string | null][] = [];
    for (const return_to of FOREIGN_RETURNS) {
      const { status, location } = await visitor.post(`/en/${name}`, { [name]: 'USD', return_to });
      if (status !== 303 || location === null || !location.startsWith('/') || !staysHere(location))
        led.push([return_to, location]);
    }
    expect(led).toEqual([]);
  },
);

test('a page of this store is where the form leads back to', async () => {
  const visitor = createVisitor(shop.origin);
  for (const return_to of ['/en/products?q=a%20b&page=2', '/ko/', '/uz/orders/K7MT-Q4RD']) {
    const { location } = await visitor.post('/en/theme', { theme: 'dark', return_to });
    expect(location).toBe(return_to);
  }
});

test('no address makes the store redirect to another host', async () => {
  const led: [string, string][] = [];
  for (const start of ['', '/en', '/en/products', '/ko/categories', '/en/policies']) {
    for (const path of HOSTILE_PATHS) {
      const location = await locationOf(start + path);
      if (location !== undefined && !staysHere(location)) led.push([start + path, location]);
    }
  }
  expect(led).toEqual([]);
});

test('an address that is too long to go back to leads home', async () => {
  const { location } = await createVisitor(shop.origin).post('/en/theme', {
    theme: 'dark',
    return_to: `/en/${'a'.repeat(8_000)}`,
  });
  expect(location).toBe('/en/');
});
