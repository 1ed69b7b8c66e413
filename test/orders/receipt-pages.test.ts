import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { LOCALES } from '../../src/lib/locale.js';
import { refundOrder } from '../../src/orders/index.js';
import { taxRows } from '../../src/orders/rules/receipt.js';
import { inTransaction } from '../../src/platform/db.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';
import { buy } from './make.js';

const line = fc.record({
  total: fc.integer({ min: 0, max: 100_000_000 }),
  taxRate: fc.constantFrom(0, 800, 1000, 1200, 2000),
  share: fc.integer({ min: 0, max: 100 }),
});

describe('tax on a receipt', () => {
  it('adds up to what was paid, contained or added, whatever the rates', () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 100_000 }),
        fc.boolean(),
        (drafts, shippingTotal, taxAdded) => {
          const lines = drafts.map(({ total, taxRate, share }) => ({
            total,
            taxRate,
            taxAdded,
            taxAmount: Math.floor((total * share) / 100),
          }));
          const shippingTax = Math.floor(shippingTotal / 11);
          const rows = taxRows({ shippingTotal, shippingTax }, lines);
          const sum = (name: 'net' | 'tax' | 'gross') => rows.reduce((all, row) => all + row[name], 0);
          const goods = lines.reduce((all, each) => all + each.total, 0);
          const tax =
            lines.reduce((all, each) => all + each.taxAmount, 0) + (shippingTotal ? shippingTax : 0);
          expect(sum('net') + sum('tax')).toBe(sum('gross'));
          expect(sum('tax')).toBe(tax);
          expect(sum('gross')).toBe(goods + shippingTotal + (taxAdded ? tax : 0));
          expect(rows.filter(({ rate }) => rate !== null).map(({ rate }) => rate)).toEqual(
            [...new Set(lines.map(({ taxRate }) => taxRate))].toSorted((a, b) => a - b),
          );
        },
      ),
    );
  });
});

describe('the receipt', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop();
  });
  afterAll(() => shop.close());
  const pathOf = (link: string) => link.replace('?', '/receipt?');

  it.each(LOCALES)('in %s has its number, the seller, the tax and what was paid', async locale => {
    const order = await buy(shop, { locale, pieces: [2, 1] });
    const page = await createVisitor(shop.origin).get(pathOf(order.link));
    expect(page.status).toBe(200);
    expect(page.text).toMatch(/>\d{4}-\d{6}</);
    for (const text of [
      order.number,
      '000-00-00000',
      '1 Sample-ro',
      order.lines[0]!.name,
      order.lines[1]!.name,
    ])
      expect(page.text).toContain(text);
    // Abroad the tax is the buyer's customs' affair.
    expect(page.text.includes('id="receipt-tax"')).toBe(locale !== 'en');
    expect((await createVisitor(shop.origin).get(order.link)).text).toContain(
      pathOf(order.link).replace(/&/g, '&amp;'),
    );
    expect(await audit(shop.db)).toEqual([]);
  });

  it('lists what went back', async () => {
    const order = await buy(shop, { pieces: [3] });
    const result = await inTransaction(shop.db, tx =>
      refundOrder(tx, {
        orderId: order.orderId,
        token: 'one-of-three',
        lines: [{ orderLineId: order.lines[0]!.id, quantity: 1, restock: true }],
        shippingAmount: 0,
        actor: 'staff:1',
        cause: 'asked for',
        now: shop.now(),
      }),
    );
    expect(result.ok).toBe(true);
    await shop.settled();
    const { text } = await createVisitor(shop.origin).get(pathOf(order.link));
    expect(text).toContain('Paid after refunds');
  });

  it('is there for whoever may see the order, and for nobody else', async () => {
    const order = await buy(shop);
    expect((await order.visitor.get(`/en/orders/${order.number}/receipt`)).status).toBe(200);
    const stranger = createVisitor(shop.origin);
    expect((await stranger.get(`/en/orders/${order.number}/receipt`)).status).toBe(404);
    expect((await stranger.get(`/en/orders/${order.number}/receipt?key=${'x'.repeat(24)}`)).status).toBe(404);
    const unpaid = await buy(shop, { pay: false });
    expect((await stranger.get(pathOf(unpaid.link))).status).toBe(404);
  });

  it('says so while it has no number yet', async () => {
    const quiet = await startShop({ jobs: false });
    try {
      const order = await buy(quiet);
      const { status, text } = await createVisitor(quiet.origin).get(pathOf(order.link));
      expect(status).toBe(200);
      expect(text).toContain('gets its number a moment after');
      expect(await quiet.db('receipts').select('order_id')).toEqual([]);
    } finally {
      await quiet.close();
    }
  });
});
