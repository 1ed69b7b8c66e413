import { rows, type Db } from '../../platform/db.js';

/** One payback as the order page and the desk list it: ours by line, late money, or one made at the provider. */
export interface ListedRefund {
  /** Null for money that went back without a refund of the order: it came too late, or staff used the provider's desk. */
  orderRefundId: number | null;
  refundId: number | null;
  /** What goes back with it. */
  amount: number;
  /** What of that has arrived. */
  arrived: number;
  /** What of its worth had been given back by hand before, and is listed there. */
  givenBefore: number;
  /** What was refused or came back: somebody has to decide. */
  missing: number;
  shippingAmount: number;
  /** The state of its money: `failed` while some is missing, else its try that has not ended yet; `done` where none moves. */
  state: string;
  failureCode: string | null;
  actor: string;
  cause: string;
  createdAt: Date;
  settledAt: Date | null;
  givenUpAt: Date | null;
  paidElsewhereAt: Date | null;
  lines: { orderLineId: number; name: string; quantity: number; amount: number; restocked: number }[];
}

/** The row that says how a refund's money stands: of what is missing the newest no, else what is under way, then the newest. */
const TELLING = `
  select f.id, f.state, f.failure_code, f.settled_at
    from (select t.refund_id, true as own from order_refund_tries t where t.order_refund_id = r.id
          union all select i.refund_id, false from order_refund_imports i where i.order_refund_id = r.id) of_it
    join refunds f on f.id = of_it.refund_id
   where case when f.state = 'failed' then m.promised + m.given_before < r.amount else of_it.own and m.promised + m.given_before = r.amount end
   order by f.state = 'succeeded', f.id desc limit 1`;

/** Everything that goes or went back of an order, oldest first. Tries that a newer one has replaced are left out. */
export async function listOrderRefunds(db: Db, { orderId }: { orderId: number }): Promise<ListedRefund[]> {
  return await rows<ListedRefund>(
    db,
    `select r.id as "orderRefundId", f.id as "refundId", r.amount - m.given_before as amount, m.arrived,
            m.given_before as "givenBefore", m.missing, r.shipping_amount as "shippingAmount",
            coalesce(f.state, 'done') as state, f.failure_code as "failureCode", r.actor, r.cause,
            r.created_at as "createdAt", case when f.id is null then r.created_at else f.settled_at end as "settledAt",
            r.given_up_at as "givenUpAt", r.paid_elsewhere_at as "paidElsewhereAt",
            coalesce((select json_agg(json_build_object('orderLineId', l.id, 'name', l.name, 'quantity', rl.quantity,
                        'amount', rl.amount, 'restocked', rl.restocked) order by l.position)
                        from order_refund_lines rl join order_lines l on l.id = rl.order_line_id
                       where rl.order_refund_id = r.id), '[]') as lines
       from order_refunds r join order_refund_money m on m.order_refund_id = r.id
       left join lateral (${TELLING}) f on true
      where r.order_id = :orderId
     union all
     select null, f.id, f.amount, case when f.state = 'succeeded' then f.amount else 0 end, 0, 0, 0, f.state, f.failure_code,
            f.actor, f.cause, f.created_at, f.settled_at, null, null, '[]'
       from refunds f join payments p on p.id = f.payment_id
      where p.order_id = :orderId and not exists (select from order_refund_tries t where t.refund_id = f.id)
     order by "createdAt", "refundId"`,
    { orderId },
  );
}
