import type { Check } from './check.js';

/** What was taken and what the providers say of it, and what the desk did. */
export const MONEY: readonly Check[] = [
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
    rule: 'desk: what the audit log says an order became is in its history, by the same person at the same moment',
    sql: `select format('order %s: %s at %s is not in its history', o.number, a.action, a.at) as violation
            from audit_log a join orders o on a.subject = 'order:' || o.number
           where a.before ->> 'state' is distinct from a.after ->> 'state'
             and not exists (select from order_events e where e.order_id = o.id and e.kind = 'move'
                               and e.to_state = a.after ->> 'state' and e.actor = 'staff:' || a.user_id and e.created_at = a.at)`,
  },
];
