import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/platform/config.js';
import { atHome, makeCustomer } from '../support/customer.js';
import { payOrder, placeOrder } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';
import { atTheDesk } from '../support/staff.js';
import { createVisitor } from '../support/visitor.js';

const NAME = 'Row Unmistakable';
let shop: Shop;
beforeAll(async () => void (shop = await startShop()));
afterAll(() => shop.close());
beforeEach(async () => {
  for (const table of ['throttles', 'rate_limits']) await shop.db(table).delete();
});

const US = { locale: 'en', country: 'US', provider: 'stripe' } as const;
const nobody = () => createVisitor(shop.origin);

test('row 18: the number alone opens no order of a guest', async () => {
  const { number } = await placeOrder(shop, US);
  const { visitor } = await atHome(shop);
  for (const who of [nobody(), visitor])
    for (const path of [
      `/en/orders/${number}`,
      `/en/orders/${number.toLowerCase()}`,
      `/ko/orders/${number}/receipt`,
    ])
      expect((await who.get(path)).status).toBe(404);
});

test('row 21: whatever an address asks for, a list shows one’s own and no more', async () => {
  const owner = await atHome(shop, { name: NAME });
  const { number } = await placeOrder(shop, { ...US, visitor: owner.visitor, skip: 1 });
  const { visitor } = await atHome(shop);
  for (const query of [
    `user=${owner.userId}`,
    `user_id=${owner.userId}`,
    'all=1',
    `q=${number}`,
    `filter[user]=${owner.userId}`,
  ])
    expect((await visitor.get(`/en/account/orders?${query}`)).text).not.toContain(`/orders/${number}`);
});

test('row 24: receipts, returns and refund accounts of an order are its owner’s, and tracking names nobody', async () => {
  const owner = await atHome(shop, { name: NAME });
  const placed = await placeOrder(shop, { ...US, visitor: owner.visitor, skip: 2 });
  await payOrder(shop, placed, 'stripe');
  await shop.settled();
  const { visitor } = await atHome(shop);
  expect((await owner.visitor.get(`/en/orders/${placed.number}/receipt`)).status).toBe(200);
  for (const rest of [
    '/receipt',
    '/returns',
    '/returns/1',
    '/returns/1/photos/1',
    '/refund-account',
    '/withdrawal',
  ])
    for (const who of [visitor, nobody()])
      expect((await who.get(`/en/orders/${placed.number}${rest}`)).status).toBe(404);
});

test('row 25: a product that is not on sale is nowhere to be found', async () => {
  const product = await shop
    .db('products')
    .join('product_translations as t', 't.product_id', 'products.id')
    .where({ 't.locale': 'en', 'products.state': 'active' })
    .orderBy('products.id', 'desc')
    .first<{ id: number; slug: string; name: string }>('products.id', 't.slug', 't.name');
  await shop.db('products').where({ id: product.id }).update({ state: 'archived' });
  const visitor = nobody();
  const { variant } = await shop
    .db('variants')
    .where({ product_id: product.id })
    .first<{ variant: number }>('id as variant');
  expect((await visitor.get(`/en/products/${product.slug}`)).text).not.toContain('name="variant"');
  expect((await visitor.get(`/en/products?q=${encodeURIComponent(product.name)}`)).text).not.toContain(
    `/products/${product.slug}`,
  );
  expect((await visitor.get('/sitemap.xml')).text).not.toContain(product.slug);
  const added = await visitor.post('/en/cart/lines', { variant: String(variant), quantity: '1' });
  expect([404, 422]).toContain(added.status);
});

test('row 26: whoever tries ids one after another learns nobody’s name or address', async () => {
  const { userId } = await makeCustomer(shop, { name: NAME });
  expect(userId).toBeGreaterThan(0);
  const visitor = nobody();
  const told: string[] = [];
  for (let id = 1; id <= 30; id += 1)
    for (const path of [
      `/en/orders/${id}`,
      `/en/account/addresses/${id}`,
      `/en/track/${id}`,
      `/images/${id}/x.webp`,
      `/en/stock-requests/${id}`,
      `/admin/customers/${id}`,
    ]) {
      const { text } = await visitor.get(path);
      if (/Row Unmistakable|Unmistakable|customer\d+@example\.com|sam\.lee@/.test(text)) told.push(path);
    }
  expect(told).toEqual([]);
});

