import { newOrderNumber, newToken } from '../../src/lib/ids.js';
import { saveProduct } from '../../src/catalog/index.js';
import { receiveStock } from '../../src/inventory/index.js';
import { inTransaction, type Db } from '../../src/platform/db.js';
import { makeDraft } from '../catalog/make.js';

export const NOW = new Date('2026-11-26T09:00:00Z');
export const BECAUSE = { actor: 'test', cause: 'a test', now: NOW };

/** A variant of a new product with `pieces` on hand. */
export async function makeStock(db: Db, pieces: number): Promise<number> {
  return await inTransaction(db, async tx => {
    const saved = await saveProduct(tx, makeDraft());
    if (!saved.ok) throw new Error('the product was not saved');
    const variantId = saved.variants[0]!.variantId;
    if (pieces > 0) await receiveStock(tx, { ...BECAUSE, variantId, quantity: pieces });
    return variantId;
  });
}

/** An order under way that can hold stock. What it says of money is of no matter here. */
export async function makeOrder(db: Db): Promise<{ orderId: number; cartId: number }> {
  const [cart] = await db('carts').insert({ token: newToken() }).returning<{ id: number }[]>('id');
  const [order] = await db('orders')
    .insert({
      number: newOrderNumber(),
      access_key: newToken(),
      cart_id: cart!.id,
      locale: 'en',
      currency: 'USD',
      fingerprint: 'test',
      email: 'test@example.com',
      name: 'Test',
      phone: '+12125550142',
      country: 'US',
      address1: '1 Example Street',
      lines_total: 0,
      shipping_total: 0,
      total: 0,
      delivery_from: '2026-12-01',
      delivery_to: '2026-12-03',
      expires_at: NOW,
    })
    .returning<{ id: number }[]>('id');
  return { orderId: order!.id, cartId: cart!.id };
}

export const stockOf = async (db: Db, variantId: number): Promise<[onHand: number, reserved: number]> => {
  const stock = await db('stock')
    .where({ variant_id: variantId })
    .first<{ on_hand: number; reserved: number }>('on_hand', 'reserved');
  return [stock.on_hand, stock.reserved];
};

/** A variant's ledger as short lines: "sale -2 -2 → 3 0". */
export const ledgerOf = async (db: Db, variantId: number): Promise<string[]> => {
  const rows = await db('stock_movements')
    .where({ variant_id: variantId })
    .orderBy('id')
    .select<
      { kind: string; delta: number; reserved_delta: number; on_hand_after: number; reserved_after: number }[]
    >();
  return rows.map(
    row => `${row.kind} ${row.delta} ${row.reserved_delta} → ${row.on_hand_after} ${row.reserved_after}`,
  );
};

export const eventsOf = async (db: Db, type: string, variantId: number): Promise<number> =>
  (await db('events').where({ type }).whereRaw(`(payload ->> 'variantId')::bigint = ?`, [variantId])).length;
