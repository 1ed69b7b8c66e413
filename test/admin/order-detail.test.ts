import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { placeOrder, payOrder, type Placed } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';
import { atTheDesk } from '../support/staff.js';
import type { Visitor } from '../support/visitor.js';

let shop: Shop;
let admin: Visitor;
let staff: Visitor;
let adminId: number;
beforeAll(async () => {
  shop = await startShop();
  const boss = await atTheDesk(shop);
  admin = boss.visitor;
  adminId = boss.userId;
  staff = (await atTheDesk(shop, { role: 'staff' })).visitor;
});
afterAll(async () => {
  expect(await audit(shop.db)).toEqual([]);
  await shop.close();
});

const buy = async (pay = true): Promise<Placed & { path: string; id: number; lineId: number }> => {
  const placed = await placeOrder(shop, { locale: 'en', country: 'US', provider: 'stripe' });
  if (pay) await payOrder(shop, placed, 'stripe');
  const order = await shop.db('orders').where({ number: placed.number }).first<{ id: number }>('id');
  const line = await shop.db('order_lines').where({ order_id: order.id }).first<{ id: number }>('id');
  return { ...placed, path: `/admin/orders/${placed.number}`, id: order.id, lineId: line.id };
};
const stateOf = async (id: number) =>
  (await shop.db('orders').where({ id }).first<{ state: string }>('state')).state;
const logOf = async (number: string) =>
  await shop
    .db('audit_log')
    .where({ subject: `order:${number}` })
    .orderBy('id')
    .select<{ action: string; user_id: number; before: unknown; after: unknown; request_id: string }[]>();
