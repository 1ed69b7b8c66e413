import { newOrderNumber, newToken } from '../../src/lib/ids.js';
import type { Db } from '../../src/platform/db.js';

export interface DeskOrder {
  number: string;
  state: string;
  email: string;
  name: string;
  country: string;
  hold: string | null;
  createdAt: Date;
  sku: string;
  note: string;
  /** The newest attempt to pay; null: none. */
  payment: string | null;
}

const PAID = new Set(['paid', 'fulfilling', 'shipped', 'delivered', 'refunded']);

/**
 * An order as the desk finds one, written straight into the tables: any state without playing it through. For lists and
 * texts only; money and stock of it add up to nothing.
 */
export async function insertOrder(
  db: Db,
  given: Partial<DeskOrder> = {},
): Promise<{ id: number; number: string }> {
  const order: DeskOrder = {
    number: newOrderNumber(),
    state: 'paid',
    email: 'sam.lee@example.com',
    name: 'Sam Lee',
    country: 'US',
    hold: null,
    createdAt: new Date(),
    sku: 'SKU-1',
    note: '',
    payment: null,
    ...given,
  };
  const [cart] = await db('carts')
    .insert({ token: newToken(), state: 'closed' })
    .returning<{ id: number }[]>('id');
  const [inserted] = await db('orders')
    .insert({
      number: order.number,
      access_key: newToken(),
      cart_id: cart!.id,
      state: order.state,
      locale: 'en',
      currency: 'USD',
      fingerprint: newToken(),
      email: order.email,
      name: order.name,
      phone: '+12125550142',
      country: order.country,
      address1: '1 Example Street',
      note: order.note,
      skus: order.sku,
      hold: order.hold,
      lines_total: 5_000,
      shipping_total: 0,
      total: 5_000,
      delivery_from: '2026-12-01',
      delivery_to: '2026-12-03',
      expires_at: order.createdAt,
      created_at: order.createdAt,
      paid_at: PAID.has(order.state) ? order.createdAt : null,
    })
    .returning<{ id: number }[]>('id');
  const id = inserted!.id;
  await db('order_lines').insert({
    order_id: id,
    position: 0,
    sku: order.sku,
    name: 'A thing',
    quantity: 1,
    unit_amount: 5_000,
    total: 5_000,
  });
  if (order.payment !== null) {
    const captured = ['captured', 'refund_due', 'partially_refunded', 'refunded', 'mismatch'].includes(
      order.payment,
    );
    await db('payments').insert({
      reference: newToken(),
      order_id: id,
      provider: 'stripe',
      live: false,
      state: order.payment,
      currency: 'USD',
      amount: 5_000,
      captured_amount: captured ? 5_000 : 0,
      expires_at: order.createdAt,
    });
  }
  return { id, number: order.number };
}
