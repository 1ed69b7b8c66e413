import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { correctStock } from '../../src/inventory/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { findGoods } from '../support/goods.js';
import { checkoutFields, fillCart, placeOrder } from '../support/purchase.js';
import { startShop, STRIPE_WEBHOOK_SECRET, type Shop } from '../support/shop.js';
import { createVisitor, type Visitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => {
  // Buyers come from different addresses, as behind a platform's proxy.
  shop = await startShop({ environment: { TRUST_PROXY: '1' } });
});
afterAll(() => shop.close());

const stockOf = (variantId: number) =>
  shop
    .db('stock')
    .where({ variant_id: variantId })
    .first<{ on_hand: number; reserved: number }>('on_hand', 'reserved');
const count = async (table: string, where: object = {}) =>
  (await shop.db(table).where(where).count<{ count: number }[]>())[0]!.count;

describe('forty buyers for five pieces', () => {
  it('give exactly five paid orders, stock 0, and nothing else changed', async () => {
    const { variantId } = await findGoods(shop.db, { locale: 'en', currency: 'USD' });
    await inTransaction(shop.db, tx =>
      correctStock(tx, { variantId, onHand: 5, actor: 'test', cause: 'five left', now: new Date() }),
    );
    const others = () =>
      shop.db('stock').whereNot({ variant_id: variantId }).orderBy('variant_id').select('*');
    const before = await others();

    const buyers = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const visitor = createVisitor(shop.origin);
        await visitor.post('/en/cart/lines', { variant: String(variantId), quantity: '1' });
        const fields = await checkoutFields(visitor, { locale: 'en', country: 'US', provider: 'stripe' });
        return {
          visitor,
          fields: { ...fields, email: `buyer${index}@example.com` },
          from: { 'x-forwarded-for': `203.0.113.${index}` },
        };
      }),
    );
    const placed = await Promise.all(
      buyers.map(({ visitor, fields, from }) => visitor.post('/en/checkout', fields, from)),
    );
    const won = placed.filter(({ location }) => location?.startsWith(shop.stripe.origin));
    const lost = placed.filter(answered => !won.includes(answered));
    expect(won).toHaveLength(5);
    for (const { status, location } of lost) expect([status, location]).toEqual([303, '/en/cart']);
    expect(await stockOf(variantId)).toEqual({ on_hand: 5, reserved: 5 });

    await Promise.all(won.map(({ location }) => shop.stripe.pay(/cs_test_\w+/.exec(location!)![0])));
    await shop.settled();
    expect(await stockOf(variantId)).toEqual({ on_hand: 0, reserved: 0 });
    expect(await count('orders', { state: 'paid' })).toBe(5);
    expect(await count('orders')).toBe(5);
    expect(shop.mail.letters()).toHaveLength(5);
    expect(await others()).toEqual(before);
    expect(await audit(shop.db)).toEqual([]);
  });
});

describe('a double click on Pay', () => {
  it.each(['stripe', 'toss'] as const)('gives one order and one page at %s', async provider => {
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'ko', 1);
    const fields = await checkoutFields(visitor, { locale: 'ko', country: 'KR', provider });
    const orders = await count('orders');
    const payments = await count('payments');
    const answers = await Promise.all(Array.from({ length: 6 }, () => visitor.post('/ko/checkout', fields)));
    expect(new Set(answers.map(({ location }) => location)).size).toBe(1);
    expect(answers[0]!.location).toContain(shop[provider].origin);
    expect(await count('orders')).toBe(orders + 1);
    expect(await count('payments')).toBe(payments + 1);
  });

  it('after the money arrived leads to the order, not to a second one', async () => {
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'en', 2);
    const fields = await checkoutFields(visitor, { locale: 'en', country: 'US', provider: 'stripe' });
    const { location } = await visitor.post('/en/checkout', fields);
    await shop.stripe.pay(/cs_test_\w+/.exec(location!)![0]);
    await shop.settled();
    const orders = await count('orders');
    expect((await visitor.post('/en/checkout', fields)).location).toMatch(
      /^\/en\/orders\/[A-Z0-9]{4}-[A-Z0-9]{4}$/,
    );
    expect(await count('orders')).toBe(orders);
  });
});