test('row 27: nothing in an address says who somebody is or what they pay', async () => {
  const { userId } = await makeCustomer(shop, { name: NAME });
  const { visitor } = await atHome(shop, { name: 'Myself' });
  for (const query of [
    `user=${userId}`,
    `customer=${userId}`,
    `userId=${userId}`,
    'role=admin',
    'currency=KRW',
  ])
    for (const path of ['/en/account', '/en/cart', '/en/products']) {
      const { status, text } = await visitor.get(`${path}?${query}`);
      expect([status, text.includes(NAME), text.includes('₩')]).toEqual([200, false, false]);
    }
  expect((await visitor.get('/admin/orders?role=admin')).status).toBe(303);
});

test('row 28: no header names who somebody is, or another address than the one that was asked for', async () => {
  const { userId } = await atTheDesk(shop);
  const visitor = nobody();
  for (const headers of [
    { 'x-user-id': String(userId) },
    { 'x-forwarded-user': 'admin@desk.example' },
    { 'x-wcpay-platform-checkout-user': String(userId) },
    { 'x-original-url': '/en/', 'x-rewrite-url': '/en/' },
    { 'x-forwarded-prefix': '/en', 'x-http-method-override': 'POST' },
    { authorization: 'Basic YWRtaW46YWRtaW4=' },
  ]) {
    const { status, location } = await visitor.get('/admin/orders', headers);
    expect([status, location?.startsWith('/en/sign-in')]).toEqual([303, true]);
  }
});

test.each([undefined, '', 'secret', 'a'.repeat(31), `${'a'.repeat(40)},short`])(
  'row 57: in production the store does not start with the secret %j',
  secret => {
    const start = () =>
      readConfig({
        NODE_ENV: 'production',
        DATABASE_URL: 'postgres://127.0.0.1/never',
        BASE_URL: 'https://shop.example',
        SMTP_URL: 'smtp://127.0.0.1:1',
        MAIL_FROM: 'shop@shop.example',
        STRIPE_SECRET_KEY: 'sk_live_never_used',
        STRIPE_WEBHOOK_SECRET: 'whsec_never_used',
        ...(secret === undefined ? {} : { SESSION_SECRET: secret }),
      });
    expect(start).toThrow(/SESSION_SECRET/);
  },
);

describe('row 59: the desk', () => {
  test('is in no page, sitemap or list for robots that a shopper can read', async () => {
    const visitor = nobody();
    for (const path of [
      '/en/',
      '/ko/',
      '/en/products',
      '/en/account',
      '/sitemap.xml',
      '/robots.txt',
      '/en/sign-in',
    ])
      expect((await visitor.get(path)).text).not.toMatch(/\/admin\b/);
  });

  test('writes down who changed what, from what to what, and nobody takes that back', async () => {
    const { visitor, userId } = await atTheDesk(shop, { email: 'row59@desk.example' });
    const { userId: customer } = await makeCustomer(shop);
    await visitor.post(`/admin/customers/${customer}/role`, { role: 'staff', reason: 'row 59' });
    const line = await shop
      .db('audit_log')
      .where({ subject: `user:${customer}` })
      .first<{ user_id: number; at: Date; before: unknown; after: unknown }>();
    expect(line).toMatchObject({
      user_id: userId,
      before: { role: 'customer' },
      after: { role: 'staff', reason: 'row 59' },
    });
    expect(line.at).toBeInstanceOf(Date);
    await expect(shop.db('audit_log').update({ action: 'nothing' })).rejects.toThrow(/audit_log/);
    await expect(shop.db('audit_log').delete()).rejects.toThrow(/never edited or deleted/);
  });
});
