import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { mergeCarts } from '../../src/cart/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { atHome, makeCustomer, PASSWORD, signIn } from '../support/customer.js';
import { BUYERS, checkoutFields, fillCart } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor, type Visitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => void (shop = await startShop({ jobs: false })));
afterAll(() => shop.close());
beforeEach(async () => {
  for (const table of ['throttles', 'rate_limits']) await shop.db(table).delete();
});
afterEach(async () => expect(await audit(shop.db)).toEqual([]));

/** Pieces of each variant in the user's open cart, and how many sets and codes. */
const cartOf = async (userId: number) => {
  const [cart] = await shop
    .db('carts')
    .where({ user_id: userId, state: 'open' })
    .select<{ id: number }[]>('id');
  if (!cart) return null;
  const of = { cart_id: cart.id };
  return {
    lines: await shop.db('cart_lines').where(of).orderBy('variant_id').pluck<number[]>('quantity'),
    sets: await shop.db('cart_bundles').where(of).pluck<number[]>('quantity'),
    codes: await shop.db('cart_codes').where(of).orderBy('code').pluck<string[]>('code'),
  };
};
/** Pieces that the badge of a page counts. */
const badge = async (visitor: Visitor): Promise<number> => {
  const { text } = await visitor.get('/en/cart');
  return Number(/data-count="(\d+)"/.exec(text)?.[1] ?? 0);
};
const bundleId = async () =>
  String((await shop.db('bundles').where({ state: 'active' }).orderBy('id').first<{ id: number }>('id')).id);

describe('signing in', () => {
  test('brings the cart along: it is the user’s, and the old cookie opens nothing', async () => {
    const { email, userId } = await makeCustomer(shop);
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'en', 0, 2);
    const copied = createVisitor(shop.origin);
    for (const [name, value] of visitor.cookies) copied.cookies.set(name, value);
    await signIn(shop, email, { visitor });
    expect(visitor.cookies.has('cart')).toBe(false);
    expect(await cartOf(userId)).toMatchObject({ lines: [2] });
    expect(await badge(visitor)).toBe(2);
    expect(await badge(copied)).toBe(0);
  });

  test('adds up what is in both carts, keeps sets and codes, and says so', async () => {
    const { visitor: phone, userId, email } = await atHome(shop);
    await fillCart(shop, phone, 'en', 0, 2);
    await phone.post('/en/cart/bundles', { bundle: await bundleId(), quantity: '1' });
    await phone.post('/en/cart/discount', { code: 'WELCOME10' });
    const desk = createVisitor(shop.origin);
    await fillCart(shop, desk, 'en', 0, 1);
    await fillCart(shop, desk, 'en', 1, 1);
    await desk.post('/en/cart/bundles', { bundle: await bundleId(), quantity: '2' });
    await desk.post('/en/cart/discount', { code: 'RECOVER15' });
    await signIn(shop, email, { visitor: desk });
    expect(await cartOf(userId)).toEqual({ lines: [3, 1], sets: [3], codes: ['recover15', 'welcome10'] });
    expect((await desk.get('/en/account')).text).toContain('Your cart now also holds');
    expect(await badge(phone)).toBe(await badge(desk));
  });

  test('cuts no silent piece: more than 99 are told', async () => {
    const { visitor, userId, email } = await atHome(shop);
    await fillCart(shop, visitor, 'en');
    await shop
      .db('cart_lines')
      .update({ quantity: 60 })
      .whereIn('cart_id', shop.db('carts').where({ user_id: userId }).select('id'));
    const other = createVisitor(shop.origin);
    await fillCart(shop, other, 'en');
    const token = decodeURIComponent(other.cookies.get('cart')!).replace(/^s:/, '').split('.')[0]!;
    await shop
      .db('cart_lines')
      .update({ quantity: 50 })
      .whereIn('cart_id', shop.db('carts').where({ token }).select('id'));
    await signIn(shop, email, { visitor: other });
    expect(await cartOf(userId)).toMatchObject({ lines: [99] });
    expect((await other.get('/en/account')).text).toContain('99 pieces');
  });

  test('that fails, or a session that ends, leaves the guest’s cart where it was', async () => {
    const { email } = await makeCustomer(shop);
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'en');
    expect((await visitor.post('/en/sign-in', { email, password: 'not this one' })).status).toBe(422);
    expect(await badge(visitor)).toBe(1);
    visitor.cookies.delete('session');
    expect(await badge(visitor)).toBe(1);
  });

  test('on another device finds the same cart without any cookie; the next guest there finds none', async () => {
    const { visitor, email } = await atHome(shop);
    await fillCart(shop, visitor, 'en', 0, 3);
    const other = await signIn(shop, email);
    expect(await badge(other)).toBe(3);
    await other.post('/en/sign-out', {});
    expect(await badge(other)).toBe(0);
    expect(await badge(visitor)).toBe(3);
  });

  test('with an empty cart, or twice in one browser, changes nothing', async () => {
    const { visitor, userId, email } = await atHome(shop);
    await fillCart(shop, visitor, 'en', 0, 2);
    await signIn(shop, email, { visitor });
    await signIn(shop, email, { visitor });
    expect(await cartOf(userId)).toMatchObject({ lines: [2] });
  });
});

