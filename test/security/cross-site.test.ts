import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findGoods } from '../support/goods.js';
import { fillPath, routesOf } from '../support/routes.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';

let shop: Shop;
let forms: string[];
beforeAll(async () => {
  shop = await startShop({ jobs: false });
  forms = routesOf(shop.app)
    // Payment providers are other sites, and prove themselves otherwise.
    .filter(({ method, path }) => method === 'post' && !path.startsWith('/webhooks/'))
    .map(({ path }) => fillPath(path, name => (name === 'number' ? 'K7MT-Q4RD' : '1')));
});
afterAll(async () => await shop.close());

/** An empty value leaves the header out. */
const statuses = async (headers: Record<string, string>) => {
  const found: Record<string, number> = {};
  for (const path of forms) {
    const response = await fetch(shop.origin + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: '',
    });
    await response.arrayBuffer();
    found[path] = response.status;
  }
  return found;
};
const allRefused = () => Object.fromEntries(forms.map(path => [path, 403]));

test('there are forms to test', () => {
  expect(forms).toContain('/en/checkout');
  expect(forms).toContain('/en/cart/lines/1/removal');
  expect(forms).toContain('/en/currency');
});

describe('a form is refused when it was sent', () => {
  test.each<[string, Record<string, string>]>([
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    [
      'from another host of the same site',
      { 'sec-fetch-site': 'same-site', origin: 'https://blog.shop.example' },
    ],
    ['from another site whose Origin is hidden', { 'sec-fetch-site': 'cross-site', origin: 'null' }],
    ['by an older browser from another site', { origin: 'https://evil.example' }],
    ['by an older browser from a sandboxed frame', { origin: 'null' }],
    ['from the same name on another port', { origin: 'http://127.0.0.1:1' }],
    ['with a header no browser sends', { 'sec-fetch-site': 'Same-Origin ' }],
  ])('%s', async (_who, headers) => {
    expect(await statuses(headers)).toEqual(allRefused());
  });
});

describe('a form is taken when it was sent', () => {
  const taken = async (headers: Record<string, string>) =>
    Object.entries(await statuses(headers)).filter(([, status]) => status === 403 || status >= 500);

  test('by this store’s own page', async () => {
    expect(await taken({ 'sec-fetch-site': 'same-origin', origin: shop.origin })).toEqual([]);
  });
  test('by an older browser from this store', async () => {
    expect(await taken({ origin: shop.origin })).toEqual([]);
  });
  test('by a text browser, which says nothing', async () => {
    expect(await taken({})).toEqual([]);
  });
});

test('a refused form changes nothing, even with the shopper’s cookies', async () => {
  const { variantId } = await findGoods(shop.db, { locale: 'en', currency: 'USD' });
  const shopper = createVisitor(shop.origin);
  await shopper.post('/en/cart/lines', { variant: String(variantId), quantity: '1' });
  const line = await shop.db('cart_lines').orderBy('id', 'desc').first<{ id: number; quantity: number }>();
  const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
  expect((await shopper.post(`/en/cart/lines/${line.id}`, { quantity: '9' }, foreign)).status).toBe(403);
  expect((await shopper.post('/en/cart/clearing', {}, foreign)).status).toBe(403);
  expect(await shop.db('cart_lines').where({ id: line.id }).first('quantity')).toEqual({ quantity: 1 });
});

test('GET changes nothing: no address of a form answers to it with a change', async () => {
  const shopper = createVisitor(shop.origin);
  const { variantId } = await findGoods(shop.db, { locale: 'en', currency: 'USD' });
  await shopper.post('/en/cart/lines', { variant: String(variantId), quantity: '1' });
  const line = await shop.db('cart_lines').orderBy('id', 'desc').first<{ id: number }>();
  for (const path of [
    `/en/cart/lines/${line.id}/removal`,
    '/en/cart/clearing',
    `/en/cart/lines/${line.id}?quantity=0`,
  ]) {
    expect((await shopper.get(path)).status).toBe(404);
  }
  expect(await shop.db('cart_lines').where({ id: line.id }).first('quantity')).toEqual({ quantity: 1 });
});
