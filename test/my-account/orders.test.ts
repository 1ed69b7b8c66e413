import { afterAll, beforeAll, expect, test } from 'vitest';
import { atHome } from '../support/customer.js';
import { payOrder, placeOrder } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(async () => await shop.close());

/** A user with `count` orders that wait for their money; the newest last. */
async function ownerOf(count: number) {
  const owner = await atHome(shop);
  const numbers: string[] = [];
  const first = await placeOrder(shop, { locale: 'en', country: 'US', provider: 'stripe' });
  for (let index = 1; index < count; index += 1) {
    const { number } = await placeOrder(shop, {
      locale: 'en',
      country: 'US',
      provider: 'stripe',
      skip: index % 5,
    });
    numbers.push(number);
  }
  numbers.unshift(first.number);
  await shop.db('orders').whereIn('number', numbers).update({ user_id: owner.userId });
  return { ...owner, numbers, first };
}

test('the overview shows the newest three orders, and the list goes on behind the tenth', async () => {
  const { visitor, numbers } = await ownerOf(12);
  const overview = (await visitor.get('/en/account')).text;
  for (const number of numbers.slice(-3)) expect(overview).toContain(`Order ${number}`);
  expect(overview).not.toContain(`Order ${numbers.at(-4)}`);
  expect(overview).toContain('href="/en/account/orders"');

  const list = (await visitor.get('/en/account/orders')).text;
  for (const number of numbers.slice(2)) expect(list).toContain(`Order ${number}`);
  expect(list).not.toContain(`Order ${numbers[1]}<`);
  const next = /href="(\/en\/account\/orders\?before=[^"]+)"/.exec(list)?.[1];
  const older = (await visitor.get(next!)).text;
  for (const number of numbers.slice(0, 2)) expect(older).toContain(`Order ${number}`);
  expect(older).not.toContain(`Order ${numbers[2]}<`);
  expect(older).not.toContain('Older orders</a>');
  // A page that is none begins at the top.
  expect((await visitor.get('/en/account/orders?before=nothing')).text).toContain(`Order ${numbers.at(-1)}`);
}, 60_000);

test('a paid order has its state in words, its receipt and a way to order it again', async () => {
  const { visitor, first, numbers } = await ownerOf(1);
  expect((await visitor.get('/en/account/orders')).text).toContain('Not paid yet');
  await payOrder(shop, first, 'stripe');
  const { text } = await visitor.get('/ko/account/orders');
  expect(text).toContain('결제 완료');
  const reorder = /action="([^"]*\/reorder[^"]*)"/.exec(text)?.[1];
  const answered = await visitor.post(reorder!.replace('&amp;', '&'), {});
  expect(answered.location).toBe('/ko/cart');
  const receipt = /href="([^"]*\/receipt[^"]*)"/.exec(text)?.[1];
  expect((await visitor.get(receipt!)).status).toBe(200);
  const page = await visitor.get(`/en/account/orders/${numbers[0]}`);
  expect(page.status).toBe(303);
  expect((await visitor.get(page.location!)).text).toContain(numbers[0]!);
});

test("somebody else's orders are not found, and nobody sees any without signing in", async () => {
  const { numbers } = await ownerOf(1);
  const other = await atHome(shop);
  expect((await other.visitor.get('/en/account/orders')).text).toContain('You have no orders yet');
  expect((await other.visitor.get(`/en/account/orders/${numbers[0]}`)).status).toBe(404);
  expect((await other.visitor.get(`/en/account/orders?before=${numbers[0]}`)).text).not.toContain(
    `Order ${numbers[0]}`,
  );
  expect((await other.visitor.get('/en/account/orders/no-number')).status).toBe(404);
  const guest = createVisitor(shop.origin);
  for (const path of ['/account', '/account/orders', `/account/orders/${numbers[0]}`]) {
    const { status, location } = await guest.get(`/en${path}`);
    expect(status).toBe(303);
    expect(location).toBe(`/en/sign-in?return_to=${encodeURIComponent(`/en${path}`)}`);
  }
});

test('the overview says what is missing: a confirmed address, a delivery address, a second factor', async () => {
  const { visitor, userId } = await atHome(shop, { verified: false });
  const before = (await visitor.get('/en/account')).text;
  expect(before).toContain('action="/en/account/verification"');
  expect(before).toContain('No address is saved yet');
  expect(before).toContain('Signing in takes no code yet');
  await shop.db('addresses').insert({
    user_id: userId,
    name: '김민지',
    phone: '+821012345678',
    country: 'KR',
    postal_code: '04001',
    address1: '서울특별시 마포구 월드컵북로 1',
    is_default: true,
    created_at: shop.now(),
    updated_at: shop.now(),
  });
  expect((await visitor.get('/ko/account')).text).toContain('(04001) 서울특별시 마포구 월드컵북로 1');
});
