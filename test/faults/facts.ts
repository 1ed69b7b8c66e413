import { rows, type Db } from '../../src/platform/db.js';

/** The store's tables, read as they are: no function of the store stands between them and the checks. */
export interface Facts {
  orders: {
    id: number;
    number: string;
    state: string;
    cart_id: number;
    email: string;
    country: string;
    currency: string;
    /** What the tables say its delivery costs, worked out in SQL; null when no method of that code serves it. */
    delivery_due: number | null;
    lines_total: number;
    discount_total: number;
    shipping_total: number;
    tax_total: number;
    total: number;
    paid_at: Date | null;
    expires_at: Date;
    hold: string | null;
  }[];
  /** `price`: what the catalogue asks for that variant in the order's currency. It does not change during a run. */
  lines: {
    order_id: number;
    variant_id: number;
    quantity: number;
    unit_amount: number;
    discount_share: number;
    total: number;
    price: number;
    bundle_id: number | null;
    shipped_quantity: number;
    refunded_quantity: number;
    canceled_quantity: number;
  }[];
  payments: {
    id: number;
    order_id: number;
    reference: string;
    provider: string;
    provider_id: string | null;
    state: string;
    amount: number;
    currency: string;
    captured_amount: number;
    refunded_amount: number;
    /** When the sweep asks again; null when nobody does. */
    check_at: Date | null;
  }[];
  refunds: {
    id: number;
    payment_id: number;
    reference: string;
    amount: number;
    state: string;
    /** Taken into the books as made by hand at the provider. */
    imported: boolean;
    provider_refund_id: string | null;
  }[];
  /** Pieces that staff or a cancellation put on the shelf again, by order. */
  restocked: { order_id: number; variant_id: number; quantity: number }[];
  /** What staff counted or received: the sum of it by variant. */
  counted: { variant_id: number; delta: number }[];
  disputes: { payment_id: number; state: string }[];
  discounts: {
    id: number;
    code: string | null;
    limit_total: number | null;
    limit_per_customer: number | null;
  }[];
  claims: { discount_id: number; order_id: number; customer: string; state: string }[];
  parcels: { id: number; order_id: number; state: string }[];
  parcelLines: { shipment_id: number; order_id: number; variant_id: number; quantity: number }[];
  receipts: { order_id: number; year: number; number: number }[];
  notices: { event_id: number; kind: string }[];
  returns: { id: number; order_id: number; state: string; pieces: number }[];
  /** Sets on orders: what their lines come to, how many sets they make, what one set costs. */
  sets: { order_id: number; bundle_id: number; total: number; sets: number; most: number; price: number }[];
  stock: { variant_id: number; on_hand: number; reserved: number }[];
  reservations: { order_id: number; variant_id: number; quantity: number; state: string }[];
  carts: { id: number; state: string }[];
  events: { id: number; type: string; order_id: number }[];
  letters: { event_id: number; kind: string; recipient: string; sent_at: Date | null }[];
  gatewayEvents: { provider: string; event_id: string; payment_id: number }[];
  /** Histories of orders and payments, each in the order they were written. */
  moves: {
    subject: 'order' | 'payment';
    subject_id: number;
    from_state: string | null;
    to_state: string;
    actor: string;
    cause: string;
  }[];
  /** Jobs that have used up their tries. One that was asked for anew while it ran is taken out of play the same way, without
   *  a key; if its process is killed then, it stays behind, and the newer one does its work. */
  deadJobs: { task_identifier: string; last_error: string | null }[];
}

