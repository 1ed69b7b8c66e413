/** One thing that must always hold: a query that lists its violations, each as one readable line. */
export interface Check {
  rule: string;
  sql: string;
}

/** "What must always hold", one query a rule. Each returns rows with a text column `violation`. */
export const CHECKS: readonly Check[] = [
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
    rule: 'tax: the rates of a country are all contained or all added',
    sql: `select format('%s has both', country) as violation from tax_rates group by country
          having bool_or(contained and rate_bp > 0) and bool_or(not contained and rate_bp > 0)`,
  },
  {
    rule: 'discounts: the count of a limited one is what living claims say',
    sql: `select format('discount %s: used %s, claims %s', d.id, d.used, coalesce(c.count, 0)) as violation
            from discounts d left join (select discount_id, count(*) from discount_claims where state <> 'released' group by 1) c
                   on c.discount_id = d.id
           where d.used <> case when d.limit_total is null then 0 else coalesce(c.count, 0) end`,
  },
  {
    rule: 'discounts: a claim waits with its order, is redeemed when it is paid and released when it died unpaid',
    sql: `select format('claim %s is %s, order %s is %s', c.id, c.state, o.number, o.state) as violation
            from discount_claims c join orders o on o.id = c.order_id
           where (c.state = 'claimed' and o.state <> 'pending') or (c.state = 'redeemed' and o.paid_at is null)`,
  },
  {
    rule: 'discounts: what took something off a living order has been claimed for it, and nothing else',
    sql: `select format('order %s: applied %s, claimed %s', o.number, a.ids, c.ids) as violation
            from orders o
            cross join lateral (select array_agg((d ->> 'id')::bigint order by (d ->> 'id')::bigint) as ids
                    from jsonb_array_elements(o.explanation -> 'discounts') d where (d -> 'outcome' ->> 'applied')::boolean) a
            cross join lateral (select array_agg(discount_id order by discount_id) as ids
                    from discount_claims where order_id = o.id and state <> 'released') c
           where (o.state = 'pending' or o.paid_at is not null) and o.explanation is not null and a.ids is distinct from c.ids`,
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
    rule: 'money: a paid order has captured exactly its total in its currency',
    sql: `select format('order %s (%s): captured %s of %s %s', o.number, o.state, coalesce(p.captured, 0), o.total, o.currency) as violation
            from orders o
            left join (select order_id, currency, sum(captured_amount) as captured from payments
                        where state in ('captured', 'partially_refunded', 'refunded')
                          -- A second payment that went back whole never counted for the order.
                          and exists (select from payment_events e where e.payment_id = payments.id and e.to_state = 'captured')
                        group by 1, 2) p
                   on p.order_id = o.id and p.currency = o.currency
           where o.state in ('paid', 'fulfilling', 'shipped', 'delivered') and o.total > 0
             and coalesce(p.captured, 0) <> o.total
             -- The one thing that may take a paid order's money away: its bank, and then nothing of it may leave.
             and not (o.hold = 'deposit_reversed' and coalesce(p.captured, 0) = 0)`,
  },
  {
    rule: 'money: an order is on hold for a deposit if and only if the deposit that paid it was taken back',
    sql: `select format('order %s (%s): hold %s, deposits taken back %s', o.number, o.state, coalesce(o.hold, 'none'), coalesce(r.gone, 0)) as violation
            from orders o
            left join (select p.order_id, count(*) as gone from payments p
                        where p.state in ('reversed', 'canceled')
                          and (select h.from_state from payment_events h where h.payment_id = p.id and h.to_state = 'reversed'
                                order by h.id desc limit 1) in ('captured', 'partially_refunded')
                        group by 1) r on r.order_id = o.id
           where coalesce(o.hold = 'deposit_reversed', false) <> (r.gone is not null) and o.hold is distinct from 'dispute'`,
  },
  {
    rule: 'money: an account that waits for a deposit is known, and its order waits as long',
    sql: `select format('payment %s: account %s until %s, order %s until %s', p.id, p.instructions is not null, p.expires_at, o.state, o.expires_at) as violation
            from payments p join orders o on o.id = p.order_id
           where p.state = 'pending' and p.method = 'virtual_account'
             and (p.instructions is null or p.expires_at is distinct from (p.instructions ->> 'due')::timestamptz
                  or (o.state = 'pending' and o.expires_at < p.expires_at))`,
  },
  {
    rule: 'money: only deposits go back to an account, kept whole no longer than needed',
    sql: `select format('refund %s (%s, %s): account %s', r.id, r.state, p.method, coalesce(r.refund_account ->> 'bank', 'none')) as violation
            from refunds r join payments p on p.id = r.payment_id
           where (r.refund_account is not null or r.state = 'needs_account') and p.method <> 'virtual_account'
              or r.state in ('needs_account', 'succeeded', 'failed') and length(r.refund_account ->> 'accountNumber') > 4`,
  },
  {
    rule: 'money: no captured payment lacks an order that is paid, refund_due or refunded',
    sql: `select format('payment %s captured %s %s, its order is %s', p.id, p.captured_amount, p.currency, o.state) as violation
            from payments p join orders o on o.id = p.order_id
           where p.state in ('captured', 'partially_refunded', 'refunded') and o.paid_at is null and p.state <> 'refunded'`,
  },
  {
    rule: 'money: a payment asks for what its order costs',
    sql: `select format('payment %s: %s %s, order %s: %s %s', p.id, p.amount, p.currency, o.number, o.total, o.currency) as violation
            from payments p join orders o on o.id = p.order_id where p.amount <> o.total or p.currency <> o.currency`,
  },
  {
    rule: 'money: what is promised back is what the refunds say, and never more than came in',
    sql: `select format('payment %s: promised %s, refunds %s, captured %s', p.id, p.refunded_amount, coalesce(r.sum, 0), p.captured_amount) as violation
            from payments p left join (select payment_id, sum(amount) as sum from refunds where state <> 'failed' group by 1) r
                   on r.payment_id = p.id
           where p.refunded_amount <> coalesce(r.sum, 0) or p.refunded_amount > p.captured_amount`,
  },
  {
    rule: 'money: a payment is refunded when its refunds done add up to it',
    sql: `select format('payment %s is %s, refunded %s of %s', p.id, p.state, coalesce(r.sum, 0), p.captured_amount) as violation
            from payments p left join (select payment_id, sum(amount) as sum from refunds where state = 'succeeded' group by 1) r
                   on r.payment_id = p.id
           where (p.state = 'refunded') <> (p.captured_amount > 0 and coalesce(r.sum, 0) = p.captured_amount)
              or (p.state in ('captured') and coalesce(r.sum, 0) > 0)`,
  },
  {
    rule: 'money: what is due back has been asked for',
    sql: `select format('payment %s is due back and has no refund', p.id) as violation
            from payments p where p.state = 'refund_due' and not exists (select from refunds r where r.payment_id = p.id)`,
  },
  {
    rule: 'money: an order whose payment is disputed, or lost to a dispute, is on hold',
    sql: `select format('order %s: dispute %s is %s, hold %s', o.number, d.id, d.state, coalesce(o.hold, 'none')) as violation
            from disputes d join payments p on p.id = d.payment_id join orders o on o.id = p.order_id
           where d.state in ('open', 'lost') and o.hold is null
          union all
          select format('order %s is on hold for a dispute and has none', o.number)
            from orders o where o.hold = 'dispute' and not exists (
              select from disputes d join payments p on p.id = d.payment_id
               where p.order_id = o.id and d.state in ('open', 'lost'))`,
  },
  {
    rule: 'history: an order is on hold as the last line about it says',
    sql: `select format('order %s: hold %s, history %s', o.number, coalesce(o.hold, 'none'), coalesce(h.data::text, 'nothing')) as violation
            from orders o left join lateral (select data from order_events e where e.order_id = o.id and e.kind = 'hold' order by id desc limit 1) h on true
           where o.hold is distinct from case when (h.data ->> 'held')::boolean then h.data ->> 'hold' end`,
  },
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
    rule: 'reconciliation: the last line about a finding is the state it is in',
    sql: `select format('finding %s is %s, history says %s', f.id, f.state, coalesce(h.what, 'nothing')) as violation
            from reconciliation_findings f
            left join lateral (select what from reconciliation_events e where e.finding_id = f.id order by e.id desc limit 1) h on true
           where coalesce(case when h.what in ('found', 'asked', 'tried') then 'open' else h.what end, 'none') <> f.state`,
  },
  {
    rule: 'reconciliation: staff are told once of what a run found',
    sql: `select format('run %s: %s events', payload ->> 'runId', count(*)) as violation
            from events where type = 'reconciliation.found' group by payload ->> 'runId' having count(*) > 1`,
  },
  {
    rule: 'carts: a placed order has closed its cart',
    sql: `select format('cart %s is %s, its order %s is %s', c.id, c.state, o.number, o.state) as violation
            from orders o join carts c on c.id = o.cart_id where o.paid_at is not null and c.state <> 'closed'`,
  },
  {
    rule: 'carts: a user has one that is open, and one that became a part of another holds nothing',
    sql: `select format('user %s has %s open carts', user_id, count(*)) as violation
            from carts where state = 'open' and user_id is not null group by user_id having count(*) > 1
          union all
          select format('cart %s became a part of %s and still holds goods', c.id, c.merged_into)
            from carts c where c.merged_into is not null
             and (exists (select from cart_lines l where l.cart_id = c.id) or exists (select from cart_bundles b where b.cart_id = c.id))`,
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
    rule: 'delivery: every rate has a price for goods of any worth',
    sql: `select format('method %s in %s: nothing for goods of little worth up to %s g', r.method_id, r.currency, b.up_to_grams) as violation
            from shipping_rates r left join shipping_brackets b on b.method_id = r.method_id and b.currency = r.currency
           group by r.method_id, r.currency, b.up_to_grams
          having coalesce(min(b.from_goods), 1) > 0`,
  },
  {
    rule: 'delivery: no heavier or dearer goods cost less before they are free',
    sql: `select format('method %s in %s: %s for up to %s g from %s', b.method_id, b.currency, b.amount, b.up_to_grams, b.from_goods) as violation
            from shipping_brackets b join shipping_brackets lower on lower.method_id = b.method_id and lower.currency = b.currency
           where coalesce(b.up_to_grams, 9e18) >= coalesce(lower.up_to_grams, 9e18)
             and b.from_goods >= lower.from_goods and b.amount < lower.amount`,
  },
  {
    rule: 'desk: what the audit log says an order became is in its history, by the same person at the same moment',
    sql: `select format('order %s: %s at %s is not in its history', o.number, a.action, a.at) as violation
            from audit_log a join orders o on a.subject = 'order:' || o.number
           where a.before ->> 'state' is distinct from a.after ->> 'state'
             and not exists (select from order_events e where e.order_id = o.id and e.kind = 'move'
                               and e.to_state = a.after ->> 'state' and e.actor = 'staff:' || a.user_id and e.created_at = a.at)`,
  },
  {
    rule: 'accounts: whoever came in by a provider and is still in has, or had, its account as a way in',
    sql: `select format('user %s: sign-in %s by %s without an identity', s.user_id, s.id, s.via) as violation
            from sign_ins s
           where s.via in ('google', 'kakao') and s.ended_at is null
             and not exists (select from identities i where i.user_id = s.user_id and i.provider = s.via)
             and not exists (select from account_events e where e.user_id = s.user_id and e.kind = 'identity-removed')`,
  },
  {
    rule: 'accounts: nobody can come in to an account that was erased',
    sql: `select format('user %s: erased, and has an identity at %s', u.id, i.provider) as violation
            from users u join identities i on i.user_id = u.id where u.erased_at is not null`,
  },
  {
    rule: 'accounts: a second factor that is on has its ten recovery codes, used or not',
    sql: `select format('user %s: %s recovery codes', f.user_id, count(c.id)) as violation
            from second_factors f left join recovery_codes c on c.user_id = f.user_id
           group by f.user_id, f.on_at having count(c.id) <> case when f.on_at is null then 0 else 10 end`,
  },
  {
    rule: 'accounts: a second factor is on exactly when the history of its user says so',
    sql: `select format('user %s: second factor %s, history %s', u.id, f.on_at is not null, e.kind) as violation
            from users u left join second_factors f on f.user_id = u.id
            left join lateral (select kind from account_events e where e.user_id = u.id
                                  and e.kind in ('second-factor-on', 'second-factor-off') order by e.id desc limit 1) e on true
           where u.erased_at is null and (f.on_at is not null) <> (e.kind is not distinct from 'second-factor-on')`,
  },
  {
    rule: 'accounts: addresses are of one spelling',
    sql: `select format('user %s', id) as violation from users where email <> lower(trim(normalize(email, nfc)))`,
  },
  {
    rule: 'accounts: whoever registered is old enough and agreed to terms and privacy',
    sql: `select format('user %s: %s', u.id, kind) as violation
            from users u cross join unnest(array['age', 'terms', 'privacy']) kind
           where u.erased_at is null and exists (select from account_events e where e.user_id = u.id and e.kind = 'registered')
             and not exists (select from consents c where c.user_id = u.id and c.kind = kind.kind and c.given)`,
  },
  {
    rule: 'accounts: an address that changed is the one its own link was used for',
    sql: `select format('user %s: after %s', u.id, e.kind) as violation
            from users u join lateral (select kind, data from account_events e where e.user_id = u.id
                                          and e.kind in ('email-changed', 'email-kept', 'email-given-up') order by id desc limit 1) e on true
           where u.erased_at is null
             and case e.kind when 'email-given-up' then u.disabled_at is null or u.password_hash is not null
                             when 'email-changed' then u.email_verified_at is null or u.email <> e.data ->> 'to'
                             else u.email_verified_at is null end`,
  },
  {
    rule: 'accounts: whoever was erased has nothing left that is theirs alone, and is told once',
    sql: `select format('user %s: %s', u.id, left_over.what) as violation
            from users u cross join lateral (
                   select 'named' as what where u.name <> '' or u.phone <> '' or u.password_hash is not null or u.avatar_id is not null
                       or u.email <> 'erased-' || u.id || '@erased.invalid' or u.disabled_at is null
                   union all select 'identities' where exists (select from identities x where x.user_id = u.id)
                   union all select 'addresses' where exists (select from addresses x where x.user_id = u.id)
                   union all select 'a second factor' where exists (select from second_factors x where x.user_id = u.id)
                   union all select 'an export' where exists (select from data_exports x where x.user_id = u.id and x.body is not null)
                   union all select 'no erasure' where not exists (select from erasures x where x.user_id = u.id)) left_over
           where u.erased_at is not null`,
  },
  {
    rule: 'orders: nobody is named by an order that the person was taken out of',
    sql: `select format('order %s still says whose it was', number) as violation from orders
           where scrubbed_at is not null and (email || name || phone || postal_code || region || city || address1 || address2 || note <> ''
              or state not in ('canceled', 'delivered', 'refunded'))`,
  },
];
