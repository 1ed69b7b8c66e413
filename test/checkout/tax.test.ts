import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { fillCart, payOrder, placeOrder, checkoutFields } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());

interface Figures {
  id: number;
  number: string;
  lines_total: number;
  discount_total: number;
  shipping_total: number;
  shipping_tax: number;
  tax_total: number;
  tax_contained: number;
  total: number;
}
const lastOrder = () => shop.db('orders').orderBy('id', 'desc').first<Figures>();
const linesOf = (orderId: number) =>
  shop
    .db('order_lines')
    .where({ order_id: orderId })
    .select<{ tax_rate: number; tax_amount: number; tax_added: boolean; total: number }[]>();
const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
/** Half up, written a second time. */
const halfUp = (amount: number, rate: number, base: number) =>
  Math.floor((2 * amount * rate + base) / (2 * base));

describe('an order for Germany', () => {
  it('is asked for goods, delivery and 19 % on top, from the cart to the receipt of the provider', async () => {
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'en', 1);
    await visitor.post('/en/country', { country: 'DE', return_to: '/en/cart' });
    const cart = textOf((await visitor.get('/en/cart')).text);
    expect(cart).toMatch(/Tax \$[\d,.]+ Total tax included \$/);
    expect(cart).toMatch(/Tax 19% on goods \$/);
    const fields = await checkoutFields(visitor, { locale: 'en', country: 'US', provider: 'stripe' });
    await visitor.post('/en/country', { country: 'DE', return_to: '/en/cart' });
    const page = await visitor.get('/en/checkout');
    const expected = /name="expected_total" value="(\d+)"/.exec(page.text)![1]!;
    // The untaxed total of another country is not what is charged here.
    const german = {
      ...fields,
      country: 'DE',
      form_country: 'DE',
      region: '',
      postal_code: '10115',
      city: 'Berlin',
      phone: '+49 30 123456',
    };
    const wrong = await visitor.post('/en/checkout', german);
    expect(wrong.status).toBe(422);
    const placed = await visitor.post('/en/checkout', { ...german, expected_total: expected });
    expect(placed.location).toContain(shop.stripe.origin);

    const order = await lastOrder();
    const [line] = await linesOf(order.id);
    expect(line).toMatchObject({ tax_rate: 1_900, tax_added: true });
    expect(line!.tax_amount).toBe(halfUp(line!.total, 1_900, 10_000));
    expect(order.shipping_tax).toBe(halfUp(order.shipping_total, 1_900, 10_000));
    expect(order.tax_total).toBe(line!.tax_amount + order.shipping_tax);
    expect(order.tax_contained).toBe(0);
    expect(order.total).toBe(order.lines_total + order.shipping_total + order.tax_total);
    const { amount } = await shop.db('payments').where({ order_id: order.id }).first<{ amount: number }>();
    expect(amount).toBe(order.total);
    const shown = textOf((await visitor.get(`/en/orders/${order.number}`)).text);
    expect(shown).toMatch(/Tax \$[\d,.]+ Total tax included \$/);
    expect(await audit(shop.db)).toEqual([]);
  });
});

describe('an order for Korea', () => {
  it('holds its tax and says how much', async () => {
    const placed = await placeOrder(shop, { locale: 'ko', country: 'KR', provider: 'toss', skip: 1 });
    await payOrder(shop, placed, 'toss');
    const order = await lastOrder();
    const [line] = await linesOf(order.id);
    expect(line).toMatchObject({ tax_rate: 1_000, tax_added: false });
    expect(line!.tax_amount).toBe(halfUp(line!.total, 1_000, 11_000));
    expect(order.tax_total).toBe(0);
    expect(order.tax_contained).toBe(line!.tax_amount + order.shipping_tax);
    expect(order.total).toBe(order.lines_total - order.discount_total + order.shipping_total);
    expect(textOf((await placed.visitor.get(`/ko/orders/${placed.number}`)).text)).toMatch(
      /합계 부가세 ₩[\d,]+ 포함/,
    );
    expect(await audit(shop.db)).toEqual([]);
  });
});