const field = (html: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

test('a number that no order has is not found', async () => {
  expect((await admin.get('/admin/orders/K7MT-Q4RD')).status).toBe(404);
  expect((await admin.get('/admin/orders/nonsense')).status).toBe(404);
  expect((await admin.post('/admin/orders/K7MT-Q4RD/fulfilment', {})).status).toBe(404);
});

test('a paid order shows lines, money, the provider’s references and what happened', async () => {
  const { path, providerId, number, id } = await buy();
  const { status, text } = await admin.get(path);
  expect(status).toBe(200);
  const payment = await shop.db('payments').where({ order_id: id }).first<{ reference: string }>();
  for (const said of [
    number,
    providerId,
    payment.reference,
    'checkout.session.completed',
    'sam.lee@example.com',
  ])
    expect(text).toContain(said);
  expect(text).toContain('Waiting for payment → Paid');
  expect(text).toContain('Letter “order complete” sent to sam.lee@example.com');
  for (const action of ['/fulfilment', '/parcels', '/refund', '/cancellation'])
    expect(text).toContain(`${path}${action}"`);
});

test('what the state does not allow is not offered', async () => {
  const { path } = await buy(false);
  const { text } = await admin.get(path);
  expect(text).toContain(`${path}/cancellation"`);
  for (const action of ['/fulfilment', '/parcels', '/refund'])
    expect(text).not.toContain(`${path}${action}"`);
});

test('staff are not offered what their role may not do', async () => {
  const { path } = await buy();
  const { text } = await staff.get(path);
  expect(text).toContain(`${path}/parcels"`);
  expect(text).not.toContain(`${path}/refund"`);
  expect(text).not.toContain(`${path}/cancellation"`);
  expect((await staff.get(`${path}/refund`)).status).toBe(403);
  expect((await staff.post(`${path}/cancellation`, {})).status).toBe(403);
});

describe('parcels', () => {
  test('are sent and delivered, and the log says who, from what, to what', async () => {
    const { path, id, lineId, number } = await buy();
    const form = await admin.get(`${path}/parcels`);
    expect(field(form.text, `quantity_${lineId}`) || form.text).toContain('1');
    const token = field(form.text, 'token');
    const sent = {
      token,
      send: 'now',
      [`quantity_${lineId}`]: '1',
      carrier: 'cj',
      tracking_number: '1234 5678 9012',
    };
    const answered = await admin.post(`${path}/parcels`, sent);
    expect([answered.status, answered.location]).toEqual([303, `${path}#parcels`]);
    expect(await stateOf(id)).toBe('shipped');
    // The same form once more is the same parcel.
    await admin.post(`${path}/parcels`, sent);
    const parcels = await shop
      .db('shipments')
      .where({ order_id: id })
      .select<{ id: number; tracking_number: string }[]>();
    expect(parcels.map(({ tracking_number }) => tracking_number)).toEqual(['123456789012']);
    const parcel = `${path}/parcels/${parcels[0]!.id}`;
    await admin.post(parcel, { carrier: 'hanjin', tracking_number: '999988887777' });
    await admin.post(`${parcel}/delivery`, {});
    await admin.post(`${parcel}/delivery`, {});
    expect(await stateOf(id)).toBe('delivered');
    const log = await logOf(number);
    expect(
      log.map(({ action, before, after }) => [action, before, (after as { state: string }).state]),
    ).toEqual([
      ['order.ship', { state: 'paid' }, 'shipped'],
      ['order.tracking', { state: 'shipped' }, 'shipped'],
      ['order.deliver', { state: 'shipped' }, 'delivered'],
    ]);
    expect(log.every(({ user_id, request_id }) => user_id === adminId && request_id.length > 10)).toBe(true);
    const { text } = await admin.get(path);
    expect(text).toContain('href="https://www.hanjin.com/');
    expect(text).toContain('number corrected to 999988887777');
    expect(text).toContain('Desk admin');
  });

  test('come back as typed when something is missing', async () => {
    const { path, id, lineId } = await buy();
    const token = field((await admin.get(`${path}/parcels`)).text, 'token');
    const quantity = `quantity_${lineId}`;
    for (const [fields, error] of [
      [{ [quantity]: '1', carrier: 'cj', tracking_number: 'x' }, 'does not look like one of this carrier'],
      [{ [quantity]: '1', carrier: '', tracking_number: '' }, 'Choose who carries it.'],
      [{ [quantity]: '7', carrier: 'cj', tracking_number: '123456789012' }, 'Fewer pieces are left'],
      [{ [quantity]: 'many', carrier: 'cj', tracking_number: '123456789012' }, 'Enter a number of pieces'],
      [{ [quantity]: '0', carrier: 'cj', tracking_number: '123456789012' }, 'Enter at least one piece'],
    ] as const) {
      const answered = await admin.post(`${path}/parcels`, { token, send: 'now', ...fields });
      expect(answered.status).toBe(422);
      expect(answered.text).toContain('<title>Error: ');
      expect(answered.text).toContain(error);
      expect(answered.text).toContain(`value="${fields.tracking_number}"`);
      expect(field(answered.text, 'token')).toBe(token);
    }
    expect(await stateOf(id)).toBe('paid');
  });

  test('of another order are not found', async () => {
    const one = await buy();
    const other = await buy();
    const token = field((await admin.get(`${one.path}/parcels`)).text, 'token');
    await admin.post(`${one.path}/parcels`, { token, send: 'later', [`quantity_${one.lineId}`]: '1' });
    const { id } = await shop.db('shipments').where({ order_id: one.id }).first<{ id: number }>('id');
    expect((await admin.get(`${other.path}/parcels/${id}`)).status).toBe(404);
    expect((await admin.post(`${other.path}/parcels/${id}/unpacking`, {})).status).toBe(404);
    expect((await admin.post(`${one.path}/parcels/${id}/delivery`, {})).status).toBe(303);
    expect((await admin.get(one.path)).text).toContain('Not done: the parcel has not left.');
    await admin.post(`${one.path}/parcels/${id}/unpacking`, {});
    expect(await shop.db('shipments').where({ order_id: one.id })).toEqual([]);
  });
});

describe('a refund', () => {
  test('says how much it would be, then does exactly that, once', async () => {
    const { path, id, lineId, number } = await buy();
    const quantity = `quantity_${lineId}`;
    const empty = await admin.get(`${path}/refund`);
    expect(empty.status).toBe(200);
    expect(empty.text).not.toContain('name="expected"');
    const shown = await admin.get(`${path}/refund?${quantity}=1&restock_${lineId}=yes&cause=Damaged`);
    const expected = field(shown.text, 'expected');
    const token = field(shown.text, 'token');
    const line = await shop
      .db('order_lines')
      .where({ id: lineId })
      .first<{ total: number; tax_added: boolean; tax_amount: number }>();
    expect(Number(expected)).toBe(line.total + (line.tax_added ? line.tax_amount : 0));
    const fields = { [quantity]: '1', [`restock_${lineId}`]: 'yes', cause: 'Damaged', token, expected };
    const [first, second] = await Promise.all([
      admin.post(`${path}/refund`, fields),
      admin.post(`${path}/refund`, fields),
    ]);
    expect([first.location, second.location]).toEqual([`${path}#refunds`, `${path}#refunds`]);
    await shop.settled();
    const refunds = await shop
      .db('order_refunds')
      .where({ order_id: id })
      .select<{ amount: number; cause: string }[]>();
    expect(refunds.map(({ amount, cause }) => [amount, cause])).toEqual([[Number(expected), 'Damaged']]);
    expect((await logOf(number)).map(({ action }) => action)).toEqual(['order.refund']);
    const { text } = await admin.get(path);
    expect(text).toContain('1 piece refunded');
    expect(text).toContain('Damaged');
  });

  test.each([
    ['quantity_LINE=5', 'Fewer pieces are left'],
    ['delivery=999999', 'at most what is left of the delivery'],
    ['delivery=ten', 'at most what is left of the delivery'],
    ['quantity_LINE=-1', 'Enter a number of pieces'],
  ])('of %s names the rule', async (query, error) => {
    const { path, lineId } = await buy();
    const { status, text } = await admin.get(`${path}/refund?${query.replace('LINE', String(lineId))}`);
    expect(status).toBe(422);
    expect(text).toContain(error);
    expect(text).not.toContain('name="expected"');
  });

  test('of another amount than was shown is not done', async () => {
    const { path, id, lineId } = await buy();
    const shown = await admin.get(`${path}/refund?quantity_${lineId}=1`);
    const fields = { [`quantity_${lineId}`]: '1', token: field(shown.text, 'token'), expected: '1' };
    const { location } = await admin.post(`${path}/refund`, fields);
    expect(location).toContain(`${path}/refund?quantity_${lineId}=1`);
    expect((await admin.get(location!)).text).toContain('the order changed in the meantime');
    expect(await shop.db('order_refunds').where({ order_id: id })).toEqual([]);
  });

  test('of another order cannot be tried again through this one', async () => {
    const { path } = await buy();
    expect((await admin.post(`${path}/refunds/1/retry`, {})).status).toBe(404);
    expect((await admin.post(`${path}/refunds/x/retry`, {})).status).toBe(404);
  });
});

describe('canceling', () => {
  test('an unpaid order closes the payment page first', async () => {
    const { path, id, number } = await buy(false);
    expect((await staff.get(`${path}/cancellation`)).text).toContain('Nothing was charged');
    await Promise.all([staff.post(`${path}/cancellation`, {}), staff.post(`${path}/cancellation`, {})]);
    expect(await stateOf(id)).toBe('canceled');
    expect((await logOf(number)).map(({ action, before, after }) => [action, before, after])).toEqual([
      ['order.cancel', { state: 'pending' }, { state: 'canceled' }],
    ]);
  });

  test('a paid order gives the money back', async () => {
    const { path, id, number } = await buy();
    await admin.post(`${path}/cancellation`, {});
    await admin.post(`${path}/cancellation`, {});
    await shop.settled();
    expect(await stateOf(id)).toBe('canceled');
    const payment = await shop.db('payments').where({ order_id: id }).first<{ state: string }>('state');
    expect(payment.state).toBe('refunded');
    expect((await logOf(number)).map(({ action }) => action)).toEqual(['order.cancel']);
  });
});

describe('a note', () => {
  test('is in the history for staff and nowhere on the buyer’s page, whatever it holds', async () => {
    const { path, link } = await buy();
    const attack = '<script>alert(1)</script> "quoted" & \u202Edrawkcab';
    await staff.post(`${path}/notes`, { text: attack });
    const { text } = await admin.get(path);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toContain('<script>alert');
    expect((await admin.get(link)).text).not.toContain('alert(1)');
  });

  test('without words is refused', async () => {
    const { path } = await buy();
    await staff.post(`${path}/notes`, { text: '   ' });
    expect((await staff.get(path)).text).toContain('the note is empty');
  });
});

test('an order on hold ships nothing, and says why', async () => {
  const { path, id, lineId } = await buy();
  await shop.db('orders').where({ id }).update({ hold: 'dispute' });
  const { text } = await admin.get(path);
  expect(text).toContain('disputes the payment');
  expect(text).not.toContain(`${path}/parcels"`);
  const token = field((await admin.get(`${path}/parcels`)).text, 'token');
  await admin.post(`${path}/parcels`, {
    token,
    send: 'now',
    [`quantity_${lineId}`]: '1',
    carrier: 'cj',
    tracking_number: '123456789012',
  });
  expect((await admin.get(path)).text).toContain('Not done: the order is on hold.');
  expect(await stateOf(id)).toBe('paid');
  await shop.db('orders').where({ id }).update({ hold: null });
});

test('the same order in Korean and Uzbek shows no sentence by its key', async () => {
  const { path } = await buy();
  for (const language of ['ko', 'uz']) {
    await admin.post('/admin/language', { language });
    for (const page of [
      '/admin',
      '/admin/orders',
      path,
      `${path}/parcels`,
      `${path}/refund`,
      `${path}/cancellation`,
    ]) {
      const { status, text } = await admin.get(page);
      expect(status).toBe(200);
      expect(text.replace(/<[^>]*>/g, ' ')).not.toMatch(/\b(admin|shared|orders)\.[a-z]+/i);
    }
  }
  await admin.post('/admin/language', { language: 'en' });
});

test('a letter goes out once more at the desk’s word, once a minute, and the history says who asked', async () => {
  const { path, number, id } = await buy();
  const { text } = await staff.get(path);
  const [, action] = new RegExp(`action="(${path}/letters/\\d+)"`).exec(text) ?? [];
  expect(action).toBeDefined();
  shop.mail.clear();
  const sent = await staff.post(action!, {});
  expect([sent.status, sent.location]).toEqual([303, `${path}#story`]);
  await staff.post(action!, {});
  await shop.settled();
  expect(shop.mail.letters().map(({ subject }) => subject)).toEqual([`Order ${number} is complete`]);
  expect((await staff.get(path)).text).toContain('Letter “order complete” to be sent again');
  expect((await logOf(number)).map(({ action: done }) => done)).toEqual(['order.letter']);
  expect(await shop.db('order_events').where({ order_id: id, kind: 'letter' })).toHaveLength(1);
  const other = await buy();
  expect((await staff.post(action!.replace(path, other.path), {})).status).toBe(404);
  for (const wrong of ['0', '-1', 'x', '9'.repeat(30)])
    expect((await staff.post(`${path}/letters/${wrong}`, {})).status).toBe(404);
});
