import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { disableDiscount, updateDiscount, type DiscountDraft } from '../../src/discounts/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { HOUR } from '../../src/lib/time.js';
import { draft, makeDiscount } from '../discounts/make.js';
import { checkoutFields, fillCart } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor, type Answered, type Visitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ environment: { TRUST_PROXY: '1' } });
});
afterAll(() => shop.close());
afterEach(async () => {
  await shop.settled();
  expect(await audit(shop.db)).toEqual([]);
});

let buyers = 0;
interface Buyer {
  visitor: Visitor;
  email: string;
  from: Record<string, string>;
  fields: Record<string, string>;
}

/** Somebody with goods and a code in the cart, before an order form that is filled in. */
async function readyBuyer(code: string, email?: string): Promise<Buyer> {
  buyers += 1;
  const visitor = createVisitor(shop.origin);
  const from = { 'x-forwarded-for': `198.51.${buyers >> 8}.${buyers & 255}` };
  await fillCart(shop, visitor, 'en', 12); // light: free delivery takes its whole cost
  expect((await visitor.post('/en/cart/discount', { code }, from)).status).toBe(303);
  await visitor.get('/en/cart');
  const fields = await checkoutFields(visitor, { locale: 'en', country: 'US', provider: 'stripe' });
  return { visitor, from, email: email ?? `buyer${buyers}@example.com`, fields };
}
const pay = ({ visitor, fields, email, from }: Buyer) =>
  visitor.post('/en/checkout', { ...fields, email }, from);
const opened = ({ location }: Answered) => location?.startsWith(shop.stripe.origin) ?? false;
const sessionOf = ({ location }: Answered) => /cs_test_\w+/.exec(location!)![0];
const claims = (discountId: number) =>
  shop.db('discount_claims').where({ discount_id: discountId }).orderBy('id').pluck<string[]>('state');
const used = async (id: number) =>
  (await shop.db('discounts').where({ id }).first<{ used: number }>('used')).used;
const orders = async () => (await shop.db('orders').count<{ count: number }[]>())[0]!.count;
const make = (over: Partial<DiscountDraft>) => makeDiscount(shop.db, over);
/** The order form again, with what the page says now. */
const refreshed = (buyer: Buyer, { text }: Answered): Buyer => ({
  ...buyer,
  fields: { ...buyer.fields, expected_total: /name="expected_total" value="(\d+)"/.exec(text)![1]! },
});

describe('a code with one use', () => {
  it('is had by exactly one of fifty who press Pay at once; the others see the total without it', async () => {
    const id = await make({ code: 'ONE-USE', limitTotal: 1 });
    const ready = await Promise.all(Array.from({ length: 50 }, () => readyBuyer('one use')));
    const before = await orders();
    const answers = await Promise.all(ready.map(pay));
    expect(answers.filter(opened)).toHaveLength(1);
    for (const { status, text } of answers.filter(answer => !opened(answer))) {
      expect(status).toBe(422);
      expect(text).toContain('ONE-USE does not apply: All uses of it have been taken.');
    }
    expect([await used(id), await claims(id), (await orders()) - before]).toEqual([1, ['claimed'], 1]);

    // Who looks at the new total and presses once more buys without it.
    const lost = answers.findIndex(answer => !opened(answer));
    const again = await pay(refreshed(ready[lost]!, answers[lost]!));
    expect(opened(again)).toBe(true);
    expect(await claims(id)).toEqual(['claimed']);
  }, 120_000);

  it('is given back once when the order runs out of time, and can be had again', async () => {
    const id = await make({ code: 'BACK', limitTotal: 1 });
    const first = await readyBuyer('BACK');
    const second = await readyBuyer('BACK');
    expect(opened(await pay(first))).toBe(true);
    expect((await pay(second)).status).toBe(422);
    shop.advance(HOUR);
    await shop.db.raw(`select graphile_worker.add_job('checkout.sweep')`);
    await shop.settled();
    expect([await used(id), await claims(id)]).toEqual([0, ['released']]);
    expect(opened(await pay(second))).toBe(true);
    expect([await used(id), await claims(id)]).toEqual([1, ['released', 'claimed']]);
  });

  it('is kept by a second click on Pay, which leads to the same page', async () => {
    const id = await make({ code: 'TWICE', limitTotal: 1, limitPerCustomer: 1 });
    const buyer = await readyBuyer('TWICE');
    const answers = await Promise.all([pay(buyer), pay(buyer), pay(buyer)]);
    expect(new Set(answers.map(({ location }) => location)).size).toBe(1);
    expect(opened(answers[0])).toBe(true);
    expect(opened(await pay(buyer))).toBe(true);
    expect(await claims(id)).toEqual(['claimed']);
  });

  it('moves along when the buyer changes the cart and presses Pay again', async () => {
    const id = await make({ code: 'CHANGED', limitTotal: 1 });
    const buyer = await readyBuyer('CHANGED');
    expect(opened(await pay(buyer))).toBe(true);
    await fillCart(shop, buyer.visitor, 'en', 3);
    const fields = await checkoutFields(buyer.visitor, { locale: 'en', country: 'US', provider: 'stripe' });
    expect(opened(await pay({ ...buyer, fields }))).toBe(true);
    expect([await used(id), await claims(id)]).toEqual([1, ['released', 'claimed']]);
  });

  it('is claimed again by late money while it is free, and not over the limit', async () => {
    const id = await make({ code: 'LATE', limitTotal: 1 });
    const [early, late] = [await readyBuyer('LATE'), await readyBuyer('LATE')];
    const first = await pay(early);
    const order = await shop.db('orders').orderBy('id', 'desc').first<{ id: number }>('id');
    // The money comes while the sweep has given the order up.
    const giveUp = async () => {
      await shop.db('payments').where({ order_id: order.id }).update({ state: 'expired', check_at: null });
      await shop.db('payment_events').insert({
        payment_id: shop.db('payments').where({ order_id: order.id }).select('id'),
        from_state: 'opened',
        to_state: 'expired',
        actor: 'test',
        cause: 'given up',
      });
    };
    await giveUp();
    const { closeOrder } = await import('../../src/checkout/actions/close.js');
    await closeOrder(
      { db: shop.db, gateways: {}, baseUrl: shop.origin },
      { orderId: order.id, actor: 'sweep', cause: 'time to pay ran out', now: shop.now() },
    );
    expect(await claims(id)).toEqual(['released']);
    // Somebody else has the last use now: the late money cannot have the price back, and is returned.
    expect(opened(await pay(late))).toBe(true);
    await shop.stripe.pay(sessionOf(first));
    await shop.settled();
    const payment = await shop.db('payments').where({ order_id: order.id }).first<{ state: string }>('state');
    expect(['refund_due', 'refunded']).toContain(payment.state);
    expect([await used(id), await claims(id)]).toEqual([1, ['released', 'claimed']]);
  });
});