describe('at once', () => {
  const guestCart = async (skip: number, quantity = 1) => {
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'en', skip, quantity);
    return visitor;
  };

  test('two devices that bring two carts end with all of both, once', async () => {
    for (let round = 0; round < 4; round += 1) {
      await shop.db('throttles').delete();
      const { email, userId } = await makeCustomer(shop);
      const devices = [await guestCart(0, 2), await guestCart(1, 1)];
      await Promise.all(devices.map(visitor => signIn(shop, email, { visitor })));
      expect(await cartOf(userId)).toMatchObject({ lines: [2, 1] });
    }
  });

  test('one cart brought from six connections adds up once', async () => {
    const { visitor, userId } = await atHome(shop);
    await fillCart(shop, visitor, 'en', 0, 2);
    const guest = await guestCart(0, 3);
    const token = decodeURIComponent(guest.cookies.get('cart')!).replace(/^s:/, '').split('.')[0]!;
    const merges = await Promise.all(
      Array.from({ length: 6 }, () =>
        inTransaction(shop.db, tx => mergeCarts(tx, { token, userId, now: shop.now() })),
      ),
    );
    expect(merges.filter(({ merged }) => merged)).toHaveLength(1);
    expect(await cartOf(userId)).toMatchObject({ lines: [5] });
  });

  test('two first pieces from two devices go into one cart', async () => {
    const { visitor, userId, email } = await atHome(shop);
    const other = await signIn(shop, email);
    await Promise.all([fillCart(shop, visitor, 'en', 0), fillCart(shop, other, 'en', 1)]);
    expect(await cartOf(userId)).toMatchObject({ lines: [1, 1] });
  });
});

describe('a cart of somebody else', () => {
  test('row 19: is not brought along by its number, its user, or a cookie nobody signed', async () => {
    const { visitor: victim, userId } = await atHome(shop);
    await fillCart(shop, victim, 'en', 0, 2);
    const [{ token, id }] = (await shop
      .db('carts')
      .where({ user_id: userId })
      .select<{ token: string; id: number }[]>('token', 'id')) as [{ token: string; id: number }];
    for (const value of [String(id), token, `s:${token}`, `s%3A${token}.x`, '']) {
      const { email, userId: thief } = await makeCustomer(shop);
      const visitor = createVisitor(shop.origin);
      visitor.cookies.set('cart', value);
      await visitor.post('/en/sign-in', {
        email,
        password: PASSWORD,
        cart: String(id),
        user: String(userId),
      });
      expect(await cartOf(thief)).toBeNull();
    }
    expect(await cartOf(userId)).toMatchObject({ lines: [2] });
  });

  test('row 22: is not opened by an id in the address or the form: what comes goes into one’s own', async () => {
    const { visitor: victim, userId } = await atHome(shop);
    await fillCart(shop, victim, 'en', 0, 2);
    const [cart] = await shop.db('carts').where({ user_id: userId }).select<{ id: number }[]>('id');
    const visitor = createVisitor(shop.origin);
    const { text } = await visitor.get(`/en/cart?cart=${cart!.id}&id=${cart!.id}&user=${userId}`);
    expect(text).not.toContain('quantity-line-');
    const [line] = await shop.db('cart_lines').where({ cart_id: cart!.id }).select<{ id: number }[]>('id');
    const changed = await visitor.post(`/en/cart/lines/${line!.id}`, {
      quantity: '9',
      cart: String(cart!.id),
    });
    expect(changed.status).toBe(404);
    expect(await cartOf(userId)).toMatchObject({ lines: [2] });
  });
});

