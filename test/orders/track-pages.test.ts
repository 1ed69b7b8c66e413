import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCALES } from '../../src/lib/locale.js';
import { deliverShipment } from '../../src/orders/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { BUYERS } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';
import { buy, newNumber, send, type BoughtOrder } from './make.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ environment: { TRUST_PROXY: '1' } });
});
afterAll(() => shop.close());

const mainOf = (html: string) => /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '';
async function sent(order: BoughtOrder, number: string, lines?: { lineId: number; quantity: number }[]) {
  const result = await send(shop, order, { number, ...(lines ? { lines } : {}) });
  if (!result.ok) throw new Error(result.reason);
  return result.shipmentId;
}
const deliver = (order: BoughtOrder, shipmentId: number) =>
  inTransaction(shop.db, tx =>
    deliverShipment(tx, { orderId: order.orderId, shipmentId, actor: 'staff:1', now: shop.now() }),
  );

describe('tracking a parcel', () => {
  it.each(LOCALES)('in %s says where it is, and nothing of whose it is', async locale => {
    const order = await buy(shop, { locale, pieces: [2] });
    const number = newNumber('cj');
    const shipmentId = await sent(order, number);
    const anybody = createVisitor(shop.origin);
    const onItsWay = await anybody.get(`/${locale}/track/${number}`);
    expect(onItsWay.status).toBe(200);
    expect(onItsWay.text).toContain(`https://trace.cjlogistics.com/next/tracking.html?wblNo=${number}`);
    await deliver(order, shipmentId);
    const arrived = await anybody.get(`/${locale}/track/${number}`);
    expect(mainOf(arrived.text)).not.toBe(mainOf(onItsWay.text));
    const buyer = BUYERS[{ en: 'US', ko: 'KR', uz: 'UZ' }[locale] as 'US' | 'KR' | 'UZ'];
    for (const secret of [
      order.number,
      order.key,
      order.lines[0]!.name,
      buyer.name!,
      buyer.email!,
      buyer.address1!,
    ])
      for (const page of [onItsWay, arrived]) expect(mainOf(page.text)).not.toContain(secret);
  });

  it('takes the number as people type it, from a form without script', async () => {
    const order = await buy(shop);
    await sent(order, '555566667777');
    const anybody = createVisitor(shop.origin);
    const asked = await anybody.get('/en/track?number=5555-6666%207777');
    expect(asked.status).toBe(303);
    expect(asked.location).toBe('/en/track/555566667777');
    expect((await anybody.get('/en/track/5555-6666-7777')).status).toBe(200);
  });

  it.each(['', 'x', '<b>', '  ', 'a'.repeat(60)])('refuses %j with the form as typed', async typed => {
    const { status, text } = await createVisitor(shop.origin).get(
      `/en/track?number=${encodeURIComponent(typed)}`,
    );
    expect(status).toBe(422);
    expect(text).toMatch(/<title>Error: /);
    expect(text).toContain('id="number-error"');
    expect(text).not.toContain('<b>');
  });

  it('says that a number is unknown, with ways on', async () => {
    for (const number of ['999988887777', 'K7MTQ4RD', '%3Cscript%3E', '..%2f..']) {
      const { status, text } = await createVisitor(shop.origin).get(`/en/track/${number}`);
      expect(status).toBe(404);
      expect(text).toContain('href="/en/orders/find"');
      expect(mainOf(text)).not.toContain('<script');
    }
  });

  it('knows nothing of a parcel that has not left', async () => {
    const order = await buy(shop);
    const shipmentId = await sent(order, '777766665555');
    // Only a corrected row could look like this; the page must not trust the number alone.
    await shop.db('shipments').where({ id: shipmentId }).update({ state: 'preparing', shipped_at: null });
    expect((await createVisitor(shop.origin).get('/en/track/777766665555')).status).toBe(404);
    await shop.db('shipments').where({ id: shipmentId }).update({ state: 'shipped', shipped_at: new Date() });
  });

  it('ends after sixty looks in ten minutes', async () => {
    const look = (index: number) =>
      createVisitor(shop.origin).get(`/en/track/8888000${index}`, { 'x-forwarded-for': '203.0.113.77' });
    const statuses = [];
    for (let index = 0; index < 61; index += 1) statuses.push((await look(index)).status);
    expect(statuses.slice(0, 60).every(status => status === 404)).toBe(true);
    expect(statuses[60]).toBe(429);
  });
});

describe('the order page', () => {
  it('shows each parcel with its goods, and the order as far as it is', async () => {
    const order = await buy(shop, { pieces: [3, 1] });
    const [a, b] = order.lines as [BoughtOrder['lines'][number], BoughtOrder['lines'][number]];
    const show = async () => (await createVisitor(shop.origin).get(order.link)).text;
    expect(await show()).not.toContain('parcels-title');

    const first = await sent(order, '121212121212', [{ lineId: a.id, quantity: 2 }]);
    const part = await show();
    expect(part).toContain('A part of your order is on its way');
    expect(part).toContain(a.name);
    expect(part).toMatch(/href="\/en\/track\/121212121212"/);

    const second = await sent(order, '343434343434', [
      { lineId: a.id, quantity: 1 },
      { lineId: b.id, quantity: 1 },
    ]);
    expect(await show()).toContain('Parcel 2 of 2');
    expect(await show()).toContain('Your order is on its way');
    await deliver(order, first);
    expect(await show()).toContain('Your order is on its way');
    await deliver(order, second);
    expect(await show()).toContain('Your order has arrived');
  });

  it('of a held order says in careful words that nothing leaves', async () => {
    const order = await buy(shop);
    await shop.db('orders').where({ id: order.orderId }).update({ hold: 'dispute' });
    const { text } = await createVisitor(shop.origin).get(order.link);
    expect(text).toContain('We are looking at your payment');
    expect(text.toLowerCase()).not.toContain('dispute');
  });

  it('shows parcels to nobody without the link or the session', async () => {
    const order = await buy(shop);
    await sent(order, '565656565656');
    const stranger = createVisitor(shop.origin);
    expect((await stranger.get(`/en/orders/${order.number}`)).status).toBe(404);
    expect((await stranger.get(`/en/orders/${order.number}?key=${'x'.repeat(24)}`)).status).toBe(404);
    expect((await order.visitor.get(`/en/orders/${order.number}`)).text).toContain('565656565656');
  });
});
