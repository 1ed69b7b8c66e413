import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { eraseAccount, scrubDueOrders } from '../../src/my-account/actions/erase.js';
import { askExport, makeExport } from '../../src/my-account/actions/export.js';
import { addMs, DAY } from '../../src/lib/time.js';
import { atHome, makeCustomer, PASSWORD, signIn } from '../support/customer.js';
import { lettersTo } from '../support/letter-links.js';
import { fillCart, payOrder, placeOrder } from '../support/purchase.js';
import { closeReturn } from '../../src/returns/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { delivered, STAFF } from '../returns/make.js';
import { returnedOrder } from '../support/returned.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(async () => await shop.close());
afterEach(async () => expect(await audit(shop.db)).toEqual([]));

const YEAR = 366 * DAY;
const give = (userId: number, number: string) =>
  shop.db('orders').where({ number }).update({ user_id: userId });
const newestOrder = () =>
  shop.db('orders').orderBy('id', 'desc').first<{ id: number; number: string }>('id', 'number');
const orderOf = (number: string) => shop.db('orders').where({ number }).first<Record<string, unknown>>('*');

async function withDelivered() {
  const owner = await atHome(shop);
  await delivered(shop, { locale: 'en', country: 'US', provider: 'stripe' });
  const { number } = await newestOrder();
  await give(owner.userId, number);
  return { ...owner, number };
}

test('a user is erased by typing their address: nothing names them but the order the law keeps, and a letter says so', async () => {
  const { visitor, userId, email, number } = await withDelivered();
  await fillCart(shop, visitor, 'en');
  await shop.db('users').where({ id: userId }).update({ phone: '+821012345678' });
  await shop.db('identities').insert({
    user_id: userId,
    provider: 'google',
    subject: 'g-1',
    email,
    email_verified: true,
    created_at: shop.now(),
    used_at: shop.now(),
  });
  await shop
    .db('consents')
    .insert({ user_id: userId, kind: 'terms', version: '1', given: true, at: shop.now() });
  await visitor.post('/en/account/export', {});
  const page = (await visitor.get('/en/account/erasure')).text;
  expect(page).toContain('1 paid order with its payment and receipt');
  expect(await visitor.post('/en/account/erasure', { email: ` ${email.toUpperCase()} ` })).toMatchObject({
    status: 303,
    location: '/en/account-erased',
  });
  expect((await visitor.get('/en/account-erased')).text).toContain('Your account is erased');
  expect((await visitor.get('/en/account')).location).toContain('/sign-in');

  expect(
    await shop.db('users').where({ id: userId }).first('email', 'name', 'phone', 'password_hash'),
  ).toEqual({
    email: `erased-${userId}@erased.invalid`,
    name: '',
    phone: '',
    password_hash: null,
  });
  // A letter about the export may have been on its way in the same moment.
  await shop.settled();
  for (const table of ['identities', 'user_tokens', 'addresses', 'sign_ins', 'data_exports', 'carts'])
    expect(await shop.db(table).where({ user_id: userId }), table).toEqual([]);
  expect(await shop.db('account_events').where({ user_id: userId }).pluck('kind')).toEqual(['erased']);
  expect(await shop.db('consents').where({ user_id: userId })).toHaveLength(1);

  const letters = await lettersTo(shop, email);
  expect(letters[0]).toMatchObject({ subject: 'Your account at Trainium is erased' });
  expect(letters[0]!.text).toMatch(/Paid orders that stay: 1, the last until \d/);
  expect(await shop.db('erasures').where({ user_id: userId }).first('email', 'kept_orders')).toEqual({
    email: null,
    kept_orders: 1,
  });
  // The person's own address is in no row but the order's and its letters'.
  expect(await shop.db('letters').where({ recipient: email })).toEqual([]);
  expect(await orderOf(number)).toMatchObject({ user_id: userId, scrubbed_at: null });
}, 60_000);

test('the address is free again, and what is registered with it gets nothing of the one before', async () => {
  const { userId, email, number } = await withDelivered();
  await shop.db('orders').where({ number }).update({ email });
  expect(await eraseAccount(shop.db, { userId, typed: email, now: shop.now() })).toEqual({ ok: true });
  await shop.settled();
  const tried = await createVisitor(shop.origin).post('/en/sign-in', { email, password: PASSWORD });
  expect(tried.status).toBe(422);
  const again = await atHome(shop, { email });
  expect((await again.visitor.get('/en/account/orders')).text).not.toContain(number);
});