describe('what does not fit is told by name', () => {
  const cartId = async (userId: number) =>
    (await shop.db('carts').where({ user_id: userId, state: 'open' }).first<{ id: number }>('id')).id;

  test('more than there is in stock is kept and told', async () => {
    const { visitor: phone, userId, email } = await atHome(shop);
    await fillCart(shop, phone, 'en', 0, 1);
    const line = await shop
      .db('cart_lines')
      .where({ cart_id: await cartId(userId) })
      .first<{ variant_id: number; seen_name: string }>('variant_id', 'seen_name');
    const { free } = await shop
      .db('stock')
      .where({ variant_id: line.variant_id })
      .first<{ free: number }>(shop.db.raw('(on_hand - reserved)::int as free'));
    await fillCart(shop, phone, 'en', 0, free - 1);
    const desk = createVisitor(shop.origin);
    await fillCart(shop, desk, 'en', 0, 1);
    await signIn(shop, email, { visitor: desk });
    expect(await cartOf(userId)).toMatchObject({ lines: [free + 1] });
    expect((await desk.get('/en/cart')).text).toContain(`more than there is of: ${line.seen_name}`);
  });

  test('a sixth code is named', async () => {
    const { visitor: phone, userId, email } = await atHome(shop);
    await fillCart(shop, phone, 'en', 0, 1);
    const of = { cart_id: await cartId(userId), created_at: shop.now() };
    for (const code of ['one', 'two', 'three', 'four']) await shop.db('cart_codes').insert({ ...of, code });
    const desk = createVisitor(shop.origin);
    await fillCart(shop, desk, 'en', 1, 1);
    for (const code of ['WELCOME10', 'RECOVER15']) await desk.post('/en/cart/discount', { code });
    await desk.get('/en/cart');
    await signIn(shop, email, { visitor: desk });
    expect((await cartOf(userId))!.codes).toHaveLength(5);
    expect((await desk.get('/en/cart')).text).toMatch(/no room for these discount codes: \S+/);
  });

  test('where signing in was cut off half way, the next form brings the cart along', async () => {
    const { visitor, userId } = await atHome(shop);
    await fillCart(shop, visitor, 'en', 0, 1);
    const guest = createVisitor(shop.origin);
    await fillCart(shop, guest, 'en', 1, 2);
    visitor.cookies.set('cart', guest.cookies.get('cart')!);
    await fillCart(shop, visitor, 'en', 2, 1);
    expect((await cartOf(userId))!.lines.toSorted((a, b) => a - b)).toEqual([1, 1, 2]);
    expect(visitor.cookies.has('cart')).toBe(false);
  });
});

describe('a cart whose order waits for its money', () => {
  const EN = { locale: 'en', country: 'US', provider: 'stripe' } as const;
  const order = async (visitor: Visitor) => {
    const fields = { ...BUYERS.US, ...(await checkoutFields(visitor, EN)) };
    const { location } = await visitor.post('/en/checkout', fields);
    expect(location).toContain(shop.stripe.origin);
    const { id } = await shop.db('orders').orderBy('id', 'desc').first<{ id: number }>('id');
    return { fields, location, id };
  };
  const stateOf = async (id: number) =>
    (await shop.db('orders').where({ id }).first<{ state: string }>('state')).state;

  test.each(['no cart', 'an empty cart'])('goes with its order to a user who has %s', async has => {
    const { visitor: phone, email, userId } = await atHome(shop);
    if (has === 'an empty cart') {
      await fillCart(shop, phone, 'en', 1, 1);
      await phone.post('/en/cart/clearing', {});
    }
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'en', 0, 1);
    const { fields, location, id } = await order(visitor);
    await signIn(shop, email, { visitor });
    expect((await visitor.post('/en/checkout', fields)).location).toBe(location);
    expect(await stateOf(id)).toBe('pending');
    expect(await cartOf(userId)).toMatchObject({ lines: [1] });
  });

  test('joins another cart: the order stays payable until the next one of the goods ends it', async () => {
    const { visitor: phone, email, userId } = await atHome(shop);
    await fillCart(shop, phone, 'en', 1, 1);
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'en', 0, 1);
    const { id } = await order(visitor);
    await signIn(shop, email, { visitor });
    expect(await cartOf(userId)).toMatchObject({ lines: [1, 1] });
    expect(await stateOf(id)).toBe('pending');
    await order(visitor);
    expect(await stateOf(id)).toBe('canceled');
  });
});
