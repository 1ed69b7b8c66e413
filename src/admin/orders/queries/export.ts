import type { Address } from '../../../lib/address.js';
import type { Currency } from '../../../lib/money.js';
import { rows, type Db } from '../../../platform/db.js';
import type { OrderFilter } from '../rules.js';
import { matching } from './filter.js';

/** An order as the CSV has it. Amounts in the currency's smallest unit. */
export interface ExportedOrder extends Address {
  number: string;
  createdAt: Date;
  paidAt: Date | null;
  state: string;
  hold: string | null;
  paymentState: string | null;
  provider: string | null;
  currency: Currency;
  linesTotal: number;
  discountTotal: number;
  shippingTotal: number;
  taxTotal: number;
  total: number;
  captured: number;
  refunded: number;
  email: string;
  note: string;
  locale: string;
  pieces: number;
  /** `SKU × 2; SKU × 1`. */
  goods: string;
}

/** More rows than any shop exports at once; a bound all the same. */
const MOST = 1_000_000;
const BATCH = 500;

/**
 * The orders of a filter, newest first, in batches: exactly those that match at the moment of asking, whatever happens to
 * them while a slow reader takes the file. Only their numbers are held in memory.
 */
export async function* exportOrders(
  db: Db,
  { filter }: { filter: OrderFilter },
): AsyncGenerator<ExportedOrder[]> {
  const { sql, bindings } = matching(filter, { after: null, before: null, limit: MOST });
  const ids = (await rows<{ id: number }>(db, sql, bindings)).map(({ id }) => id);
  for (let at = 0; at < ids.length; at += BATCH) yield await loadBatch(db, ids.slice(at, at + BATCH));
}

async function loadBatch(db: Db, ids: readonly number[]): Promise<ExportedOrder[]> {
  return await rows<ExportedOrder>(
    db,
    `select o.number, o.created_at as "createdAt", o.paid_at as "paidAt", o.state, o.hold, p.state as "paymentState", p.provider,
            o.currency, o.lines_total as "linesTotal", o.discount_total as "discountTotal",
            o.shipping_total as "shippingTotal", o.tax_total as "taxTotal", o.total,
            coalesce(m.captured, 0)::bigint as captured, coalesce(m.refunded, 0)::bigint as refunded,
            o.name, o.email, o.phone, o.country, o.postal_code as "postalCode", o.region, o.city, o.address1, o.address2,
            o.note, o.locale, l.pieces, l.goods
       from unnest(cast(:ids as bigint[])) with ordinality wanted(id, position)
       join orders o on o.id = wanted.id
       left join lateral (select state, provider from payments where order_id = o.id
                           order by captured_amount > 0 desc, id desc limit 1) p on true
       left join lateral (select sum(captured_amount) as captured,
                                 sum((select sum(amount) from refunds r where r.payment_id = each.id and r.state = 'succeeded')) as refunded
                            from payments each where each.order_id = o.id) m on true
       left join lateral (select sum(quantity)::int as pieces,
                                 string_agg(sku || ' × ' || quantity, '; ' order by position) as goods
                            from order_lines where order_id = o.id) l on true
      order by wanted.position`,
    { ids },
  );
}
