import type { Place } from '../../lib/address.js';
import { newOrderNumber, newToken } from '../../lib/ids.js';
import type { Locale } from '../../lib/locale.js';
import type { Currency } from '../../lib/money.js';
import type { CalendarDate } from '../../lib/time.js';
import type { Tx } from '../../platform/db.js';
import type { Explanation } from '../explanation.js';
import { lockOrder, type Order } from '../queries.js';
import { PAYMENT_WINDOW_MS } from '../rules.js';
import { recordOrderMove } from './move.js';

/** Everything an order remembers, copied: later changes of prices, names or addresses do not reach it. */
export interface OrderDraft {
  cartId: number;
  /** Who was signed in; null for a guest. */
  userId: number | null;
  locale: Locale;
  currency: Currency;
  fingerprint: string;
  contact: { email: string; name: string; phone: string };
  address: Place & { note: string };
  lines: readonly {
    variantId: number;
    sku: string;
    name: string;
    variantName: string;
    imageId: string | null;
    quantity: number;
    unitAmount: number;
    discountShare: number;
    total: number;
    /** Basis points; the tax is on top of `total` where it is added, else a part of it. */
    taxRate: number;
    taxAmount: number;
    taxAdded: boolean;
    weightGrams: number;
    bundleId: number | null;
    bundleName: string | null;
  }[];
  /** `tax` is what was added on top of prices and delivery, `taxContained` the part of them that is tax. */
  totals: {
    lines: number;
    discount: number;
    shipping: number;
    shippingTax: number;
    tax: number;
    taxContained: number;
    total: number;
  };
  explanation: Explanation;
  /** The method by its code, and by its name in the order's language. */
  delivery: { method: string; methodName: string; from: CalendarDate; to: CalendarDate };
}

/** Opens a pending order that waits `PAYMENT_WINDOW_MS` for its money. Needs the cart's lock; one living order a cart. */
export async function openOrder(
  tx: Tx,
  { draft, actor, now }: { draft: OrderDraft; actor: string; now: Date },
): Promise<Order> {
  const { contact, address, totals } = draft;
  const [inserted] = await tx('orders')
    .insert({
      number: newOrderNumber(),
      access_key: newToken(),
      cart_id: draft.cartId,
      user_id: draft.userId,
      locale: draft.locale,
      currency: draft.currency,
      fingerprint: draft.fingerprint,
      email: contact.email,
      name: contact.name,
      phone: contact.phone,
      country: address.country,
      postal_code: address.postalCode,
      region: address.region,
      city: address.city,
      address1: address.address1,
      address2: address.address2,
      note: address.note,
      skus: [...new Set(draft.lines.map(({ sku }) => sku))].join(' '),
      lines_total: totals.lines,
      discount_total: totals.discount,
      shipping_total: totals.shipping,
      shipping_tax: totals.shippingTax,
      tax_total: totals.tax,
      tax_contained: totals.taxContained,
      total: totals.total,
      explanation: JSON.stringify(draft.explanation),
      shipping_method: draft.delivery.method,
      shipping_method_name: draft.delivery.methodName,
      delivery_from: draft.delivery.from,
      delivery_to: draft.delivery.to,
      expires_at: new Date(now.getTime() + PAYMENT_WINDOW_MS),
      created_at: now,
    })
    .returning<{ id: number }[]>('id');
  const orderId = inserted!.id;
  await tx('order_lines').insert(
    draft.lines.map((line, position) => ({
      order_id: orderId,
      position,
      variant_id: line.variantId,
      sku: line.sku,
      name: line.name,
      variant_name: line.variantName,
      image_id: line.imageId,
      quantity: line.quantity,
      unit_amount: line.unitAmount,
      discount_share: line.discountShare,
      total: line.total,
      tax_rate: line.taxRate,
      tax_amount: line.taxAmount,
      tax_added: line.taxAdded,
      weight_grams: line.weightGrams,
      bundle_id: line.bundleId,
      bundle_name: line.bundleName,
    })),
  );
  await recordOrderMove(tx, { orderId, from: null, to: 'pending', actor, cause: 'checkout', now });
  return await lockOrder(tx, { orderId });
}
