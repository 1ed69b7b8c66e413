import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { depositOrders } from '../support/deposit-pages.js';
import { startShop, type Shop } from '../support/shop.js';
import { atTheDesk } from '../support/staff.js';
import type { Visitor } from '../support/visitor.js';

const ACCOUNT = { bank: '88', account_number: '110-123-456789', holder: '김민지' };

let shop: Shop;
let admin: Visitor;
let staff: Visitor;
let number: string;
let order: string;
let form: string;
beforeAll(async () => {
  shop = await startShop();
  admin = (await atTheDesk(shop)).visitor;
  staff = (await atTheDesk(shop, { role: 'staff' })).visitor;
  ({ number } = (await depositOrders(shop, 'ko')).unnamed);
  order = `/admin/orders/${number}`;
  form = `${order}/refund-account`;
});
afterAll(async () => {
  expect(await audit(shop.db)).toEqual([]);
  await shop.close();
});

const refunds = () =>
  shop
    .db('refunds')
    .join('payments', 'payments.id', 'refunds.payment_id')
    .join('orders', 'orders.id', 'payments.order_id')
    .where('orders.number', number)
    .select<{ state: string; amount: number; refund_account: unknown }[]>(
      'refunds.state',
      'refunds.amount',
      'refunds.refund_account',
    );
const states = async () => (await refunds()).map(({ state }) => state);
const log = () => shop.db('audit_log').where({ subject: `order:${number}` });

test('is asked for at the order of a deposit that goes back, and only of who may give money back', async () => {
  const { text } = await admin.get(order);
  expect(text).toContain('goes back as soon as the buyer’s account is known');
  expect(text).toContain(`href="${form}"`);
  const shown = await staff.get(order);
  expect(shown.text).toContain('as soon as the buyer’s account is known');
  expect(shown.text).not.toContain(form);
  expect((await staff.get(form)).status).toBe(403);
  expect((await staff.post(form, ACCOUNT)).status).toBe(403);
  expect(await states()).toEqual(['needs_account']);
});

test.each([
  [{ ...ACCOUNT, bank: '99' }, 'bank', 'Choose the bank of the account.'],
  [{ ...ACCOUNT, account_number: '<b>1</b>' }, 'account_number', 'Enter the account number: 6 to 20 digits.'],
  [{ ...ACCOUNT, holder: ' ' }, 'holder', 'Enter the name of the account holder'],
])('form %# comes back as typed, with what to mend at %s', async (typed, field, words) => {
  const { status, text } = await admin.post(form, typed);
  expect(status).toBe(422);
  expect(text).toMatch(/<title>Error:/);
  expect(text).toContain(`href="#${field}"`);
  expect(text).toContain(`id="${field}-error">${words}`);
  expect(text).not.toContain('<b>1</b>');
  if (field !== 'holder') expect(text).toContain('value="김민지"');
  expect(await states()).toEqual(['needs_account']);
  expect(await log()).toEqual([]);
});

test('is taken once for two clicks: the money goes there, the log names who did it and not the account', async () => {
  const asked = () => shop.toss.requests().filter(({ path }) => path.endsWith('/cancel'));
  const before = asked().length;
  const answers = await Promise.all([admin.post(form, ACCOUNT), admin.post(form, ACCOUNT)]);
  for (const { status, location } of answers) expect([status, location]).toEqual([303, `${order}#refunds`]);
  await shop.settled();
  expect(await states()).toEqual(['succeeded']);
  expect(asked()).toHaveLength(before + 1);
  expect(JSON.parse(asked().at(-1)!.body)).toMatchObject({
    refundReceiveAccount: { bank: '88', accountNumber: '110123456789', holderName: '김민지' },
  });
  const logged = await log();
  expect(logged.map(({ action }) => action as string)).toEqual(['order.refund-account']);
  expect(JSON.stringify(logged)).not.toMatch(/110123456789|김민지/);
});

test('of nothing that waits is not taken, and the page says so', async () => {
  expect((await admin.get(order)).text).not.toContain(form);
  const { status, location } = await admin.post(form, ACCOUNT);
  expect([status, location]).toEqual([303, `${order}#refunds`]);
  expect((await admin.get(order)).text).toContain('no refund of this order waits for an account');
  expect((await admin.get(form)).status).toBe(303);
  expect((await admin.get('/admin/orders/K7MT-Q4RD/refund-account')).status).toBe(404);
});
