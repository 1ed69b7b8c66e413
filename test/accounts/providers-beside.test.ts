import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { MINUTE } from '../../src/lib/time.js';
import { setUpFactor } from '../support/authenticator.js';
import { atHome } from '../support/customer.js';
import { fillCart } from '../support/purchase.js';
import { AGREED, isIn, signInBy, somebody, type Provider } from '../support/sign-in-by.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => void (shop = await startShop({ jobs: false })), 60_000);
afterAll(() => shop.close());
afterEach(async () => expect(await audit(shop.db)).toEqual([]));

const lines = async (userId: number) =>
  await shop
    .db('cart_lines')
    .join('carts', 'carts.id', 'cart_lines.cart_id')
    .where({ 'carts.user_id': userId, 'carts.state': 'open' })
    .pluck<number[]>('quantity');
const userIdOf = async (email: string | null) =>
  (await shop.db('users').where({ email }).first<{ id: number } | undefined>())?.id ?? 0;

test.each<Provider>(['google', 'kakao'])(
  'a guest’s cart comes along by %s, at the first time and later',
  async provider => {
    const person = somebody();
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'en');
    await signInBy(shop, provider, person, { visitor });
    await visitor.post('/en/register/complete', { ...AGREED, name: 'Aziza' });
    const userId = await userIdOf(person.email);
    expect(await lines(userId)).toHaveLength(1);
    const [before] = await lines(userId);

    const elsewhere = createVisitor(shop.origin);
    await fillCart(shop, elsewhere, 'en');
    const { answered } = await signInBy(shop, provider, person, { visitor: elsewhere });
    expect(answered.status).toBe(303);
    expect(await isIn(elsewhere)).toBe(true);
    expect((await lines(userId))[0]).toBeGreaterThan(before!);
  },
);

test('row 29: a provider’s word is one factor: whoever has a second owes its code, and does not confirm without', async () => {
  const home = await atHome(shop);
  const person = somebody({ email: null, verified: false });
  await signInBy(shop, 'kakao', person, { visitor: home.visitor, query: 'purpose=link&lang=en' });
  await setUpFactor(shop, home.visitor, 'en');
  const { visitor, answered } = await signInBy(shop, 'kakao', person);
  expect([answered.location, await isIn(visitor)]).toEqual(['/en/sign-in/code', false]);

  shop.advance(16 * MINUTE);
  const query = 'purpose=confirm&lang=en&return_to=/en/account/password';
  const again = await signInBy(shop, 'kakao', person, { visitor: home.visitor, query });
  expect(again.answered.location).toMatch(/^\/en\/sign-in\/confirmation/);
  expect((await home.visitor.get('/en/account/password')).status).toBe(303);
});
