import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';
import { buy } from './make.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());

const mainOf = (html: string) =>
  (/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '')
    // The picture is the product's own and goes with it.
    .replace(/<span class="line__picture[\s\S]*?<\/span>/g, '')
    .replace(/\s+/g, ' ');

describe('a product that was sold', () => {
  it('cannot be deleted while the ledger tells of it', async () => {
    const order = await buy(shop);
    const { product_id: productId } = await shop
      .db('variants')
      .where({ id: order.lines[0]!.variantId })
      .first<{ product_id: number }>('product_id');
    await expect(shop.db('products').where({ id: productId }).delete()).rejects.toMatchObject({
      code: '23503',
    });
    expect(await audit(shop.db)).toEqual([]);
  });

  it('leaves orders and receipts whole when it is renamed, repriced or gone', async () => {
    const order = await buy(shop, { pieces: [2] });
    const receipt = order.link.replace('?', '/receipt?');
    const look = async () => {
      const visitor = createVisitor(shop.origin);
      return [mainOf((await visitor.get(order.link)).text), mainOf((await visitor.get(receipt)).text)];
    };
    const before = await look();
    expect(before[0]).toContain(order.lines[0]!.name);

    const variantId = order.lines[0]!.variantId;
    const { product_id: productId } = await shop
      .db('variants')
      .where({ id: variantId })
      .first<{ product_id: number }>('product_id');
    await shop.db('product_translations').where({ product_id: productId }).update({ name: 'Another name' });
    await shop.db('prices').where({ variant_id: variantId }).update({ amount: 1, compare_at: null });
    await shop.db('products').where({ id: productId }).update({ state: 'archived' });
    // As if nothing of it were left: a line keeps what it says when its variant goes.
    await shop
      .db('order_lines')
      .where({ id: order.lines[0]!.id })
      .update({ variant_id: null, image_id: null });
    expect(await look()).toEqual(before);
  });
});