describe('nothing is erased', () => {
  test.each(['', 'other@example.com'])('when %j is typed in place of the address', async typed => {
    const { visitor, userId } = await atHome(shop);
    const { status, text } = await visitor.post('/en/account/erasure', { email: typed });
    expect(status).toBe(422);
    expect(text).toContain('<title>Error: Erase my account');
    expect(text).toContain('href="#email"');
    expect(await shop.db('users').where({ id: userId }).whereNull('erased_at')).toHaveLength(1);
  });

  test('while an order waits for its money, is on its way or comes back; the page says which', async () => {
    const { visitor, userId, email } = await atHome(shop);
    const refused = async (words: string) => {
      const page = (await visitor.get('/en/account/erasure')).text;
      expect(page).toContain(words);
      expect(page).not.toContain('name="email"');
      expect((await visitor.post('/en/account/erasure', { email })).location).toBe('/en/account/erasure');
      expect(await eraseAccount(shop.db, { userId, typed: email, now: shop.now() })).toEqual({
        ok: false,
        reason: 'under-way',
      });
    };
    const placed = await placeOrder(shop, { locale: 'en', country: 'US', provider: 'stripe' });
    await give(userId, placed.number);
    await refused('it waits for its payment');
    await payOrder(shop, placed, 'stripe');
    await refused('it is on its way to you');
    await shop.db('orders').where({ number: placed.number }).update({ user_id: null });
    await returnedOrder(shop, { locale: 'en', country: 'US', provider: 'stripe' });
    await give(userId, (await newestOrder()).number);
    await refused('goods of it are coming back');
  }, 60_000);

  test('of staff, as long as they are', async () => {
    const { userId, email } = await makeCustomer(shop);
    await shop.db('users').where({ id: userId }).update({ role: 'staff' });
    expect(await eraseAccount(shop.db, { userId, typed: email, now: shop.now() })).toEqual({
      ok: false,
      reason: 'staff',
    });
  });

  test('for a guest, and for whoever has not shown for a quarter of an hour who they are', async () => {
    const guest = createVisitor(shop.origin);
    expect((await guest.post('/en/account/erasure', { email: 'a@example.com' })).location).toBe(
      '/en/sign-in',
    );
    const { visitor, userId, email } = await atHome(shop);
    await shop
      .db('sign_ins')
      .where({ user_id: userId })
      .update({ confirmed_at: new Date(0) });
    expect((await visitor.post('/en/account/erasure', { email })).location).toContain(
      '/en/sign-in/confirmation',
    );
    expect((await visitor.get('/en/account/erasure')).location).toContain('/en/sign-in/confirmation');
    expect(await shop.db('users').where({ id: userId }).whereNull('erased_at')).toHaveLength(1);
  });
});

test('of two who erase at once one does, and one letter goes', async () => {
  const { userId, email } = await atHome(shop);
  const erase = () => eraseAccount(shop.db, { userId, typed: email, now: shop.now() });
  const results = await Promise.all([erase(), erase(), erase()]);
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(results.filter(result => !result.ok && result.reason === 'gone')).toHaveLength(2);
  expect(await lettersTo(shop, email)).toHaveLength(1);
});

test('an export under way ends with the account: no file stays, and no letter about one goes', async () => {
  for (let round = 0; round < 4; round += 1) {
    const { userId, email } = await makeCustomer(shop);
    const now = shop.now();
    const erase = () => eraseAccount(shop.db, { userId, typed: email, now });
    await askExport(shop.db, { userId, locale: 'en', now });
    const { id: exportId } = await shop
      .db('data_exports')
      .where({ user_id: userId })
      .first<{ id: number }>('id');
    const make = () => makeExport({ db: shop.db, shop: 'Trainium' }, { exportId, now });
    await Promise.all(round % 2 ? [make(), erase()] : [erase(), make()]);
    await shop.settled();
    expect(await shop.db('data_exports').where({ user_id: userId })).toEqual([]);
    expect(await askExport(shop.db, { userId, locale: 'en', now }).catch(() => false)).toBe(true);
    await shop.settled();
    expect(await shop.db('data_exports').where({ user_id: userId }).whereNotNull('body')).toEqual([]);
    await shop.db('data_exports').where({ user_id: userId }).delete();
  }
});