describe('a code with two uses a customer', () => {
  it('is had twice by one e-mail address in any spelling, whatever races', async () => {
    const id = await make({ code: 'PER-CUSTOMER', limitPerCustomer: 2 });
    const spellings = [
      'max@example.com',
      'Max@Example.com',
      'MAX@example.com',
      'maX@example.com',
      'max@EXAMPLE.com',
    ];
    const ready = await Promise.all(spellings.map(email => readyBuyer('PER-CUSTOMER', email)));
    const answers = await Promise.all(ready.map(pay));
    expect(answers.filter(opened)).toHaveLength(2);
    expect(await claims(id)).toEqual(['claimed', 'claimed']);
    for (const { text } of answers.filter(answer => !opened(answer)))
      expect(text).toContain('Already used with this e-mail address.');
    await Promise.all(answers.filter(opened).map(answer => shop.stripe.pay(sessionOf(answer))));
    await shop.settled();
    expect(await claims(id)).toEqual(['redeemed', 'redeemed']);
    expect((await pay(await readyBuyer('PER-CUSTOMER', 'max@example.com'))).status).toBe(422);
    expect(opened(await pay(await readyBuyer('PER-CUSTOMER', 'erika@example.com')))).toBe(true);
  });
});

describe('a code for first orders', () => {
  it('is refused to who has paid for an order before, with the new total, and had once at a time', async () => {
    const id = await make({ code: 'FIRST', firstOrderOnly: true });
    const one = await pay(await readyBuyer('FIRST', 'new@example.com'));
    expect((await pay(await readyBuyer('FIRST', 'new@example.com'))).status).toBe(422);
    await shop.stripe.pay(sessionOf(one));
    await shop.settled();
    expect(await claims(id)).toEqual(['redeemed']);
    const back = await readyBuyer('FIRST', 'NEW@example.com');
    const refused = await pay(back);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('there is an earlier order with this e-mail address');
    expect(refused.text).toMatch(/<title>Error: /);
    expect(opened(await pay(refreshed(back, refused)))).toBe(true);
    expect(await claims(id)).toEqual(['redeemed']);
  });
});

