import { afterAll, beforeAll, expect, test } from 'vitest';
import { confirmRequest, openRequestLink, requestStock } from '../../src/inventory/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { atHome } from '../support/customer.js';
import { findGoods } from '../support/goods.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ jobs: false });
});
afterAll(async () => await shop.close());

async function waitFor(email: string, { confirmed = true } = {}): Promise<number> {
  const { variantId } = await findGoods(shop.db, { locale: 'en', currency: 'USD', soldOut: true });
  const now = shop.now();
  await inTransaction(shop.db, tx => requestStock(tx, { variantId, email, locale: 'en', now }));
  const { id } = await shop
    .db('stock_requests')
    .where({ email })
    .orderBy('id', 'desc')
    .first<{ id: number }>('id');
  const token = await openRequestLink(shop.db, { requestId: id, purpose: 'confirm', now });
  if (confirmed) await confirmRequest(shop.db, { token, now });
  return id;
}

test('consent to offers is a row for each change of mind, and none when it is said again', async () => {
  const { visitor, userId } = await atHome(shop);
  const rows = () =>
    shop.db('consents').where({ user_id: userId }).orderBy('id').select('kind', 'given', 'version');
  expect((await visitor.get('/en/account/notifications')).text).not.toContain('value="yes" checked');
  const fields = { marketing: 'yes' };
  expect(await visitor.post('/en/account/notifications', fields)).toMatchObject({
    status: 303,
    location: '/en/account/notifications',
  });
  await Promise.all([1, 2, 3].map(() => visitor.post('/en/account/notifications', fields)));
  expect((await visitor.get('/en/account/notifications')).text).toContain('value="yes" checked');
  await visitor.post('/en/account/notifications', {});
  await visitor.post('/en/account/notifications', {});
  const version = expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string;
  expect(await rows()).toEqual([
    { kind: 'marketing', given: true, version },
    { kind: 'marketing', given: false, version },
  ]);
});

test('what an address waits for is listed, and ends by one button', async () => {
  const { visitor, email } = await atHome(shop);
  const id = await waitFor(email);
  const { text } = await visitor.get('/en/account/notifications');
  expect(text).toContain('One letter comes when it is back');
  expect(text).toContain(`action="/en/account/stock-requests/${id}/end"`);
  for (let twice = 0; twice < 2; twice += 1)
    expect((await visitor.post(`/en/account/stock-requests/${id}/end`, {})).status).toBe(303);
  expect((await visitor.get('/en/account/notifications')).text).toContain('You wait for no product');
  expect(await shop.db('stock_requests').where({ id }).whereNotNull('ended_at')).toHaveLength(1);
});

test("another's requests are neither seen nor ended", async () => {
  const owner = await atHome(shop);
  const id = await waitFor(owner.email, { confirmed: false });
  const other = await atHome(shop);
  expect((await other.visitor.get('/en/account/notifications')).text).toContain('You wait for no product');
  expect((await other.visitor.post(`/en/account/stock-requests/${id}/end`, {})).status).toBe(404);
  expect((await other.visitor.post('/en/account/stock-requests/x/end', {})).status).toBe(404);
  expect((await createVisitor(shop.origin).post(`/en/account/stock-requests/${id}/end`, {})).location).toBe(
    '/en/sign-in',
  );
  expect(await shop.db('stock_requests').where({ id }).whereNull('ended_at')).toHaveLength(1);
});

test('whoever registered with an address that is not theirs learns nothing of what it waits for', async () => {
  const email = 'victim@example.com';
  const id = await waitFor(email);
  const { visitor } = await atHome(shop, { email, verified: false });
  const { text } = await visitor.get('/en/account/notifications');
  expect(text).toContain('Confirm your e-mail address first');
  expect(text).not.toContain('stock-requests');
  expect((await visitor.post(`/en/account/stock-requests/${id}/end`, {})).status).toBe(404);
});
