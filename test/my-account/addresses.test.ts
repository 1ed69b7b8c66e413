import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MAX_ADDRESSES, removeAddress, saveAddress } from '../../src/accounts/index.js';
import { audit } from '../../src/audit/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { atHome, makeCustomer } from '../support/customer.js';
import { BUYERS } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor, type Visitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => void (shop = await startShop()));
afterAll(() => shop.close());
afterEach(async () => expect(await audit(shop.db)).toEqual([]));

const LIST = '/en/account/addresses';
const typed = (country: 'KR' | 'UZ' | 'US', more: Record<string, string> = {}) => {
  const { email: _, ...address } = BUYERS[country];
  return { ...address, country, form_country: country, ...more };
};
const saved = (userId: number) =>
  shop
    .db('addresses')
    .where({ user_id: userId })
    .orderBy('id')
    .select<
      { id: number; country: string; name: string; phone: string; is_default: boolean; postal_code: string }[]
    >();
const add = async (visitor: Visitor, country: 'KR' | 'UZ' | 'US', more = {}) => {
  const answered = await visitor.post(LIST, typed(country, more));
  expect(answered.location).toBe(LIST);
};

describe('saved addresses', () => {
  it.each(['KR', 'UZ', 'US'] as const)(
    'one in %s is added as its country writes it, and shown',
    async country => {
      const { visitor, userId } = await atHome(shop);
      expect((await visitor.get(LIST)).text).toContain('not saved an address yet');
      await add(visitor, country);
      const [address] = await saved(userId);
      expect(address).toMatchObject({ country, name: BUYERS[country].name, is_default: true });
      expect(address!.phone).toMatch(/^\+\d+$/);
      expect((await visitor.get(LIST)).text).toContain(BUYERS[country].address1);
      expect((await visitor.get(`${LIST}/${address!.id}`)).text).toContain(
        `value="${BUYERS[country].address1}"`,
      );
    },
  );

  it('a form that lacks something comes back as typed and says what', async () => {
    const { visitor, userId } = await atHome(shop);
    const answered = await visitor.post(LIST, typed('KR', { address1: '', postal_code: '12' }));
    expect(answered.status).toBe(422);
    expect(answered.text).toMatch(/<title>Error: Add an address/);
    expect(answered.text).toContain('href="#postal_code"');
    expect(answered.text).toContain('href="#address1"');
    expect(answered.text).toContain('value="12"');
    expect((await visitor.post(LIST, typed('KR', { country: 'XX' }))).status).toBe(422);
    expect(await saved(userId)).toEqual([]);
  });

  it('another country’s fields are shown on request, and what was typed stays', async () => {
    const { visitor, userId } = await atHome(shop);
    const fields = { ...typed('US'), country: 'UZ' };
    const shown = await visitor.post(LIST, { ...fields, show: 'yes' });
    expect(shown.status).toBe(200);
    expect(shown.text).toContain('<select id="region"');
    expect(shown.text).toContain(`value="${BUYERS.US.name}"`);
    // Saved at once instead: nothing is kept that Uzbekistan cannot deliver to.
    expect((await visitor.post(LIST, fields)).status).toBe(422);
    expect(await saved(userId)).toEqual([]);
    const fragment = await visitor.post(
      LIST,
      { ...fields, show: 'yes' },
      { 'hx-request': 'true', 'hx-request-type': 'partial' },
    );
    expect(fragment.text).not.toContain('<html');
    expect(fragment.text).toContain('id="address-form"');
  });

  it('is changed, made the default and removed; the newest takes the place of the default', async () => {
    const { visitor, userId } = await atHome(shop);
    await add(visitor, 'US');
    await add(visitor, 'KR');
    await add(visitor, 'UZ');
    const [us, kr, uz] = await saved(userId);
    expect([us, kr, uz].map(each => each!.is_default)).toEqual([true, false, false]);
    await visitor.post(`${LIST}/${kr!.id}`, typed('KR', { name: '이서연' }));
    expect((await saved(userId))[1]!.name).toBe('이서연');
    await visitor.post(`${LIST}/${kr!.id}/default`, {});
    expect((await saved(userId)).map(each => each.is_default)).toEqual([false, true, false]);
    expect((await visitor.get(`${LIST}/${kr!.id}/removal`)).text).toContain('이서연');
    for (const _ of [1, 2]) expect((await visitor.post(`${LIST}/${kr!.id}/removal`, {})).location).toBe(LIST);
    expect((await saved(userId)).map(({ id, is_default }) => [id, is_default])).toEqual([
      [us!.id, false],
      [uz!.id, true],
    ]);
    await visitor.post(`${LIST}/${us!.id}`, typed('US', { default: 'yes' }));
    expect((await saved(userId)).map(each => each.is_default)).toEqual([true, false]);
  });

  it('a form that arrives twice saves once; the limit holds for many at once', async () => {
    const { userId } = await makeCustomer(shop);
    const address = {
      name: 'Sam',
      phone: '+12125550142',
      country: 'US',
      region: 'NY',
      city: 'New York',
      postalCode: '10001',
      address1: '1 Example Street',
      address2: '',
    };
    const save = (address2: string) =>
      inTransaction(shop.db, tx =>
        saveAddress(tx, { userId, address: { ...address, address2 }, asDefault: true, now: shop.now() }),
      );
    await Promise.all([save(''), save(''), save('')]);
    expect(await saved(userId)).toHaveLength(1);
    const results = await Promise.all(
      Array.from({ length: MAX_ADDRESSES + 4 }, (_, index) => save(`flat ${index}`)),
    );
    expect(results.filter(result => !result.ok)).toHaveLength(5);
    const all = await saved(userId);
    expect(all).toHaveLength(MAX_ADDRESSES);
    expect(all.filter(each => each.is_default)).toHaveLength(1);
    await Promise.all(
      all
        .slice(0, 10)
        .map(({ id }) =>
          inTransaction(shop.db, tx => removeAddress(tx, { userId, addressId: id, now: shop.now() })),
        ),
    );
    expect((await saved(userId)).filter(each => each.is_default)).toHaveLength(1);
  });

  it('a full book says so', async () => {
    const { visitor, userId } = await atHome(shop);
    for (let index = 0; index < MAX_ADDRESSES; index += 1)
      await add(visitor, 'US', { address2: `flat ${index}` });
    expect((await visitor.get(LIST)).text).toContain(`up to ${MAX_ADDRESSES} addresses`);
    const answered = await visitor.post(LIST, typed('US', { address2: 'one more' }));
    expect(answered.status).toBe(422);
    expect(await saved(userId)).toHaveLength(MAX_ADDRESSES);
  });

  it('signed out leads to signing in', async () => {
    const nobody = createVisitor(shop.origin);
    expect((await nobody.get(LIST)).location).toMatch(/^\/en\/sign-in\?return_to=/);
    expect((await nobody.post(LIST, typed('US'))).location).toMatch(/^\/en\/sign-in/);
  });
});

describe('row 16: an address of somebody else', () => {
  it('is not shown, changed, chosen or removed by its id, wherever an id stands', async () => {
    const owner = await atHome(shop);
    await add(owner.visitor, 'KR');
    const [before] = await saved(owner.userId);
    const { visitor: other } = await atHome(shop);
    const at = `${LIST}/${before!.id}`;
    for (const path of [at, `${at}/removal`]) {
      const answered = await other.get(path);
      expect(answered.status).toBe(404);
      expect(answered.text).not.toContain(BUYERS.KR.name);
    }
    expect((await other.post(at, typed('US'))).status).toBe(404);
    expect((await other.post(`${at}/default`, {})).status).toBe(404);
    await other.post(`${at}/removal`, {});
    for (const id of ['0', '-1', '1.5', 'x', '99999999999999999999', '1%20or%201=1'])
      expect((await other.get(`${LIST}/${id}`)).status, id).toBe(404);
    expect(await saved(owner.userId)).toEqual([before]);
  });
});
