import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { attachOrders } from '../../src/orders/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { atHome, makeCustomer, PASSWORD, signIn } from '../support/customer.js';
import { BUYERS, placeOrder } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => void (shop = await startShop()));
afterAll(() => shop.close());
beforeEach(async () => {
  for (const table of ['throttles', 'rate_limits']) await shop.db(table).delete();
});

const US = { locale: 'en', country: 'US', provider: 'stripe' } as const;
const { email: EMAIL } = BUYERS.US as { email: string };
const ownerOf = async (number: string) =>
  (await shop.db('orders').where({ number }).first<{ user_id: number | null }>('user_id')).user_id;

describe('an order', () => {
  test('placed while signed in is its buyer’s on every device, without the key', async () => {
    const { visitor, userId, email } = await atHome(shop);
    const { number } = await placeOrder(shop, { ...US, visitor });
    expect(await ownerOf(number)).toBe(userId);
    const elsewhere = await signIn(shop, email);
    expect((await elsewhere.get(`/en/orders/${number}`)).status).toBe(200);
    await elsewhere.post('/en/sign-out', {});
    expect((await elsewhere.get(`/en/orders/${number}`)).status).toBe(404);
  });

  test('row 17: of a guest is nobody’s: neither another user nor another guest matches it', async () => {
    const { number } = await placeOrder(shop, US);
    expect(await ownerOf(number)).toBeNull();
    expect((await createVisitor(shop.origin).get(`/en/orders/${number}`)).status).toBe(404);
    const { visitor } = await atHome(shop);
    for (const rest of ['', '/receipt', '/cancellation', '/refund'])
      expect((await visitor.get(`/en/orders/${number}${rest}`)).status).toBe(404);
  });

  test.each(['', 'null', 'undefined', '%00', '[]', '0'])('row 20: is not opened by the key %j', async key => {
    const { number } = await placeOrder(shop, US);
    const { visitor } = await atHome(shop);
    for (const who of [visitor, createVisitor(shop.origin)])
      for (const query of [`?key=${key}`, `?key[]=${key}`, `?key=${key}&key=${key}`])
        expect((await who.get(`/en/orders/${number}${query}`)).status).toBe(404);
  });
});

describe('orders of a guest', () => {
  test('are theirs once the address is shown to be, and not before', async () => {
    const { number } = await placeOrder(shop, US);
    const visitor = createVisitor(shop.origin);
    await visitor.post('/en/register', {
      name: 'Sam Lee',
      email: EMAIL.toUpperCase(),
      password: PASSWORD,
      age: 'yes',
      terms: 'yes',
      privacy: 'yes',
    });
    await visitor.post('/en/sign-in', { email: EMAIL, password: PASSWORD });
    expect(await ownerOf(number)).toBeNull();
    expect((await visitor.get(`/en/orders/${number}`)).status).toBe(404);
    await shop.settled();
    const letter = shop.mail.letters().find(({ text }) => text.includes('verify-email'))!;
    const link = /https?:\/\/[^/\s]+(\/en\/verify-email\/[\w-]+)/.exec(letter.text)![1]!;
    expect((await visitor.post(link, {})).status).toBe(303);
    expect((await visitor.get(`/en/orders/${number}`)).status).toBe(200);

    // The next one, placed as a guest again, comes along at the next sign-in.
    const { number: next } = await placeOrder(shop, { ...US, skip: 1 });
    expect(await ownerOf(next)).toBeNull();
    await visitor.post('/en/sign-out', {});
    await visitor.post('/en/sign-in', { email: EMAIL, password: PASSWORD });
    expect((await visitor.get(`/en/orders/${next}`)).status).toBe(200);
  });

  test('that are somebody’s stay theirs, whoever has the address later', async () => {
    const { visitor, userId } = await atHome(shop);
    const { number } = await placeOrder(shop, { ...US, visitor });
    const { userId: other } = await makeCustomer(shop);
    const attach = () => inTransaction(shop.db, tx => attachOrders(tx, { userId: other, email: EMAIL }));
    await Promise.all([attach(), attach(), attach()]);
    expect(await ownerOf(number)).toBe(userId);
  });
});
