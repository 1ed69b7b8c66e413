import type { Address } from '../../../lib/address.js';
import type { CalendarDate } from '../../../lib/time.js';
import type { OrderState } from '../../../orders/index.js';
import { rows, type Db } from '../../../platform/db.js';

/** An order as a packing slip needs it: who gets what, and no price. */
export interface SlipOrder extends Address {
  id: number;
  number: string;
  state: OrderState;
  hold: string | null;
  locale: 'en' | 'ko' | 'uz';
  createdAt: Date;
  deliveryTo: CalendarDate;
  shippingMethodName: string;
  note: string;
  lines: { sku: string; name: string; variantName: string; quantity: number; left: number }[];
}

/** Orders by their numbers, in the order asked for; numbers that no order has are left out. */
export async function listSlipOrders(
  db: Db,
  { numbers }: { numbers: readonly string[] },
): Promise<SlipOrder[]> {
  return await rows<SlipOrder>(
    db,
    `select o.id, o.number, o.state, o.hold, o.locale, o.created_at as "createdAt", o.delivery_to as "deliveryTo",
            o.shipping_method_name as "shippingMethodName", o.name, o.phone, o.country, o.postal_code as "postalCode", o.region,
            o.city, o.address1, o.address2, o.note,
            (select coalesce(json_agg(json_build_object('sku', l.sku, 'name', l.name, 'variantName', l.variant_name,
                    'quantity', l.quantity, 'left', l.quantity - l.shipped_quantity - l.canceled_quantity) order by l.position), '[]')
               from order_lines l where l.order_id = o.id) as lines
       from unnest(cast(:numbers as text[])) with ordinality wanted(number, position)
       join orders o on o.number = wanted.number
      order by wanted.position`,
    { numbers },
  );
}
