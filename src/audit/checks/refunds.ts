import type { Check } from './check.js';

/** What went back: money and goods. */
export const REFUNDS: readonly Check[] = [
  {
    rule: 'refunds: a refund is the sum of its lines and its part of the delivery, and its money comes to just that',
    sql: `select format('refund %s of order %s: %s, its parts %s', r.id, r.order_id, r.amount, r.shipping_amount + coalesce(l.sum, 0)) as violation
            from order_refunds r left join (select order_refund_id, sum(amount) as sum from order_refund_lines group by 1) l
                   on l.order_refund_id = r.id
           where r.amount <> r.shipping_amount + coalesce(l.sum, 0)
          union all
          select format('refund %s: try %s asks for %s of %s, or of another order', r.id, f.id, f.amount, r.amount)
            from order_refund_tries t join order_refunds r on r.id = t.order_refund_id join refunds f on f.id = t.refund_id
            join payments p on p.id = f.payment_id where f.amount > r.amount or p.order_id <> r.order_id or f.imported
          union all
          -- Money of its tries and money given by hand before: exactly its amount, less what failed and nobody has given since.
          select format('refund %s of %s: %s tries promise %s, %s was given by hand before, %s no', r.id, r.amount, count(f.id),
                        coalesce(sum(f.amount) filter (where f.state <> 'failed'), 0), h.given, count(*) filter (where f.state = 'failed') + h.back)
            from order_refunds r left join order_refund_tries t on t.order_refund_id = r.id left join refunds f on f.id = t.refund_id
            cross join lateral (select coalesce(sum(i.amount) filter (where g.state <> 'failed'), 0) as given, count(*) filter (where g.state = 'failed') as back
                    from order_refund_imports i join refunds g on g.id = i.refund_id where i.order_refund_id = r.id) h
           group by r.id, h.given, h.back
          having coalesce(sum(f.amount) filter (where f.state <> 'failed'), 0) + h.given > r.amount
              or (coalesce(sum(f.amount) filter (where f.state <> 'failed'), 0) + h.given < r.amount
                  and count(*) filter (where f.state = 'failed') + h.back = 0)`,
  },
  {
    rule: 'refunds: what was given by hand counts once, for its own order',
    sql: `select format('imported refund %s of %s counts for %s', f.id, f.amount, sum(i.amount)) as violation
            from order_refund_imports i join refunds f on f.id = i.refund_id join order_refunds r on r.id = i.order_refund_id
           where r.given_up_at is null group by f.id having sum(i.amount) > f.amount
          union all
          select format('refund %s counts on %s, which is %s', i.order_refund_id, f.id, case when f.imported then 'of another order' else 'ours' end)
            from order_refund_imports i join refunds f on f.id = i.refund_id join payments p on p.id = f.payment_id
            join order_refunds r on r.id = i.order_refund_id where not f.imported or p.order_id <> r.order_id`,
  },
  {
    rule: 'refunds: all pieces and the delivery of an order are worth what was paid, by refunds of ours and by hand together',
    sql: `with whole as (
            select r.order_id, sum(r.amount) as worth, sum(r.amount) filter (where r.paid_elsewhere_at is not null) as elsewhere
              from order_refunds r where r.given_up_at is null group by 1),
          money as (
            select p.order_id, sum(f.amount) filter (where f.imported) as by_hand,
                   sum(f.amount) filter (where exists (select from order_refund_tries t join order_refunds r on r.id = t.order_refund_id
                                                        where t.refund_id = f.id and r.given_up_at is null)) as ours
              from refunds f join payments p on p.id = f.payment_id
             where f.state <> 'failed' and exists (select from payment_events e where e.payment_id = p.id and e.to_state = 'captured')
             group by 1)
          select format('order %s (%s): refunded for %s of %s, ours %s, by hand %s', o.number, o.state, w.worth, o.total,
                        coalesce(m.ours, 0), coalesce(m.by_hand, 0)) as violation
            from orders o join whole w on w.order_id = o.id left join money m on m.order_id = o.id
           where w.worth > o.total
              or (w.worth = o.total and w.elsewhere is null and coalesce(m.ours, 0) + coalesce(m.by_hand, 0) <> o.total
                  -- What failed or came back waits for somebody, and so may its counterpart.
                  and not exists (select from refunds f join payments p on p.id = f.payment_id where p.order_id = o.id and f.state = 'failed'))`,
  },
  {
    rule: 'refunds: lines count the pieces that went back, no money beyond what was paid for them, all of it for all pieces',
    sql: `select format('line %s of order %s: %s of %s pieces refunded (%s by refunds), %s never left (%s), %s of %s paid', l.id, l.order_id,
                        l.refunded_quantity, l.quantity, coalesce(r.pieces, 0), l.canceled_quantity, coalesce(r.canceled, 0), coalesce(r.amount, 0), p.paid) as violation
            from order_lines l
            cross join lateral (select l.total + case when l.tax_added then l.tax_amount else 0 end as paid) p
            left join (select rl.order_line_id, sum(rl.quantity) as pieces, sum(rl.amount) as amount, sum(rl.canceled) as canceled
                         from order_refund_lines rl join order_refunds r on r.id = rl.order_refund_id
                        where r.given_up_at is null group by 1) r on r.order_line_id = l.id
           where l.refunded_quantity <> coalesce(r.pieces, 0) or l.canceled_quantity <> coalesce(r.canceled, 0)
              or coalesce(r.amount, 0) > p.paid
              or (l.refunded_quantity = l.quantity and coalesce(r.amount, 0) <> p.paid)`,
  },
  {
    rule: 'refunds: no more of the delivery than was paid for it',
    sql: `select format('order %s: %s of the delivery refunded, %s paid', o.number, r.sum, o.total - l.paid) as violation
            from orders o
            join (select order_id, sum(shipping_amount) as sum from order_refunds where given_up_at is null group by 1) r on r.order_id = o.id
            join (select order_id, sum(total + case when tax_added then tax_amount else 0 end) as paid from order_lines group by 1) l
                   on l.order_id = o.id
           where r.sum > o.total - l.paid`,
  },
  {
    rule: 'refunds: what went back on the shelf did so once',
    sql: `select format('order %s, variant %s: refunds put back %s, the shelf got %s', coalesce(r.order_id, m.order_id),
                        coalesce(r.variant_id, m.variant_id), coalesce(r.pieces, 0), coalesce(m.pieces, 0)) as violation
            from (select order_id, variant_id, sum(pieces) as pieces from (
                    select l.order_id, l.variant_id, rl.restocked as pieces
                      from order_refund_lines rl join order_lines l on l.id = rl.order_line_id
                     where rl.restocked > 0 and l.variant_id is not null
                    union all
                    -- An order that was ended because the bank had taken its deposit back: all that was left of it, without a refund.
                    select l.order_id, l.variant_id, l.quantity - l.refunded_quantity
                      from order_lines l join orders o on o.id = l.order_id
                     where o.state = 'canceled' and o.paid_at is not null and o.total > 0
                       and l.variant_id is not null and l.quantity > l.refunded_quantity) all_of_it
                   group by 1, 2) r
            full join (select order_id, variant_id, sum(delta) as pieces from stock_movements where kind = 'restock' group by 1, 2) m
                   on m.order_id = r.order_id and m.variant_id = r.variant_id
           where coalesce(r.pieces, 0) <> coalesce(m.pieces, 0)`,
  },
  {
    rule: 'refunds: an order whose money went back is refunded or canceled, and a canceled one keeps nothing',
    sql: `select format('order %s is %s, all its money went back', o.number, o.state) as violation
            from orders o
           where o.total > 0 and o.state in ('paid', 'fulfilling', 'shipped', 'delivered')
             and exists (select from payments p where p.order_id = o.id and p.state = 'refunded')
             and not exists (select from payments p where p.order_id = o.id and p.state in ('captured', 'partially_refunded', 'reversed'))
          union all
          select format('order %s was canceled after paying and %s of %s pieces of line %s went back', o.number, l.refunded_quantity, l.quantity, l.id)
            from orders o join order_lines l on l.order_id = o.id
           where o.state = 'canceled' and o.paid_at is not null and l.refunded_quantity < l.quantity
             -- Its bank had taken the deposit back, so there was nothing to refund.
             and not exists (select from payments p join payment_events e on e.payment_id = p.id
                              where p.order_id = o.id and e.to_state = 'reversed' and e.from_state in ('captured', 'partially_refunded'))
          union all
          select format('order %s was canceled after paying %s and refunded for %s', o.number, o.total, coalesce(sum(r.amount), 0))
            from orders o left join order_refunds r on r.order_id = o.id and r.given_up_at is null
           where o.state = 'canceled' and o.paid_at is not null
             and not exists (select from payments p join payment_events e on e.payment_id = p.id
                              where p.order_id = o.id and e.to_state = 'reversed' and e.from_state in ('captured', 'partially_refunded'))
           group by o.id having coalesce(sum(r.amount), 0) <> o.total`,
  },
  {
    rule: 'returns: nobody sends back more than left, and a refund is of the order that came back',
    sql: `select format('line %s of order %s: %s sent back, %s had left', l.id, l.order_id, r.pieces, l.shipped_quantity) as violation
            from order_lines l
            join (select rl.order_line_id, sum(rl.quantity) as pieces from return_lines rl join returns r on r.id = rl.return_id
                   where r.state in ('requested', 'accepted', 'received') group by 1) r on r.order_line_id = l.id
           where r.pieces > l.shipped_quantity
          union all
          select format('return %s: line %s is of another order', r.id, l.id)
            from return_lines rl join returns r on r.id = rl.return_id join order_lines l on l.id = rl.order_line_id
           where l.order_id <> r.order_id
          union all
          select format('return %s: refund %s is of another order', r.id, f.id)
            from returns r join order_refunds f on f.id = r.order_refund_id where f.order_id <> r.order_id`,
  },
];
