import type { Check } from './check.js';

/** Pieces on the shelf, held and sold, and who waits for them. */
export const STOCK: readonly Check[] = [
  {
    rule: 'stock: movements add up to on hand',
    sql: `select format('variant %s: movements %s, on hand %s', s.variant_id, coalesce(m.sum, 0), s.on_hand) as violation
            from stock s left join (select variant_id, sum(delta) as sum from stock_movements group by 1) m using (variant_id)
           where coalesce(m.sum, 0) <> s.on_hand`,
  },
  {
    rule: 'stock: active reservations add up to reserved',
    sql: `select format('variant %s: reservations %s, reserved %s', s.variant_id, coalesce(r.sum, 0), s.reserved) as violation
            from stock s left join (select variant_id, sum(quantity) as sum from stock_reservations
                                     where state = 'active' group by 1) r using (variant_id)
           where coalesce(r.sum, 0) <> s.reserved`,
  },
  {
    rule: 'stock: the ledger adds up to reserved, too, and each row starts where the one before ended',
    sql: `select format('variant %s: ledger reserves %s, reserved %s', s.variant_id, coalesce(m.sum, 0), s.reserved) as violation
            from stock s left join (select variant_id, sum(reserved_delta) as sum from stock_movements group by 1) m using (variant_id)
           where coalesce(m.sum, 0) <> s.reserved
          union all
          select format('variant %s: movement %s leaves %s and %s', variant_id, id, on_hand_after, reserved_after)
            from (select *, lag(on_hand_after, 1, 0) over told as on_hand_before, lag(reserved_after, 1, 0) over told as reserved_before
                    from stock_movements window told as (partition by variant_id order by id)) m
           where on_hand_after <> on_hand_before + delta or reserved_after <> reserved_before + reserved_delta`,
  },
  {
    rule: 'stock: each reservation is in the ledger, held once and let go once',
    sql: `select format('order %s, variant %s: reservations hold %s, ledger %s', coalesce(r.order_id, m.order_id), coalesce(r.variant_id, m.variant_id),
                        coalesce(r.held, 0), coalesce(m.held, 0)) as violation
            from (select order_id, variant_id, sum(quantity) filter (where state = 'active') as held, sum(quantity) as ever
                    from stock_reservations group by 1, 2) r
            full join (select order_id, variant_id, sum(reserved_delta) as held, sum(reserved_delta) filter (where kind = 'reserve') as ever
                         from stock_movements where kind in ('reserve', 'release', 'sale') group by 1, 2) m
                   on m.order_id = r.order_id and m.variant_id = r.variant_id
           where coalesce(r.held, 0) <> coalesce(m.held, 0) or r.ever is distinct from m.ever`,
  },
  {
    rule: 'stock: staff hear once of each fall, of a movement that took pieces away',
    sql: `select format('movement %s: %s events', payload ->> 'movementId', count(*)) as violation
            from events where type = 'stock.low' group by payload ->> 'movementId' having count(*) > 1
          union all
          select format('event %s: movement %s is no fall', e.id, payload ->> 'movementId')
            from events e left join stock_movements m on m.id = (e.payload ->> 'movementId')::bigint
           where e.type = 'stock.low' and (m.id is null or m.delta - m.reserved_delta >= 0)`,
  },
  {
    rule: 'stock: what came back came from nothing, and is told once',
    sql: `select format('movement %s: %s events', payload ->> 'movementId', count(*)) as violation
            from events where type = 'stock.returned' group by payload ->> 'movementId' having count(*) > 1
          union all
          select format('event %s: movement %s brought nothing back', e.id, payload ->> 'movementId')
            from events e left join stock_movements m on m.id = (e.payload ->> 'movementId')::bigint
           where e.type = 'stock.returned' and (m.id is null or m.on_hand_after <= m.reserved_after
              or m.on_hand_after - m.reserved_after - m.delta + m.reserved_delta > 0)`,
  },
  {
    rule: 'stock: who waits for a variant gets one letter, and only after saying yes',
    sql: `select format('request %s: %s letters due', r.id, count(e.id)) as violation
            from stock_requests r left join events e on e.type = 'stock.answered' and (e.payload ->> 'requestId')::bigint = r.id
           group by r.id having count(e.id) <> case when r.mailed_at is null then 0 else 1 end
          union all
          select format('request %s has got a letter and was not confirmed', id) from stock_requests
           where mailed_at is not null and (confirmed_at is null or confirmed_at > mailed_at)`,
  },
  {
    rule: 'stock: 0 ≤ reserved ≤ on hand',
    sql: `select format('variant %s: reserved %s of %s', variant_id, reserved, on_hand) as violation
            from stock where reserved < 0 or reserved > on_hand`,
  },
  {
    rule: 'stock: only living orders hold it',
    sql: `select format('order %s is %s and holds variant %s', o.number, o.state, r.variant_id) as violation
            from stock_reservations r join orders o on o.id = r.order_id where r.state = 'active' and o.state <> 'pending'`,
  },
  {
    rule: 'stock: what a paid order sold has left the shelf once',
    sql: `select format('order %s, variant %s: sold %s, moved %s', o.number, l.variant_id, l.quantity, coalesce(m.moved, 0)) as violation
            from orders o
            join (select order_id, variant_id, sum(quantity) as quantity from order_lines
                   where variant_id is not null group by 1, 2) l on l.order_id = o.id
            left join (select order_id, variant_id, -sum(delta) as moved from stock_movements
                        where kind = 'sale' group by 1, 2) m on m.order_id = o.id and m.variant_id = l.variant_id
           where (o.paid_at is not null and coalesce(m.moved, 0) <> l.quantity)
              or (o.paid_at is null and coalesce(m.moved, 0) <> 0)`,
  },
];
