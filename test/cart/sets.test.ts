import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findVariantIds } from '../../src/catalog/index.js';
import { correctStock } from '../../src/inventory/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { audit } from '../../src/audit/index.js';
import { checkoutFields } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor, type Visitor } from '../support/visitor.js';

let shop: Shop;
let ids: Map<string, number>;
let doubleBell: number;
beforeAll(async () => {
  shop = await startShop();
  ids = await findVariantIds(shop.db, { skus: ['FRG-SWING-16', 'PLS-TEMPO'] });
  doubleBell = (await shop.db('bundles').where({ code: 'double-bell' }).first<{ id: number }>('id')).id;
});
afterAll(() => shop.close());

const onHand = async (sku: string) =>
  await shop
    .db('stock')
    .where({ variant_id: ids.get(sku) })
    .first<{ on_hand: number; reserved: number }>();
const leave = (sku: string, pieces: number) =>
  inTransaction(shop.db, tx =>
    correctStock(tx, {
      variantId: ids.get(sku)!,
      onHand: pieces,
      actor: 'test',
      cause: 'counted',
      now: new Date(),
    }),
  );
const addSet = (visitor: Visitor, quantity = '1', bundle = String(doubleBell)) =>
  visitor.post('/en/cart/bundles', { bundle, quantity });
const addSingle = (visitor: Visitor, sku: string, quantity = '1') =>
  visitor.post('/en/cart/lines', { variant: String(ids.get(sku)), quantity });

describe('a set in the cart', () => {
  it('is one line with its parts, at its own price', async () => {
    const visitor = createVisitor(shop.origin);
    expect((await addSet(visitor, '2')).status).toBe(303);
    const { text } = await visitor.get('/en/cart');
    expect(text).toContain('Double Bell');
    expect(text).toContain('2\u00a0× Swing Smart Kettlebell, 16 kg');
    expect(text).toContain('$658.00');
    expect(text).toContain('2 items');
  });

  it('changes its number, is removed, and is gone after emptying the cart', async () => {
    const visitor = createVisitor(shop.origin);
    await addSet(visitor);
    const action = /action="\/en(\/cart\/bundles\/\d+)"/.exec((await visitor.get('/en/cart')).text)![1]!;
    await visitor.post(`/en${action}`, { quantity: '3' });
    expect((await visitor.get('/en/cart')).text).toContain('$987.00');
    expect((await visitor.post(`/en${action}`, { quantity: '1.5' })).status).toBe(422);
    expect((await createVisitor(shop.origin).post(`/en${action}`, { quantity: '1' })).status).toBe(404);
    await visitor.post(`/en${action}/removal`, {});
    expect((await visitor.get('/en/cart')).text).toContain('Your cart is empty');
    await addSet(visitor);
    await visitor.post('/en/cart/clearing', {});
    expect((await visitor.get('/en/cart')).text).toContain('Your cart is empty');
  });

  it('answers htmx with the badge alone', async () => {
    const visitor = createVisitor(shop.origin);
    const answered = await visitor.post(
      '/en/cart/bundles',
      { bundle: String(doubleBell), quantity: '1' },
      { 'hx-request': 'true', 'hx-request-type': 'partial' },
    );
    expect(answered.status).toBe(200);
    expect(answered.text).toContain('id="cart-badge"');
    expect(answered.text).not.toContain('<html');
  });

  it.each(['0', '-1', '1.5', '0x10', '1e9', 'NaN', '', '100'])('refuses %j sets', async quantity => {
    expect((await addSet(createVisitor(shop.origin), quantity)).status).toBe(422);
  });
  it.each(['999999', '9007199254740993'])('does not know the set %s', async bundle => {
    expect([404, 422]).toContain((await addSet(createVisitor(shop.origin), '1', bundle)).status);
  });
});