test('other browsers that are signed in are out on their next request', async () => {
  const { visitor, email, userId } = await atHome(shop);
  const other = await signIn(shop, email);
  await visitor.post('/en/account/erasure', { email });
  expect((await other.get('/en/account')).location).toContain('/sign-in');
  expect(await shop.db('users').where({ id: userId }).whereNotNull('erased_at')).toHaveLength(1);
});

describe('the years of an order', () => {
  test('after three what was written about a return goes, after five the person; figures and history stay', async () => {
    const { userId, email } = await atHome(shop);
    await returnedOrder(shop, { locale: 'en', country: 'US', provider: 'stripe' });
    const { id: orderId, number } = await newestOrder();
    await give(userId, number);
    const before = await orderOf(number);
    const { id: returnId } = await shop
      .db('returns')
      .where({ order_id: orderId })
      .first<{ id: number }>('id');
    await inTransaction(shop.db, tx => closeReturn(tx, { returnId, actor: STAFF, now: shop.now() }));
    expect(await eraseAccount(shop.db, { userId, typed: email, now: shop.now() })).toEqual({ ok: true });
    const notes = () => shop.db('returns').where({ order_id: orderId }).pluck('note');
    const pictures = () =>
      shop.db('return_images').join('returns', 'returns.id', 'return_id').where({ order_id: orderId });

    await scrubDueOrders(shop.db, { now: addMs(shop.now(), 2 * YEAR) });
    expect(await pictures()).toHaveLength(2);
    await scrubDueOrders(shop.db, { now: addMs(shop.now(), 3 * YEAR) });
    expect(await pictures()).toEqual([]);
    expect(await notes()).toEqual(['']);
    expect(await orderOf(number)).toMatchObject({ name: before.name, scrubbed_at: null });
    await scrubDueOrders(shop.db, { now: addMs(shop.now(), 5 * YEAR) });
    await shop.settled();
    const after = await orderOf(number);
    expect(after).toMatchObject({
      email: '',
      name: '',
      phone: '',
      address1: '',
      note: '',
      total: before.total,
    });
    expect(after.scrubbed_at).not.toBeNull();
    const letters = await shop
      .db('letters')
      .join('events', 'events.id', 'event_id')
      .whereRaw(`(payload ->> 'orderId')::bigint = ?`, [orderId])
      .pluck<string[]>('recipient');
    expect(new Set(letters)).toEqual(new Set([`order-${orderId}`]));
    // Nothing is left to do, and nothing is done twice.
    await scrubDueOrders(shop.db, { now: addMs(shop.now(), 6 * YEAR) });
    expect((await orderOf(number)).scrubbed_at).toEqual(after.scrubbed_at);
  }, 60_000);

  test('an order that was never paid, and can never be, names nobody at once', async () => {
    const { userId, email } = await atHome(shop);
    const placed = await placeOrder(shop, { locale: 'en', country: 'US', provider: 'stripe' });
    await give(userId, placed.number);
    await placed.visitor.post(`/en/orders/${placed.number}/cancellation`, {});
    await shop.settled();
    expect(await orderOf(placed.number)).toMatchObject({ state: 'canceled' });
    expect(await eraseAccount(shop.db, { userId, typed: email, now: shop.now() })).toEqual({ ok: true });
    const { id } = await orderOf(placed.number);
    const watched = await shop
      .db('payments')
      .where({ order_id: id as number })
      .whereNotNull('check_at');
    // As long as the provider may still tell of money, the order has to know whose it is.
    expect((await orderOf(placed.number)).name).toBe(watched.length > 0 ? 'Sam Lee' : '');
    await shop
      .db('payments')
      .where({ order_id: id as number })
      .update({ check_at: null });
    await scrubDueOrders(shop.db, { now: shop.now() });
    expect(await orderOf(placed.number)).toMatchObject({ name: '', email: '', address1: '' });
  });

  test('orders of those who stay are left alone', async () => {
    const { number } = await withDelivered();
    await scrubDueOrders(shop.db, { now: addMs(shop.now(), 9 * YEAR) });
    expect(await orderOf(number)).toMatchObject({ scrubbed_at: null });
  });
});