/** Deliveries of one paid session as Stripe would send them: every one signed, each an event of its own. */
function deliveries(
  session: Stripe.Checkout.Session,
  howMany: number,
): { body: string; signature: string }[] {
  return Array.from({ length: howMany }, (_, index) => {
    const body = JSON.stringify({
      id: `evt_race_${index}`,
      object: 'event',
      type: 'checkout.session.completed',
      livemode: false,
      data: { object: session },
    });
    const signature = Stripe.webhooks.generateTestHeaderString({
      payload: body,
      secret: STRIPE_WEBHOOK_SECRET,
    });
    return { body, signature };
  });
}

describe('the webhook and the browser’s return at the same time, ten times each', () => {
  it('settle once, with one letter and one piece less', async () => {
    shop.mail.clear();
    const { visitor, number, providerId } = await placeOrder(shop, {
      locale: 'en',
      country: 'US',
      provider: 'stripe',
      skip: 3,
    });
    const order = await shop.db('orders').where({ number }).first<{ id: number }>('id');
    const line = await shop
      .db('order_lines')
      .where({ order_id: order.id })
      .first<{ variant_id: number }>('variant_id');
    const before = await stockOf(line.variant_id);
    shop.stripe.trouble({ kind: 'webhooks-lost' });
    const { location } = await shop.stripe.pay(providerId);
    const session = shop.stripe.sessions().find(({ id }) => id === providerId)!;

    const hooks = deliveries(session, 10).map(({ body, signature }) =>
      fetch(`${shop.origin}/webhooks/stripe`, {
        method: 'POST',
        body,
        headers: { 'stripe-signature': signature, 'content-type': 'application/json' },
      }),
    );
    const returns = Array.from({ length: 10 }, () => visitor.get(location));
    const answers = await Promise.all([...hooks, ...returns]);
    for (const { status } of answers) expect([200, 303]).toContain(status);
    shop.stripe.calm();
    await shop.settled();

    expect(await stockOf(line.variant_id)).toEqual({
      on_hand: before.on_hand - 1,
      reserved: before.reserved - 1,
    });
    expect(await count('order_events', { order_id: order.id, to_state: 'paid' })).toBe(1);
    expect(shop.mail.letters()).toHaveLength(1);
    expect(await audit(shop.db)).toEqual([]);
  });

  it('hold for Toss, whose confirmation takes the money', async () => {
    shop.mail.clear();
    const { visitor, number, providerId } = await placeOrder(shop, {
      locale: 'ko',
      country: 'KR',
      provider: 'toss',
      skip: 3,
    });
    const { location } = shop.toss.approve(providerId);
    const body = JSON.stringify({
      eventType: 'PAYMENT_STATUS_CHANGED',
      createdAt: '2026-11-22T10:00:00.000000',
      data: { paymentKey: providerId },
    });
    const hook = (index: number) =>
      fetch(`${shop.origin}/webhooks/toss`, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'tosspayments-webhook-transmission-id': `race-${index}`,
        },
      });
    await Promise.all(Array.from({ length: 10 }, (_, index) => [visitor.get(location), hook(index)]).flat());
    await shop.settled();
    expect(await count('orders', { number, state: 'paid' })).toBe(1);
    expect(
      shop.toss
        .requests()
        .filter(
          ({ path, body: sent }) => path.endsWith('/confirm') && JSON.stringify(sent).includes(providerId),
        ).length,
    ).toBeGreaterThan(0);
    expect(shop.mail.letters()).toHaveLength(1);
    expect(await audit(shop.db)).toEqual([]);
  });
});

describe('one cart in two tabs', () => {
  it('adds up to ninety-nine pieces at most and loses nothing', async () => {
    const { variantId } = await findGoods(shop.db, { locale: 'en', currency: 'USD', skip: 4 });
    await inTransaction(shop.db, tx =>
      correctStock(tx, { variantId, onHand: 500, actor: 'test', cause: 'plenty', now: new Date() }),
    );
    const visitor: Visitor = createVisitor(shop.origin);
    await visitor.post('/en/cart/lines', { variant: String(variantId), quantity: '1' });
    await Promise.all(
      Array.from({ length: 8 }, () =>
        visitor.post('/en/cart/lines', { variant: String(variantId), quantity: '10' }),
      ),
    );
    expect(await shop.db('cart_lines').where({ variant_id: variantId, quantity: 81 })).toHaveLength(1);
    await Promise.all(
      Array.from({ length: 8 }, () =>
        visitor.post('/en/cart/lines', { variant: String(variantId), quantity: '10' }),
      ),
    );
    expect(await shop.db('cart_lines').where({ variant_id: variantId, quantity: 99 })).toHaveLength(1);
  });
});
