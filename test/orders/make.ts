import { randomUUID } from 'node:crypto';
import { correctStock } from '../../src/inventory/index.js';
import type { Locale } from '../../src/lib/locale.js';
import { LOCALE_CURRENCY } from '../../src/lib/locale.js';
import { readDispatch, shipLines, type Carrier } from '../../src/orders/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { findGoods } from '../support/goods.js';
import { checkoutFields, type Country } from '../support/purchase.js';
import type { Shop } from '../support/shop.js';
import { createVisitor, type Visitor } from '../support/visitor.js';

export interface BoughtOrder {
  orderId: number;
  number: string;
  /** The order's page by its permanent link. */
  link: string;
  key: string;
  /** The attempt at the provider. */
  providerId: string;
  visitor: Visitor;
  lines: { id: number; quantity: number; name: string; variantId: number }[];
}

const HOME = {
  en: { country: 'US', provider: 'stripe' },
  ko: { country: 'KR', provider: 'toss' },
  uz: { country: 'UZ', provider: 'stripe' },
} as const satisfies Record<Locale, { country: Country; provider: 'stripe' | 'toss' }>;

/** A guest buys so many pieces of so many products, and pays unless told otherwise. Jobs have run afterwards. */
export async function buy(
  shop: Shop,
  { locale = 'en', pieces = [1], pay = true }: { locale?: Locale; pieces?: number[]; pay?: boolean } = {},
): Promise<BoughtOrder> {
  const visitor = createVisitor(shop.origin);
  for (const [skip, quantity] of pieces.entries()) {
    const { variantId } = await findGoods(shop.db, { locale, currency: LOCALE_CURRENCY[locale], skip });
    await inTransaction(shop.db, tx =>
      correctStock(tx, { variantId, onHand: 500, actor: 'test', cause: 'plenty', now: shop.now() }),
    );
    await visitor.post(`/${locale}/cart/lines`, { variant: String(variantId), quantity: String(quantity) });
  }
  const { country, provider } = HOME[locale];
  const fields = await checkoutFields(visitor, { locale, country, provider });
  const answered = await visitor.post(`/${locale}/checkout`, fields);
  const providerId = /\/(?:pay|payments)\/([^/?#]+)/.exec(answered.location ?? '')?.[1];
  if (!providerId) throw new Error(`not placed: ${answered.status} ${answered.location}`);
  if (pay) {
    const { location } =
      provider === 'stripe' ? await shop.stripe.pay(providerId) : shop.toss.approve(providerId);
    await visitor.open(location);
    await shop.settled();
  }
  const order = await shop
    .db('orders')
    .orderBy('id', 'desc')
    .first<{ id: number; number: string; access_key: string }>('id', 'number', 'access_key');
  return {
    orderId: order.id,
    number: order.number,
    key: order.access_key,
    providerId,
    link: `/${locale}/orders/${order.number}?key=${order.access_key}`,
    visitor,
    lines: await shop
      .db('order_lines')
      .where({ order_id: order.id })
      .orderBy('position')
      .select<BoughtOrder['lines']>('id', 'quantity', 'name', 'variant_id as variantId'),
  };
}

let given = 0;
/** A number that fits the carrier and that no other parcel of the run has. */
export function newNumber(carrier: Carrier): string {
  given += 1;
  const digits = String(given).padStart(9, '0');
  return carrier === 'uzpost' ? `RR${digits}UZ` : carrier === 'ups' ? `1Z999AA10${digits}` : `123${digits}`;
}

/** Sends pieces of an order as staff do; all that are left of it unless told which. */
export async function send(
  shop: Shop,
  order: BoughtOrder,
  {
    lines = order.lines.map(({ id, quantity }) => ({ lineId: id, quantity })),
    carrier = 'cj',
    number = newNumber(carrier),
    token = randomUUID(),
  }: {
    lines?: { lineId: number; quantity: number }[];
    carrier?: Carrier;
    number?: string;
    token?: string;
  } = {},
): ReturnType<typeof shipLines> {
  const read = readDispatch(carrier, number);
  if (!read.ok) throw new Error(`${number} is no number of ${carrier}`);
  return await inTransaction(shop.db, tx =>
    shipLines(tx, {
      orderId: order.orderId,
      lines,
      token,
      carrier: read.carrier,
      trackingNumber: read.trackingNumber,
      actor: 'staff:1',
      now: shop.now(),
    }),
  );
}
