import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { saveAddress } from '../../src/accounts/index.js';
import { audit } from '../../src/audit/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { makeDiscount } from '../discounts/make.js';
import { atHome } from '../support/customer.js';
import { BUYERS, fillCart } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor, type Visitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => void (shop = await startShop()));
afterAll(() => shop.close());
afterEach(async () => {
  await shop.settled();
  expect(await audit(shop.db)).toEqual([]);
});

const NY = {
  name: 'Sam Lee',
  phone: '+12125550142',
  country: 'US',
  region: 'NY',
  city: 'New York',
  postalCode: '10001',
  address1: '1 Example Street',
  address2: '',
};
const SEOUL = {
  name: '김민지',
  phone: '+821012345678',
  country: 'KR',
  region: '',
  city: '',
  postalCode: '04001',
  address1: '월드컵북로 1',
  address2: '',
};
const save = async (userId: number, address: typeof NY) => {
  const done = await inTransaction(shop.db, tx => saveAddress(tx, { userId, address, now: shop.now() }));
  return done.ok ? String(done.addressId) : '';
};
/** What the page's form would send. */
const fieldsOf = (html: string): Record<string, string> => {
  const form = html.slice(html.indexOf('action="/en/checkout"'));
  const value = (name: string) =>
    new RegExp(`name="${name}"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="${name}"`).exec(form)?.[1] ?? '';
  return {
    email: value('email'),
    form_country: value('form_country'),
    expected_total: value('expected_total'),
    expected_currency: value('expected_currency'),
    payment_method: 'stripe',
    terms: 'yes',
  };
};
const lastOrder = () =>
  shop
    .db('orders')
    .orderBy('id', 'desc')
    .first<Record<string, unknown>>('user_id', 'name', 'phone', 'country', 'address1', 'email');
const checkout = async (visitor: Visitor) => (await visitor.get('/en/checkout')).text;

describe('checkout of a member', () => {
  it('without saved addresses is the page as before, with what the account knows filled in', async () => {
    const { visitor, email } = await atHome(shop, { name: 'Sam Lee' });
    await fillCart(shop, visitor, 'en');
    const text = await checkout(visitor);
    expect(text).toContain(`Signed in as ${email}`);
    expect(text).not.toContain('checking out as a guest');
    expect(text).toMatch(new RegExp(`name="email"[^>]*value="${email}"`));
    expect(text).toMatch(/name="name"[^>]*value="Sam Lee"/);
    expect(text).toMatch(/name="save" value="yes" id="save">/);
    expect(text).not.toContain('name="address"');
  });

  it('offers the default address first, and the order goes to the one that is chosen', async () => {
    const { visitor, userId, email } = await atHome(shop);
    const [first, second] = [
      await save(userId, NY),
      await save(userId, { ...NY, address1: '2 Other Street' }),
    ];
    await fillCart(shop, visitor, 'en');
    const text = await checkout(visitor);
    expect(text).toMatch(new RegExp(`value="${first}" id="address" checked`));
    expect(text).not.toContain('name="postal_code"');
    expect(text).not.toContain('name="save"');
    const { location } = await visitor.post('/en/checkout', { ...fieldsOf(text), address: second });
    expect(location).toContain(shop.stripe.origin);
    expect(await lastOrder()).toEqual({
      user_id: userId,
      email,
      name: NY.name,
      phone: NY.phone,
      country: 'US',
      address1: '2 Other Street',
    });
  });

  it('an address elsewhere is priced anew before anything is placed', async () => {
    const { visitor, userId } = await atHome(shop);
    await save(userId, NY);
    const seoul = await save(userId, SEOUL);
    await fillCart(shop, visitor, 'en');
    const fields = fieldsOf(await checkout(visitor));
    const before = await lastOrder();
    const answered = await visitor.post('/en/checkout', { ...fields, address: seoul });
    expect(answered.status).toBe(422);
    expect(answered.text).toContain('The total has changed');
    expect(await lastOrder()).toEqual(before);
    const shown = await visitor.post('/en/checkout/country', { ...fields, address: seoul });
    expect(shown.text).toMatch(new RegExp(`value="${seoul}" id="address-${seoul}" checked`));
    const next = fieldsOf(shown.text);
    expect(next.expected_total).not.toBe(fields.expected_total);
    expect((await visitor.post('/en/checkout', { ...next, address: seoul })).location).toContain(
      shop.stripe.origin,
    );
    expect(await lastOrder()).toMatchObject({ country: 'KR', address1: SEOUL.address1 });
  });

  it('another address is typed, and kept only when that is ticked', async () => {
    const { visitor, userId } = await atHome(shop, { name: 'Sam Lee' });
    await save(userId, NY);
    const count = async () => (await shop.db('addresses').where({ user_id: userId })).length;
    for (const [tick, kept] of [
      ['', 1],
      ['yes', 2],
    ] as const) {
      await fillCart(shop, visitor, 'en');
      const fields = fieldsOf(await checkout(visitor));
      // Pressed without having asked for the fields: they are asked for now.
      expect((await visitor.post('/en/checkout', { ...fields, address: 'new' })).status).toBe(422);
      const shown = (await visitor.post('/en/checkout/country', { ...fields, address: 'new' })).text;
      expect(shown).toMatch(/name="name"[^>]*value="Sam Lee"/);
      expect(shown).toContain('name="postal_code"');
      expect(shown).not.toMatch(/id="save" checked/);
      const typed = {
        ...BUYERS.US,
        ...fieldsOf(shown),
        country: 'US',
        address: 'new',
        address1: `${kept} New Street`,
        save: tick,
      };
      expect((await visitor.post('/en/checkout', typed)).location).toContain(shop.stripe.origin);
      expect(await count()).toBe(kept);
    }
  });

  it('a saved address that lacks something is shown as fields, to be mended', async () => {
    const { visitor, userId } = await atHome(shop);
    const id = await save(userId, { ...NY, postalCode: '' });
    await fillCart(shop, visitor, 'en');
    const answered = await visitor.post('/en/checkout', {
      ...fieldsOf(await checkout(visitor)),
      address: id,
    });
    expect(answered.status).toBe(422);
    expect(answered.text).toContain('href="#postal_code"');
    expect(answered.text).toMatch(/name="address1"[^>]*value="1 Example Street"/);
  });

  it('answers htmx with the form alone', async () => {
    const { visitor, userId } = await atHome(shop);
    const id = await save(userId, NY);
    await fillCart(shop, visitor, 'en');
    const fields = { ...fieldsOf(await checkout(visitor)), address: id };
    const { text } = await visitor.post('/en/checkout/country', fields, {
      'hx-request': 'true',
      'hx-request-type': 'partial',
    });
    expect(text).not.toContain('<html');
    expect(text).toContain('id="checkout-form"');
  });
});