export async function readFacts(db: Db): Promise<Facts> {
  const read = <Name extends keyof Facts>(sql: string) => rows<Facts[Name][number]>(db, sql);
  return {
    orders: await read<'orders'>(
      `select o.id, o.number, o.state, o.cart_id, o.email, o.country, o.currency, o.lines_total, o.discount_total,
              o.shipping_total, o.tax_total, o.total, o.paid_at, o.expires_at, o.hold, due.amount as delivery_due
         from orders o
         left join lateral (
           select case when o.lines_total - o.discount_total >= r.free_over then 0 else b.amount end
                  + r.surcharge + r.heavy_surcharge * load.heavy as amount
             from shipping_areas a
             join shipping_methods m on m.zone_id = a.zone_id and m.code = o.shipping_method
             join shipping_rates r on r.method_id = m.id and r.currency = o.currency
             cross join lateral (
               select sum(v.weight_grams * l.quantity) as grams,
                      coalesce(sum(l.quantity) filter (where v.weight_grams > m.heavy_over_grams), 0) as heavy
                 from order_lines l join variants v on v.id = l.variant_id where l.order_id = o.id) load
             join shipping_brackets b on b.method_id = m.id and b.currency = o.currency
              and load.grams <= coalesce(b.up_to_grams, load.grams)
              and o.lines_total - o.discount_total >= b.from_goods
            where a.country = o.country and coalesce(a.region, o.region) = o.region
              and (a.postal_from is null or o.postal_code between a.postal_from and a.postal_to)
            order by a.postal_from nulls last, a.region nulls last, b.up_to_grams nulls last, b.from_goods desc
            limit 1) due on true
        order by o.id`,
    ),
    lines: await read<'lines'>(
      `select l.order_id, l.variant_id, l.quantity, l.unit_amount, l.discount_share, l.total, l.bundle_id,
              l.shipped_quantity, l.refunded_quantity, l.canceled_quantity, p.amount as price
         from order_lines l join orders o on o.id = l.order_id
         left join prices p on p.variant_id = l.variant_id and p.currency = o.currency order by l.id`,
    ),
    payments: await read<'payments'>(
      `select id, order_id, reference, provider, provider_id, state, amount, currency, captured_amount, refunded_amount,
              check_at from payments order by id`,
    ),
    refunds: await read<'refunds'>(
      `select id, payment_id, reference, amount, state, imported, provider_refund_id from refunds`,
    ),
    restocked: await read<'restocked'>(
      `select o.order_id, l.variant_id, r.restocked as quantity
         from order_refund_lines r join order_refunds o on o.id = r.order_refund_id join order_lines l on l.id = r.order_line_id
        where r.restocked > 0
       union all
       -- The bank took the deposit of a paid order back and staff ended it: there is no money to refund, but its goods are back.
       select o.id, l.variant_id, l.quantity - l.refunded_quantity
         from orders o join order_lines l on l.order_id = o.id
        where o.state = 'canceled' and o.paid_at is not null and l.quantity > l.refunded_quantity`,
    ),
    counted: await read<'counted'>(
      `select variant_id, sum(delta)::int as delta from stock_movements where actor like 'staff:%' and kind in ('receipt', 'correction')
        group by 1`,
    ),
    disputes: await read<'disputes'>(`select payment_id, state from disputes`),
    discounts: await read<'discounts'>(`select id, code, limit_total, limit_per_customer from discounts`),
    claims: await read<'claims'>(`select discount_id, order_id, customer, state from discount_claims`),
    parcels: await read<'parcels'>(`select id, order_id, state from shipments`),
    parcelLines: await read<'parcelLines'>(
      `select p.shipment_id, l.order_id, l.variant_id, p.quantity
         from shipment_lines p join order_lines l on l.id = p.order_line_id`,
    ),
    receipts: await read<'receipts'>(`select order_id, year, number from receipts`),
    notices: await read<'notices'>(`select event_id, kind from staff_notices`),
    returns: await read<'returns'>(
      `select r.id, r.order_id, r.state, sum(l.quantity)::int as pieces
         from returns r join return_lines l on l.return_id = r.id group by r.id`,
    ),
    sets: await read<'sets'>(
      `select l.order_id, l.bundle_id, sum(l.total)::bigint as total, min(l.quantity / i.quantity) as sets,
              max(l.quantity / i.quantity) as most, p.amount as price
         from order_lines l join orders o on o.id = l.order_id
         join bundle_items i on i.bundle_id = l.bundle_id and i.variant_id = l.variant_id
         join bundle_prices p on p.bundle_id = l.bundle_id and p.currency = o.currency
        group by l.order_id, l.bundle_id, p.amount`,
    ),
    stock: await read<'stock'>(`select variant_id, on_hand, reserved from stock`),
    reservations: await read<'reservations'>(
      `select order_id, variant_id, quantity, state from stock_reservations`,
    ),
    carts: await read<'carts'>(`select id, state from carts`),
    events: await read<'events'>(
      `select id, type, (payload ->> 'orderId')::bigint as order_id from events order by id`,
    ),
    letters: await read<'letters'>(`select event_id, kind, recipient, sent_at from letters`),
    gatewayEvents: await read<'gatewayEvents'>(`select provider, event_id, payment_id from gateway_events`),
    moves: [
      ...(await read<'moves'>(
        `select 'order' as subject, order_id as subject_id, from_state, to_state, actor, cause from order_events
          where kind = 'move' order by id`,
      )),
      ...(await read<'moves'>(
        `select 'payment' as subject, payment_id as subject_id, from_state, to_state, actor, cause from payment_events order by id`,
      )),
    ],
    deadJobs: await read<'deadJobs'>(
      `select task_identifier, last_error from graphile_worker.jobs where attempts >= max_attempts and key is not null`,
    ),
  };
}

/** Groups rows by a key; a key without rows gives an empty list. */
export function grouped<Row, Key>(
  list: readonly Row[],
  keyOf: (row: Row) => Key,
): (key: Key) => readonly Row[] {
  const groups = new Map<Key, Row[]>();
  for (const row of list) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return key => groups.get(key) ?? [];
}

/** The sum of one figure over rows. */
export const sumOf = <Row>(list: readonly Row[], figure: (row: Row) => number): number =>
  list.reduce((sum, row) => sum + figure(row), 0);
