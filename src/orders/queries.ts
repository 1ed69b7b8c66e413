import type { Address } from '../lib/address.js';
import type { Currency } from '../lib/money.js';
import type { Locale } from '../lib/locale.js';
import type { CalendarDate } from '../lib/time.js';
import { row, rows, type Db, type Tx } from '../platform/db.js';
import type { Explanation } from './explanation.js';
import type { OrderHold, OrderState } from './rules.js';

/** An order without its lines. Amounts in its currency's smallest unit; written once, never worked out again. */
export interface Order extends Address {
  id: number;
  number: string;
  accessKey: string;
  cartId: number;
  state: OrderState;
  locale: Locale;
  currency: Currency;
  fingerprint: string;
  email: string;
  note: string;
  linesTotal: number;
  discountTotal: number;
  shippingTotal: number;
  /** Of delivery: on top of `shippingTotal` where the lines' tax is added, else a part of it. */
  shippingTax: number;
  /** Added on top; part of `total`. */
  taxTotal: number;
  /** Held by prices and delivery; part of no sum. */
  taxContained: number;
  total: number;
  /** How the figures came about; null for orders older than that record. */
  explanation: Explanation | null;
  shippingMethod: string;
  /** In the order's language. */
  shippingMethodName: string;
  deliveryFrom: CalendarDate;
  deliveryTo: CalendarDate;
  expiresAt: Date;
  createdAt: Date;
  paidAt: Date | null;
  /** When the last piece left and when the last parcel arrived. */
  shippedAt: Date | null;
  deliveredAt: Date | null;
  /** Why nothing of it may leave the warehouse; null when it may. */
  hold: OrderHold | null;
}

export interface OrderLine {
  variantId: number | null;
  sku: string;
  name: string;
  variantName: string;
  quantity: number;
  unitAmount: number;
  discountShare: number;
  total: number;
  /** Basis points. */
  taxRate: number;
  taxAmount: number;
  taxAdded: boolean;
  /** The set it was bought as a part of. */
  bundleId: number | null;
  bundleName: string | null;
  picture: { id: string; width: number; height: number } | null;
}

const COLUMNS = `id, number, access_key as "accessKey", cart_id as "cartId", state, locale, currency, fingerprint,
  email, name, phone, country, postal_code as "postalCode", region, city, address1, address2, note,
  lines_total as "linesTotal", discount_total as "discountTotal", shipping_total as "shippingTotal",
  shipping_tax as "shippingTax", tax_total as "taxTotal", tax_contained as "taxContained", total, explanation,
  shipping_method as "shippingMethod", shipping_method_name as "shippingMethodName",
  delivery_from as "deliveryFrom", delivery_to as "deliveryTo", expires_at as "expiresAt", created_at as "createdAt",
  paid_at as "paidAt", shipped_at as "shippedAt", delivered_at as "deliveredAt", hold`;

/** Locks one order. Only after its cart. */
export async function lockOrder(tx: Tx, { orderId }: { orderId: number }): Promise<Order> {
  const order = await row<Order>(tx, `select ${COLUMNS} from orders where id = :orderId for no key update`, {
    orderId,
  });
  if (!order) throw new Error(`no order ${orderId}`);
  return order;
}

/** Locks the order of this cart that is not canceled: there is at most one. Needs the cart's lock. */
export async function lockLiveOrder(tx: Tx, { cartId }: { cartId: number }): Promise<Order | null> {
  return await row<Order>(
    tx,
    `select ${COLUMNS} from orders where cart_id = :cartId and state <> 'canceled' for no key update`,
    {
      cartId,
    },
  );
}

export async function findOrder(db: Db, { orderId }: { orderId: number }): Promise<Order | null> {
  return await row<Order>(db, `select ${COLUMNS} from orders where id = :orderId`, { orderId });
}

/** Whoever asks to see an order: the key of its permanent link, or the ids this browser's session placed. */
export interface OrderViewer {
  key: string | null;
  placed: readonly number[];
  /** Who is signed in. Nobody is the owner of what has none. */
  userId: number | null;
}

/** The order, if this viewer may see it; someone else's is not found. */
export async function findOrderForViewer(
  db: Db,
  { number, viewer }: { number: string; viewer: OrderViewer },
): Promise<Order | null> {
  return await row<Order>(
    db,
    `select ${COLUMNS} from orders where number = :number and (access_key = :key or id = any(:placed::bigint[]) or user_id = :userId)`,
    { number, key: viewer.key ?? '', placed: viewer.placed, userId: viewer.userId },
  );
}

/** The order a guest names by e-mail and number, both exactly right. */
export async function findOrderByEmail(
  db: Db,
  { number, email }: { number: string; email: string },
): Promise<Order | null> {
  return await row<Order>(
    db,
    `select ${COLUMNS} from orders where number = :number and lower(email) = lower(:email)`,
    {
      number,
      email,
    },
  );
}

export async function listOrderLines(db: Db, { orderId }: { orderId: number }): Promise<OrderLine[]> {
  return await rows<OrderLine>(
    db,
    `select l.variant_id as "variantId", l.sku, l.name, l.variant_name as "variantName", l.quantity,
            l.unit_amount as "unitAmount", l.discount_share as "discountShare", l.total,
            l.tax_rate as "taxRate", l.tax_amount as "taxAmount", l.tax_added as "taxAdded",
            l.bundle_id as "bundleId", l.bundle_name as "bundleName",
            case when i.id is null then null else json_build_object('id', i.id, 'width', i.width, 'height', i.height) end as picture
       from order_lines l left join images i on i.id = l.image_id
      where l.order_id = :orderId order by l.position`,
    { orderId },
  );
}

/** Why the order was last canceled; null when it never was. */
export async function findCancelCause(db: Db, { orderId }: { orderId: number }): Promise<string | null> {
  const event = await row<{ cause: string }>(
    db,
    `select cause from order_events where order_id = :orderId and to_state = 'canceled' order by id desc limit 1`,
    { orderId },
  );
  return event?.cause ?? null;
}

/** Orders whose time to pay is over, oldest first. */
export async function listOverdueOrders(
  db: Db,
  { now, limit }: { now: Date; limit: number },
): Promise<{ id: number; cartId: number }[]> {
  return await rows<{ id: number; cartId: number }>(
    db,
    `select id, cart_id as "cartId" from orders where state = 'pending' and expires_at <= :now order by expires_at limit :limit`,
    { now, limit },
  );
}

/** The living order of a cart; null when it has none. */
export async function findOrderOfCart(db: Db, { cartId }: { cartId: number }): Promise<Order | null> {
  return await row<Order>(
    db,
    `select ${COLUMNS} from orders where cart_id = :cartId and state <> 'canceled'`,
    { cartId },
  );
}

/** Whether any order of this (folded) e-mail address has ever been paid. */
export async function hasPaidOrder(
  db: Db,
  { email, userId }: { email: string; userId: number | null },
): Promise<boolean> {
  const found = await row(
    db,
    `select id from orders where (lower(email) = :email or user_id = :userId) and paid_at is not null limit 1`,
    { email, userId },
  );
  return found !== null;
}