describe('row 16: somebody else’s address at checkout', () => {
  it('cannot be chosen, and nothing of it is told', async () => {
    const owner = await atHome(shop);
    const foreign = await save(owner.userId, SEOUL);
    const { visitor, userId } = await atHome(shop);
    await save(userId, NY);
    await fillCart(shop, visitor, 'en');
    const fields = fieldsOf(await checkout(visitor));
    const before = await lastOrder();
    for (const address of [foreign, '0', '-1', 'x', `${foreign} `]) {
      for (const path of ['/en/checkout', '/en/checkout/country']) {
        const answered = await visitor.post(path, { ...fields, address });
        expect(answered.status, `${path} ${address}`).toBe(422);
        expect(answered.text).toContain('Choose one of your addresses');
        expect(answered.text).not.toContain(SEOUL.address1);
      }
    }
    expect(await lastOrder()).toEqual(before);
  });

  it('means nothing to a guest', async () => {
    const owner = await atHome(shop);
    const foreign = await save(owner.userId, SEOUL);
    const guest = createVisitor(shop.origin);
    await fillCart(shop, guest, 'en');
    await guest.post('/en/country', { country: 'US', return_to: '/en/checkout' });
    const fields = fieldsOf(await checkout(guest));
    const answered = await guest.post('/en/checkout', { ...fields, address: foreign });
    expect(answered.status).toBe(422);
    expect(answered.text).not.toContain(SEOUL.address1);
    const typed = {
      ...BUYERS.US,
      ...fields,
      email: 'g@example.com',
      country: 'US',
      address: foreign,
      save: 'yes',
    };
    expect((await guest.post('/en/checkout', typed)).location).toContain(shop.stripe.origin);
    expect(await lastOrder()).toMatchObject({ user_id: null, address1: BUYERS.US.address1 });
  });
});

describe('checkout of a guest', () => {
  it('has the eight fields, says so first, and a quiet way to sign in that comes back', async () => {
    const guest = createVisitor(shop.origin);
    await fillCart(shop, guest, 'en');
    expect((await guest.get('/en/cart')).text).toContain('Check out as guest');
    const text = await checkout(guest);
    expect(text.indexOf('checking out as a guest')).toBeLessThan(
      text.indexOf('/en/sign-in?return_to=%2Fen%2Fcheckout'),
    );
    expect(text).not.toContain('name="save"');
    expect(text).not.toContain('name="address"');
  });
});

describe('a discount once a customer', () => {
  it('is used up for a member whichever address the order is sent to, and for a guest with the member’s address', async () => {
    await makeDiscount(shop.db, { code: 'ONCEONLY', limitPerCustomer: 1 });
    const { visitor, userId, email } = await atHome(shop);
    await save(userId, NY);
    const order = async (buyer: Visitor, to: string) => {
      await fillCart(shop, buyer, 'en');
      await buyer.post('/en/cart/discount', { code: 'ONCEONLY' });
      await buyer.get('/en/cart');
      const guest = { ...BUYERS.US, country: 'US' };
      const fields = { ...guest, ...fieldsOf(await checkout(buyer)), address: '' };
      const own = /id="address" checked/.test(await checkout(buyer));
      const [first] = own
        ? await shop.db('addresses').where({ user_id: userId }).pluck<string[]>('id')
        : [''];
      return await buyer.post('/en/checkout', { ...fields, email: to, address: String(first) });
    };
    const taken = await order(visitor, 'other@example.com');
    expect(taken.location).toContain(shop.stripe.origin);
    const { provider_id } = await shop
      .db('payments')
      .orderBy('id', 'desc')
      .first<{ provider_id: string }>('provider_id');
    const { location } = await shop.stripe.pay(provider_id);
    await visitor.open(location);
    await shop.settled();
    expect(await shop.db('discount_claims').orderBy('id', 'desc').first('customer', 'state')).toEqual({
      customer: email,
      state: 'redeemed',
    });
    for (const [buyer, to] of [
      [visitor, 'third@example.com'],
      [visitor, email],
      [createVisitor(shop.origin), email],
    ] as const) {
      const answered = await order(buyer, to);
      expect(answered.status, to).toBe(422);
      expect(answered.text).toContain('ONCEONLY does not apply');
    }
  });
});