describe('a set and its parts in one cart', () => {
  it('count together: both lines say that there are not enough', async () => {
    await leave('FRG-SWING-16', 3);
    const visitor = createVisitor(shop.origin);
    await addSet(visitor);
    await addSingle(visitor, 'FRG-SWING-16', '2');
    const { text } = await visitor.get('/en/cart');
    expect(text).toContain('Only 3 left, and this cart asks for 4, alone and in sets.');
    expect(text).toContain('Only 3 pieces of Swing Smart Kettlebell left, and this cart asks for 4');
    expect(text).not.toContain('href="/en/checkout"');
  });

  it('are held once and sold once, and each part carries what was paid for it', async () => {
    await leave('FRG-SWING-16', 5);
    const before = await onHand('FRG-SWING-16');
    const visitor = createVisitor(shop.origin);
    await addSet(visitor, '2');
    await addSingle(visitor, 'FRG-SWING-16');
    const fields = await checkoutFields(visitor, { locale: 'en', country: 'US', provider: 'stripe' });
    const placed = await visitor.post('/en/checkout', fields);
    expect(placed.status).toBe(303);
    expect(await onHand('FRG-SWING-16')).toMatchObject({ reserved: before.reserved + 5 });
    const { location } = await shop.stripe.pay(/\/pay\/([^/?#]+)/.exec(placed.location!)![1]!);
    const page = await visitor.open(location);
    await shop.settled();
    expect(page.text).toContain('Double Bell');
    const order = await shop.db('orders').orderBy('id', 'desc').first<{ id: number }>();
    const lines = await shop
      .db('order_lines')
      .where({ order_id: order.id })
      .orderBy('position')
      .select<{ bundle_name: string | null; total: number; quantity: number }[]>(
        'bundle_name',
        'total',
        'quantity',
      );
    const inSet = lines.filter(line => line.bundle_name === 'Double Bell');
    expect(inSet.map(line => line.quantity)).toEqual([4, 2]);
    expect(inSet.reduce((sum, line) => sum + line.total, 0)).toBe(2 * 329_00);
    expect(await onHand('FRG-SWING-16')).toMatchObject({ on_hand: 0, reserved: before.reserved });
    expect(await audit(shop.db)).toEqual([]);
  });

  it('are bought again at today’s prices, as often as the button is pressed', async () => {
    await leave('FRG-SWING-16', 9);
    const order = await shop
      .db('orders')
      .whereNotNull('paid_at')
      .orderBy('id', 'desc')
      .first<{ number: string; access_key: string }>();
    const visitor = createVisitor(shop.origin);
    const path = `/en/orders/${order.number}/reorder`;
    expect((await visitor.post(path, {})).status).toBe(404);
    for (let press = 1; press <= 2; press += 1) {
      const answered = await visitor.post(`${path}?key=${order.access_key}`, {});
      expect(answered).toMatchObject({ status: 303, location: '/en/cart' });
    }
    const { text } = await visitor.get('/en/cart');
    expect(text).toContain('All of it is in the cart');
    expect(text).toContain('$658.00');
    expect(text).toContain('3 items');
  });

  it('that are not to be had any more are named', async () => {
    await leave('FRG-SWING-16', 1);
    const order = await shop
      .db('orders')
      .whereNotNull('paid_at')
      .orderBy('id', 'desc')
      .first<{ number: string; access_key: string }>();
    const visitor = createVisitor(shop.origin);
    await visitor.post(`/en/orders/${order.number}/reorder?key=${order.access_key}`, {});
    const { text } = await visitor.get('/en/cart');
    expect(text).toContain('Not or not fully: Double Bell.');
    expect(text).toContain('1 item');
  });

  it('race for the last pieces: the set or the single gets them, never both', async () => {
    await leave('FRG-SWING-16', 2);
    const buyers = [0, 1].map(() => createVisitor(shop.origin));
    await addSet(buyers[0]!);
    await addSingle(buyers[1]!, 'FRG-SWING-16', '1');
    const forms: Record<string, string>[] = [];
    for (const buyer of buyers)
      forms.push(await checkoutFields(buyer, { locale: 'en', country: 'US', provider: 'stripe' }));
    const answers = await Promise.all(
      buyers.map((buyer, index) =>
        buyer.post('/en/checkout', { ...forms[index]!, email: `b${index}@example.com` }),
      ),
    );
    const paying = answers.filter(({ location }) => location?.startsWith(shop.stripe.origin));
    expect(paying).toHaveLength(1);
    expect(await audit(shop.db)).toEqual([]);
  });
});
