import { rows } from '../../src/platform/db.js';
import { payOrder, placeOrder, type Country, type Placed } from '../support/purchase.js';
import type { Shop } from '../support/shop.js';

export interface Bought extends Placed {
  orderId: number;
  paymentId: number;
  total: number;
  lines: { id: number; variantId: number; quantity: number; total: number }[];
}

/** A guest's paid order of one line with some pieces. */
export async function buy(
  shop: Shop,
  options: {
    locale: 'en' | 'ko' | 'uz';
    country: Country;
    provider: 'stripe' | 'toss';
    skip?: number;
    quantity?: number;
  },
): Promise<Bought> {
  // All these buyers come from one address.
  await shop.db('rate_limits').delete();
  const placed = await placeOrder(shop, options);
  await payOrder(shop, placed, options.provider);
  const order = await shop
    .db('orders')
    .where({ number: placed.number })
    .first<{ id: number; total: number; state: string }>('id', 'total', 'state');
  if (order.state !== 'paid') throw new Error(`the order is ${order.state}`);
  const payment = await shop.db('payments').where({ order_id: order.id }).first<{ id: number }>('id');
  const lines = await rows<Bought['lines'][number]>(
    shop.db,
    `select id, variant_id as "variantId", quantity, total from order_lines where order_id = :id order by position`,
    { id: order.id },
  );
  return { ...placed, orderId: order.id, paymentId: payment.id, total: order.total, lines };
}

export const EN = { locale: 'en', country: 'US', provider: 'stripe' } as const;
export const KO = { locale: 'ko', country: 'KR', provider: 'toss' } as const;
