import type { Check } from './check.js';

/** Orders, their parcels and receipts, their history, and what may happen once. */
export const ORDERS: readonly Check[] = [
  {
    rule: 'orders: total = lines − discounts + shipping + tax',
    sql: `select format('order %s: total %s', number, total) as violation
            from orders where total <> lines_total - discount_total + shipping_total + tax_total`,
  },
  {
    rule: 'orders: lines and their shares of the discount add up',
    sql: `select format('order %s: lines %s of %s, shares %s of %s', o.number, l.gross, o.lines_total, l.shares, o.discount_total) as violation
            from orders o
            join (select order_id, sum(unit_amount * quantity) as gross, sum(discount_share) as shares
                    from order_lines group by 1) l on l.order_id = o.id
           where l.gross <> o.lines_total or l.shares <> o.discount_total`,
  },
  {
    rule: 'orders: the taxes of lines and delivery add up to what was added and what was contained',
    sql: `select format('order %s: taxes %s, added %s, contained %s', o.number, l.tax + o.shipping_tax, o.tax_total, o.tax_contained) as violation
            from orders o
            join (select order_id, sum(tax_amount) as tax, coalesce(sum(tax_amount) filter (where tax_added), 0) as added
                    from order_lines group by 1) l on l.order_id = o.id
           where l.tax + o.shipping_tax <> o.tax_total + o.tax_contained
              or o.tax_total not in (l.added, l.added + o.shipping_tax)
              or o.tax_contained > o.total`,
  },
  {
    rule: 'orders: discounts and sets add up to what was taken off, goods and delivery',
    sql: `select format('order %s: off goods %s of %s, off delivery %s of %s', o.number, e.goods, o.discount_total, e.delivery,
                        (o.explanation ->> 'shippingBase')::bigint - o.shipping_total) as violation
            from orders o
            cross join lateral (select coalesce(sum((d -> 'outcome' ->> 'off')::bigint) filter (where d -> 'outcome' ->> 'on' = 'goods'), 0)
                      + (select coalesce(sum((s ->> 'saving')::bigint), 0) from jsonb_array_elements(o.explanation -> 'sets') s) as goods,
                    coalesce(sum((d -> 'outcome' ->> 'off')::bigint) filter (where d -> 'outcome' ->> 'on' = 'delivery'), 0) as delivery
                    from jsonb_array_elements(o.explanation -> 'discounts') d) e
           where o.explanation is not null
             and (e.goods <> o.discount_total or e.delivery <> (o.explanation ->> 'shippingBase')::bigint - o.shipping_total)`,
  },
  {
    rule: 'orders: the parts of the delivery add up to what it costs before discounts',
    sql: `select format('order %s: parts %s, delivery %s', o.number, e.parts, o.explanation ->> 'shippingBase') as violation
            from orders o
            cross join lateral (select (p ->> 'heavy')::bigint + (p ->> 'surcharge')::bigint
                      + case when p ->> 'freeFrom' is null then (p ->> 'rate')::bigint else 0 end as parts
                    from (select o.explanation -> 'shippingParts' as p) x) e
           where jsonb_typeof(o.explanation -> 'shippingParts') = 'object'
             and e.parts <> (o.explanation ->> 'shippingBase')::bigint`,
  },
  {
    rule: 'orders: are found by the SKUs of their lines',
    sql: `select format('order %s: %s, its lines %s', o.number, o.skus, l.skus) as violation
            from orders o join (select order_id, string_agg(sku, ' ' order by first) as skus
                    from (select order_id, sku, min(position) as first from order_lines group by 1, 2) each group by 1) l
                 on l.order_id = o.id where o.skus <> l.skus`,
  },
  {
    rule: 'orders: none without lines',
    sql: `select format('order %s has no lines', number) as violation
            from orders o where not exists (select from order_lines l where l.order_id = o.id)`,
  },
  {
    rule: 'history: an order is on hold as the last line about it says',
    sql: `select format('order %s: hold %s, history %s', o.number, coalesce(o.hold, 'none'), coalesce(h.data::text, 'nothing')) as violation
            from orders o left join lateral (select data from order_events e where e.order_id = o.id and e.kind = 'hold' order by id desc limit 1) h on true
           where o.hold is distinct from case when (h.data ->> 'held')::boolean then h.data ->> 'hold' end`,
  },
  {
    rule: 'history: the last line about a return is the state it is in',
    sql: `select format('return %s is %s, history says %s', r.id, r.state, coalesce(h.step, 'nothing')) as violation
            from returns r left join lateral (select data ->> 'step' as step from order_events e
                   where e.order_id = r.order_id and e.kind = 'return' and (e.data ->> 'returnId')::bigint = r.id
                   order by e.id desc limit 1) h on true
           where h.step is distinct from case when r.kind = 'withdrawal' and r.state = 'accepted' then 'requested' else r.state end`,
  },
  {
    rule: 'once: one placed order a cart',
    sql: `select format('cart %s has %s living orders', cart_id, count(*)) as violation
            from orders where state <> 'canceled' group by cart_id having count(*) > 1`,
  },
  {
    rule: 'once: one capture an order',
    sql: `select format('order %s has %s captured payments', order_id, count(*)) as violation
            from payments where state in ('captured', 'partially_refunded') group by order_id having count(*) > 1`,
  },
  {
    rule: 'once: one "placed" event a paid order',
    sql: `select format('order %s: %s events', o.number, count(e.id)) as violation
            from orders o left join events e on e.type = 'order.placed' and (e.payload ->> 'orderId')::bigint = o.id
           where o.paid_at is not null group by o.id, o.number having count(e.id) <> 1`,
  },
  {
    rule: 'once: one letter an event, kind and recipient',
    sql: `select format('event %s: %s letters to one recipient', event_id, count(*)) as violation
            from letters group by event_id, kind, recipient having count(*) > 1`,
  },
  {
    rule: 'once: one notice an event that staff must see, and none without its event',
    sql: `select format('notice %s (%s): its event is %s', n.id, n.kind, e.type) as violation
            from staff_notices n join events e on e.id = n.event_id where n.kind <> e.type
          union all
          select format('event %s (%s) has no notice', e.id, e.type)
            from events e
           where e.type in ('stock.low', 'payment.mismatch', 'refund.failed') and e.created_at < now() - interval '1 hour'
             and e.created_at > (select min(created_at) from staff_notices)
             and not exists (select from staff_notices n where n.event_id = e.id)`,
  },
  {
    rule: 'history: the last line is the state an order is in',
    sql: `select format('order %s is %s, history says %s', o.number, o.state, coalesce(h.to_state, 'nothing')) as violation
            from orders o left join lateral (select to_state from order_events e where e.order_id = o.id and e.kind = 'move' order by id desc limit 1) h on true
           where h.to_state is distinct from o.state`,
  },
  {
    rule: 'history: the last line is the state a payment is in',
    sql: `select format('payment %s is %s, history says %s', p.id, p.state, coalesce(h.to_state, 'nothing')) as violation
            from payments p left join lateral (select to_state from payment_events e where e.payment_id = p.id order by id desc limit 1) h on true
           where h.to_state is distinct from p.state`,
  },
  {
    rule: 'history: each line starts where the one before ended, with actor and cause',
    sql: `select format('order %s: event %s from %s after %s', h.order_id, h.id, h.from_state, h.before) as violation
            from (select *, lag(to_state) over (partition by order_id order by id) as before from order_events where kind = 'move') h
           where h.from_state is distinct from h.before or h.actor = '' or h.cause = ''
          union all
          select format('payment %s: event %s from %s after %s', h.payment_id, h.id, h.from_state, h.before)
            from (select *, lag(to_state) over (partition by payment_id order by id) as before from payment_events) h
           where h.from_state is distinct from h.before or h.actor = '' or h.cause = ''`,
  },
  {
    rule: 'orders: one out of a user’s cart is theirs, or belongs to whoever showed that its address is theirs',
    sql: `select format('order %s of cart %s of user %s belongs to user %s', o.number, c.id, c.user_id, o.user_id) as violation
            from orders o join carts c on c.id = o.cart_id join users u on u.id = o.user_id
           where c.user_id <> o.user_id and u.erased_at is null
             and not (u.email_verified_at is not null and (lower(o.email) = u.email
                      or exists (select from account_events e where e.user_id = u.id and e.kind = 'email-changed'
                                    and e.data ->> 'from' = lower(o.email))))`,
  },
  {
    rule: 'parcels: what has left of a line is what lies in the parcels that left',
    sql: `select format('order %s, line %s: shipped %s, in parcels %s', o.number, l.id, l.shipped_quantity, coalesce(p.sum, 0)) as violation
            from order_lines l join orders o on o.id = l.order_id
            left join (select sl.order_line_id, sum(sl.quantity) as sum from shipment_lines sl
                         join shipments s on s.id = sl.shipment_id and s.state <> 'preparing' group by 1) p on p.order_line_id = l.id
           where l.shipped_quantity <> coalesce(p.sum, 0)`,
  },
  {
    rule: 'parcels: each holds lines of its own order',
    sql: `select format('parcel %s of order %s', s.id, o.number) as violation
            from shipments s join orders o on o.id = s.order_id
           where not exists (select from shipment_lines sl where sl.shipment_id = s.id)
              or exists (select from shipment_lines sl join order_lines l on l.id = sl.order_line_id
                          where sl.shipment_id = s.id and l.order_id <> s.order_id)`,
  },
  {
    rule: 'parcels: nothing leaves for an order that is not paid',
    sql: `select format('order %s is %s, parcel %s is %s', o.number, o.state, s.id, s.state) as violation
            from shipments s join orders o on o.id = s.order_id
           where s.state <> 'preparing' and o.state in ('pending', 'paid', 'canceled')`,
  },
  {
    rule: 'parcels: each that left or arrived says so once in the history',
    sql: `select format('parcel %s is %s: left %s times, arrived %s times', s.id, s.state, coalesce(h.left_count, 0), coalesce(h.arrived, 0)) as violation
            from shipments s
            left join (select (data ->> 'shipmentId')::bigint as id, count(*) filter (where cause = 'parcel shipped') as left_count,
                              count(*) filter (where cause = 'parcel delivered') as arrived
                         from order_events where kind = 'shipment' group by 1) h on h.id = s.id
           where coalesce(h.left_count, 0) <> (s.state <> 'preparing')::int or coalesce(h.arrived, 0) <> (s.state = 'delivered')::int`,
  },
  {
    rule: 'orders: as far as their parcels are',
    sql: `with facts as (
            select o.id, o.number, o.state,
                   (select bool_and(l.shipped_quantity + l.canceled_quantity = l.quantity) from order_lines l where l.order_id = o.id) as all_left,
                   count(s.id) filter (where s.state <> 'preparing') as left_parcels,
                   count(s.id) filter (where s.state = 'delivered') as arrived
              from orders o left join shipments s on s.order_id = o.id
             where o.state in ('fulfilling', 'shipped', 'delivered') group by o.id)
          select format('order %s is %s: %s parcels left, %s arrived', number, state, left_parcels, arrived) as violation
            from facts
           where (state = 'fulfilling' and all_left and left_parcels > 0)
              or (state = 'shipped' and (not all_left or left_parcels = 0 or arrived = left_parcels))
              or (state = 'delivered' and (not all_left or left_parcels = 0 or arrived < left_parcels))`,
  },
  {
    rule: 'receipts: numbered without a gap in each year',
    sql: `select format('year %s: %s receipts, numbers %s to %s, counter %s', c.year, count(r.number), min(r.number), max(r.number), c.last_number) as violation
            from receipt_counters c left join receipts r using (year) group by c.year, c.last_number
          having count(r.number) <> c.last_number or coalesce(max(r.number), 0) <> c.last_number or coalesce(min(r.number), 1) <> 1`,
  },
  {
    rule: 'receipts: every paid order has one, no other has',
    // The worker gives them a moment after the payment.
    sql: `select format('order %s has no receipt', o.number) as violation
            from orders o join events e on e.type = 'order.placed' and (e.payload ->> 'orderId')::bigint = o.id
           where e.created_at < now() - interval '1 hour' and not exists (select from receipts r where r.order_id = o.id)
          union all
          select format('order %s is not paid and has a receipt', o.number)
            from receipts r join orders o on o.id = r.order_id where o.paid_at is null`,
  },
  {
    rule: 'orders: nobody is named by an order that the person was taken out of',
    sql: `select format('order %s still says whose it was', number) as violation from orders
           where scrubbed_at is not null and (email || name || phone || postal_code || region || city || address1 || address2 || note <> ''
              or state not in ('canceled', 'delivered', 'refunded'))`,
  },
];