describe('a code that is withdrawn or ends between the cart and Pay', () => {
  it.each([
    ['withdrawn', 'This code is no longer in use.'],
    ['ended', 'Ended on'],
  ])('is named (%s), nothing is placed', async (how, words) => {
    const code = `GONE-${how}`;
    const id = await make({ code });
    const buyer = await readyBuyer(code);
    await inTransaction(shop.db, async tx => {
      if (how === 'withdrawn') await disableDiscount(tx, { id, disabled: true, now: shop.now() });
      else {
        const ended = draft({ code, endsAt: new Date(shop.now().getTime() - 1_000) });
        expect((await updateDiscount(tx, { id, draft: ended, now: shop.now() })).ok).toBe(true);
      }
    });
    const before = await orders();
    const refused = await pay(buyer);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(`${code} does not apply: ${words}`);
    expect(await orders()).toBe(before);
    expect(opened(await pay(refreshed(buyer, refused)))).toBe(true);
  });
});

describe('row 20: an order that costs nothing', () => {
  it('is placed by the button, without a provider, once for two clicks', async () => {
    const id = await make({ code: 'GIFT', rateBp: 10_000, limitTotal: 1 });
    await make({ code: 'GIFT-POST', kind: 'free_delivery', rateBp: 0 });
    const buyer = await readyBuyer('GIFT');
    await buyer.visitor.post('/en/cart/discount', { code: 'GIFT-POST' }, buyer.from);
    const fields = await checkoutFields(buyer.visitor, { locale: 'en', country: 'US', provider: 'stripe' });
    expect(fields.expected_total).toBe('0');
    const page = await buyer.visitor.get('/en/checkout');
    expect(page.text).toContain('Place the order');
    expect(page.text).not.toContain('name="payment_method"');

    shop.mail.clear();
    const { payment_method: _none, ...rest } = fields;
    const answers = await Promise.all([0, 1, 2].map(() => pay({ ...buyer, fields: rest })));
    expect(new Set(answers.map(({ location }) => location)).size).toBe(1);
    expect(answers[0]!.location).toMatch(/^\/en\/orders\//);
    await shop.settled();
    const shown = await buyer.visitor.get(answers[0]!.location!);
    expect(shown.text).toContain('Thank you. Your order is complete');
    expect(shown.text).not.toContain('We have received');
    const order = await shop
      .db('orders')
      .orderBy('id', 'desc')
      .first<{ id: number; state: string; total: number; cart_id: number }>();
    expect([order.state, order.total]).toEqual(['paid', 0]);
    expect(await shop.db('payments').where({ order_id: order.id })).toEqual([]);
    expect(await claims(id)).toEqual(['redeemed']);
    expect(shop.mail.letters()).toHaveLength(1);
    expect(shop.mail.letters()[0]!.text).not.toContain('We have received');

    // It ends as any other does: its goods are for sale again, and there is no money to give back.
    const cancellation = `${answers[0]!.location!.split('?')[0]}/cancellation`;
    expect((await buyer.visitor.get(cancellation)).text).toContain('Nothing has been charged');
    await buyer.visitor.post(cancellation, { confirm: 'refund' }, buyer.from);
    await shop.settled();
    const moved = await shop
      .db('stock_movements')
      .where({ order_id: order.id })
      .whereIn('kind', ['sale', 'restock'])
      .sum<{ sum: number }[]>('delta as sum');
    expect(moved).toEqual([{ sum: 0 }]);
    expect(await shop.db('order_refunds').where({ order_id: order.id })).toMatchObject([{ amount: 0 }]);
    expect(await shop.db('orders').where({ id: order.id }).pluck('state')).toEqual(['canceled']);
  });
});

describe('row 21: a total that is too small to be paid', () => {
  it('is said in the cart and refused at checkout before any provider is asked', async () => {
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'en', 12); // light: free delivery takes its whole cost
    await visitor.post('/en/country', { country: 'US', return_to: '/en/cart' });
    const cart = await shop.db('carts').orderBy('id', 'desc').first<{ id: number }>('id');
    const { unit } = await shop
      .db('cart_lines')
      .join('prices', 'prices.variant_id', 'cart_lines.variant_id')
      .where({ cart_id: cart.id, currency: 'USD' })
      .first<{ unit: number }>('prices.amount as unit');
    await make({ code: 'NEARLY', kind: 'amount', rateBp: 0, amounts: { USD: unit - 49 } });
    await make({ code: 'NEARLY-POST', kind: 'free_delivery', rateBp: 0 });
    for (const code of ['NEARLY', 'NEARLY-POST']) await visitor.post('/en/cart/discount', { code });
    const shown = await visitor.get('/en/cart');
    expect(shown.text).toContain('Less than $0.50 cannot be paid here.');
    expect(shown.text).not.toContain('Check out as guest');
    const fields = await checkoutFields(visitor, { locale: 'en', country: 'US', provider: 'stripe' });
    expect(fields.expected_total).toBe('49');
    const before = await orders();
    const refused = await visitor.post('/en/checkout', fields);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('This way of paying takes $0.50 and more.');
    expect(await orders()).toBe(before);
  });
});
