import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { shipLines } from '../../src/orders/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { placeOrder } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';
import { buy, EN, KO, type Bought } from './paid.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());
afterEach(async () => {
  await shop.settled();
  expect(await audit(shop.db)).toEqual([]);
});

const at = (bought: Bought, rest = '') => bought.link.replace('?', `${rest}?`);
const ask = (bought: Bought) => at(bought, '/cancellation');
const confirmed = { confirm: 'refund' };
const stateOf = async ({ number }: { number: string }) =>
  (await shop.db('orders').where({ number }).first<{ state: string }>('state')).state;
const ship = ({ orderId, lines }: Bought) =>
  inTransaction(shop.db, tx =>
    shipLines(tx, {
      orderId,
      lines: [{ lineId: lines[0]!.id, quantity: 1 }],
      carrier: 'other',
      trackingNumber: null,
      token: `parcel of ${orderId}`,
      actor: 'staff:1',
      now: shop.now(),
    }),
  );

describe('a paid order of which nothing has left', () => {
  it.each([EN, KO])(
    'is ended by its buyer by link and session, in $locale, and the money goes back',
    async buyer => {
      const bought = await buy(shop, buyer);
      const stranger = createVisitor(shop.origin);
      expect((await stranger.get(bought.link)).text).toContain(`/orders/${bought.number}/cancellation`);
      const page = await stranger.get(ask(bought));
      expect(page.status).toBe(200);
      expect(page.text).toContain('name="confirm" value="refund"');

      const visitor = buyer.locale === 'en' ? stranger : bought.visitor;
      const path = buyer.locale === 'en' ? ask(bought) : ask(bought).split('?')[0]!;
      const answered = await visitor.post(path, confirmed);
      expect(answered.status).toBe(303);
      expect(await stateOf(bought)).toBe('canceled');
      await shop.settled();
      const shown = await visitor.open(answered.location!);
      expect(shown.text).toMatch(/class="notice notice--done/);
      expect(shown.text).toContain('refunds-title');
      expect(shown.text).not.toContain('/cancellation');
      const [letter] = shop.mail
        .letters()
        .filter(({ subject, text }) => text.includes(bought.number) && /money|환불/.test(subject));
      expect(letter).toBeDefined();
    },
  );

  it('ends once, however often the form comes', async () => {
    const bought = await buy(shop, { ...EN, skip: 1 });
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => bought.visitor.post(ask(bought), confirmed)),
    );
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
    await shop.settled();
    expect(await shop.db('order_refunds').where({ order_id: bought.orderId })).toHaveLength(1);
    expect((await bought.visitor.get(ask(bought))).status).toBe(303);
  });

  it('stands when the button was that of an order that waited for its money', async () => {
    const bought = await buy(shop, { ...EN, skip: 1 });
    const answered = await bought.visitor.post(ask(bought), {});
    expect(answered.status).toBe(303);
    expect(await stateOf(bought)).toBe('paid');
    expect((await bought.visitor.get(answered.location!)).text).toContain('notice--problem');
  });
});

describe('an order of which a parcel has left', () => {
  it('cannot be canceled, and its page does not offer it', async () => {
    const bought = await buy(shop, { ...EN, skip: 2, quantity: 2 });
    await ship(bought);
    expect((await bought.visitor.get(bought.link)).text).not.toContain('/cancellation');
    expect((await bought.visitor.get(ask(bought))).location).toBe(bought.link);
    const answered = await bought.visitor.post(ask(bought), confirmed);
    expect((await bought.visitor.get(answered.location!)).text).toContain('A parcel has left already');
    expect(await stateOf(bought)).toBe('fulfilling');
  });
});

describe('an order that waits for its money', () => {
  it('is asked about too, and ends without a refund', async () => {
    const placed = await placeOrder(shop, { ...EN, skip: 3 });
    const path = placed.link.replace('?', '/cancellation?');
    const page = await placed.visitor.get(path);
    expect(page.text).toContain('Nothing has been charged');
    await placed.visitor.post(path, { confirm: '' });
    expect(await stateOf(placed)).toBe('canceled');
    expect(
      await shop
        .db('refunds')
        .join('payments', 'payments.id', 'payment_id')
        .whereRaw('order_id = (select id from orders where number = ?)', [placed.number]),
    ).toEqual([]);
  });
});

describe('an order of somebody else', () => {
  it.each([
    ['no key', ''],
    ['an empty key', '?key='],
    ['a wrong key', '?key=AAAAAAAAAAAAAAAAAAAAAAAA'],
    ['the word undefined', '?key=undefined'],
    ['two keys', '?key=AAAAAAAAAAAAAAAAAAAAAAAA&key=AAAAAAAAAAAAAAAAAAAAAAAA'],
  ])('is not found with %s, asked or told', async (_words, query) => {
    const bought = await buy(shop, { ...EN, skip: 4 });
    const other = await buy(shop, { ...EN, skip: 4 });
    const path = `/en/orders/${bought.number}/cancellation${query}`;
    expect((await other.visitor.get(path)).status).toBe(404);
    expect((await other.visitor.post(path, confirmed)).status).toBe(404);
    expect(await stateOf(bought)).toBe('paid');
  });
});
