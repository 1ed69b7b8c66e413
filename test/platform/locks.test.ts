import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addToCart } from '../../src/cart/actions.js';
import { lockCart, mergeCarts } from '../../src/cart/index.js';
import { lockOrder, readDispatch, shipLines } from '../../src/orders/index.js';
import { inTransaction, type Tx } from '../../src/platform/db.js';
import { eraseAccount } from '../../src/my-account/actions/erase.js';
import { findGoods } from '../support/goods.js';
import { makeCustomer } from '../support/customer.js';
import { startShop, type Shop } from '../support/shop.js';
import { buy, newNumber, type BoughtOrder } from '../orders/make.js';

let shop: Shop;
beforeAll(async () => void (shop = await startShop()));
afterAll(() => shop.close());

/** A transaction that gives up a lock it does not get at once, and is undone in any case. */
async function impatient<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return await shop.db.transaction(async tx => {
    await tx.raw(`set local lock_timeout = '1s'`);
    return await work(tx);
  });
}

/** Both moves of an order in one transaction: Postgres then asks again whether what the order names is there. */
const sendAll = (tx: Tx, { orderId, lines }: BoughtOrder) => {
  const dispatch = readDispatch('cj', newNumber('cj'));
  if (!dispatch.ok) throw new Error('no dispatch');
  return shipLines(tx, {
    orderId,
    lines: lines.map(({ id, quantity }) => ({ lineId: id, quantity })),
    token: newNumber('other'),
    carrier: dispatch.carrier,
    trackingNumber: dispatch.trackingNumber,
    actor: 'staff:1',
    now: shop.now(),
  });
};

describe('a lock does not stop what only names the row', () => {
  it('an order moves twice while somebody has its cart and waits for the order', async () => {
    const order = await buy(shop);
    const { cart_id: cartId } = await shop
      .db('orders')
      .where({ id: order.orderId })
      .first<{ cart_id: number }>('cart_id');
    await inTransaction(shop.db, async tx => {
      await lockCart(tx, { cartId });
      expect(await impatient(other => sendAll(other, order))).toMatchObject({ ok: true });
      await lockOrder(tx, { orderId: order.orderId });
    });
  });

  it('an order moves twice while its buyer’s carts are being joined', async () => {
    const order = await buy(shop);
    const { userId } = await makeCustomer(shop);
    await shop.db('orders').where({ id: order.orderId }).update({ user_id: userId });
    await inTransaction(shop.db, async tx => {
      await mergeCarts(tx, { token: 'none', userId, now: shop.now() });
      expect(await impatient(other => sendAll(other, order))).toMatchObject({ ok: true });
    });
  });
});

describe('the user comes before the cart', () => {
  const shopper = { token: null, locale: 'en', currency: 'USD' } as const;
  const add = async (userId: number) => {
    const { variantId } = await findGoods(shop.db, { locale: 'en', currency: 'USD' });
    return await addToCart(shop.db, { ...shopper, userId, variantId, quantity: 1, now: shop.now() });
  };

  it('whoever erases an account waits before anything else is locked', async () => {
    const { userId, email } = await makeCustomer(shop);
    await add(userId);
    const { id: cartId } = await shop.db('carts').where({ user_id: userId }).first<{ id: number }>('id');
    let erasing: Promise<unknown> = Promise.resolve();
    await inTransaction(shop.db, async tx => {
      await tx('users').where({ id: userId }).forNoKeyUpdate().select('id');
      erasing = eraseAccount(shop.db, { userId, typed: email, now: shop.now() });
      await waiting(1);
      await impatient(other => lockCart(other, { cartId }));
    });
    expect(await erasing).toEqual({ ok: true });
  });

  it('a first piece waits for carts that are being joined, and goes into the one that is left', async () => {
    const { userId } = await makeCustomer(shop);
    const { token: guest } = (await addToCart(shop.db, {
      ...shopper,
      userId: null,
      ...(await goods()),
      now: shop.now(),
    })) as { token: string };
    let adding: Promise<unknown> = Promise.resolve();
    await inTransaction(shop.db, async tx => {
      await tx('users').where({ id: userId }).forNoKeyUpdate().select('id');
      adding = add(userId);
      await waiting(1);
      await mergeCarts(tx, { token: guest, userId, now: shop.now() });
    });
    expect(await adding).toMatchObject({ ok: true, quantity: 2 });
  });

  const goods = async () => {
    const { variantId } = await findGoods(shop.db, { locale: 'en', currency: 'USD' });
    return { variantId, quantity: 1 };
  };

  /** Until so many connections to this shop's database wait for a lock. */
  async function waiting(count: number): Promise<void> {
    await expect
      .poll(async () => {
        const { rows } = (await shop.db.raw(
          `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )) as { rows: { n: number }[] };
        return rows[0]!.n;
      })
      .toBe(count);
  }
});

it('no lock but an erasure’s stops what names the row', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(file =>
    file.endsWith('.ts'),
  );
  const strong = files.filter(file =>
    /for update\b|\.forUpdate\(/.test(readFileSync(join('src', file), 'utf8')),
  );
  expect(strong).toEqual([join('accounts', 'actions', 'erase.ts')]);
});
