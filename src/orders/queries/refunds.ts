import type { Currency } from '../../lib/money.js';
import { row, rows, type Db } from '../../platform/db.js';
import type { Order } from '../queries.js';
import {
  paidForLine,
  piecesLeft,
  refundForPieces,
  shippingLeft,
  workOut,
  type RefundableLine,
  type RefundChoice,
  type WorkedOut,
} from '../rules/refunds.js';

/** A line of an order with what of it has gone back. */
export interface RefundLine extends RefundableLine {
  sku: string;
  name: string;
  variantName: string;
}

/** All lines of an order as refunds see them, in the order's sequence. Exact only under the order's lock. */
export async function listRefundLines(db: Db, { orderId }: { orderId: number }): Promise<RefundLine[]> {
  const found = await rows<
    Omit<RefundLine, 'paid'> & { total: number; taxAdded: boolean; taxAmount: number }
  >(
    db,
    `select l.id as "orderLineId", l.variant_id as "variantId", l.sku, l.name, l.variant_name as "variantName", l.quantity,
            l.total, l.tax_added as "taxAdded", l.tax_amount as "taxAmount", l.refunded_quantity as "refundedQuantity",
            l.shipped_quantity as "shippedQuantity", l.canceled_quantity as "canceledQuantity",
            coalesce((select sum(rl.amount) from order_refund_lines rl join order_refunds r on r.id = rl.order_refund_id
                       where rl.order_line_id = l.id and r.given_up_at is null), 0)::bigint as "refundedAmount"
       from order_lines l where l.order_id = :orderId order by l.position`,
    { orderId },
  );
  return found.map(({ total, taxAdded, taxAmount, ...line }) => ({
    ...line,
    paid: paidForLine({ total, taxAdded, taxAmount }),
  }));
}

/** How much of the delivery's price has been promised back. */
export async function sumRefundedShipping(db: Db, { orderId }: { orderId: number }): Promise<number> {
  const found = await row<{ sum: number }>(
    db,
    `select coalesce(sum(shipping_amount), 0)::bigint as sum from order_refunds
      where order_id = :orderId and given_up_at is null`,
    { orderId },
  );
  return found!.sum;
}

/** What can be given back of an order, and what a choice of it comes to. Amounts in the order's smallest unit. */
export interface RefundPreview {
  lines: (RefundLine & { left: number; leftAmount: number })[];
  shippingLeft: number;
  /** All of it: the lines and the delivery. */
  leftAmount: number;
  chosen: WorkedOut;
}

/** What is left of each line and of the delivery, and the money of `choice`: for the page where staff decide. */
export async function refundPreview(
  db: Db,
  { order, choice }: { order: Pick<Order, 'id' | 'total'>; choice: RefundChoice },
): Promise<RefundPreview> {
  const lines = await listRefundLines(db, { orderId: order.id });
  const shippingRefunded = await sumRefundedShipping(db, { orderId: order.id });
  const refundable = { total: order.total, lines, shippingRefunded };
  const withLeft = lines.map(line => ({
    ...line,
    left: piecesLeft(line),
    leftAmount: refundForPieces(line, piecesLeft(line)),
  }));
  return {
    lines: withLeft,
    shippingLeft: shippingLeft(refundable),
    leftAmount: withLeft.reduce((sum, line) => sum + line.leftAmount, shippingLeft(refundable)),
    chosen: workOut(refundable, choice),
  };
}

/** A part of an order that goes back, with the state of its money. */
export interface OrderRefund {
  id: number;
  refundId: number | null;
  amount: number;
  shippingAmount: number;
  givenUpAt: Date | null;
  paidElsewhereAt: Date | null;
}

/** The newest try to give a refund's money back. */
const NEWEST = `(select max(t.refund_id) from order_refund_tries t where t.order_refund_id = order_refunds.id)`;
const COLUMNS = `id, ${NEWEST} as "refundId", amount, shipping_amount as "shippingAmount", given_up_at as "givenUpAt",
  paid_elsewhere_at as "paidElsewhereAt"`;

/** The refund that a form has made already; null when it was not sent before. */
export async function findOrderRefundByToken(
  db: Db,
  { orderId, token }: { orderId: number; token: string },
): Promise<OrderRefund | null> {
  return await row<OrderRefund>(
    db,
    `select ${COLUMNS} from order_refunds where order_id = :orderId and token = :token`,
    { orderId, token },
  );
}

/** One refund of this order; null when it is another order's. Exact only under the order's lock. */
export async function findOrderRefund(
  db: Db,
  { orderId, orderRefundId }: { orderId: number; orderRefundId: number },
): Promise<OrderRefund | null> {
  return await row<OrderRefund>(
    db,
    `select ${COLUMNS} from order_refunds where order_id = :orderId and id = :orderRefundId`,
    { orderId, orderRefundId },
  );
}

/** What went back of one refund, line by line. */
export async function listRefundedLines(
  db: Db,
  { orderRefundId }: { orderRefundId: number },
): Promise<{ orderLineId: number; quantity: number; restocked: number; canceled: number }[]> {
  return await rows(
    db,
    `select order_line_id as "orderLineId", quantity, restocked, canceled from order_refund_lines
      where order_refund_id = :orderRefundId order by order_line_id`,
    { orderRefundId },
  );
}

/** Whether the order's timeline tells already that this try to give money back came to this end. */
export async function hasRefundEvent(
  db: Db,
  { orderId, refundId, step }: { orderId: number; refundId: number; step: string },
): Promise<boolean> {
  const found = await row(
    db,
    `select 1 from order_events where order_id = :orderId and kind = 'refund'
        and data ->> 'refundId' = :refundId and data ->> 'step' = :step`,
    { orderId, refundId: String(refundId), step },
  );
  return found !== null;
}

/** One payback as the order page and the desk list it: ours by line, late money, or one made at the provider. */
export interface ListedRefund {
  /** Null for money that went back without a refund of the order: it came too late, or staff used the provider's desk. */
  orderRefundId: number | null;
  refundId: number | null;
  amount: number;
  shippingAmount: number;
  /** The state of its newest try; `done` where no money was to move. */
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

/** Everything that goes or went back of an order, oldest first. Tries that a newer one has replaced are left out. */
export async function listOrderRefunds(db: Db, { orderId }: { orderId: number }): Promise<ListedRefund[]> {
  return await rows<ListedRefund>(
    db,
    `select r.id as "orderRefundId", f.id as "refundId", r.amount, r.shipping_amount as "shippingAmount",
            coalesce(f.state, 'done') as state, f.failure_code as "failureCode", r.actor, r.cause,
            r.created_at as "createdAt", case when f.id is null then r.created_at else f.settled_at end as "settledAt",
            r.given_up_at as "givenUpAt", r.paid_elsewhere_at as "paidElsewhereAt",
            coalesce((select json_agg(json_build_object('orderLineId', l.id, 'name', l.name, 'quantity', rl.quantity,
                        'amount', rl.amount, 'restocked', rl.restocked) order by l.position)
                        from order_refund_lines rl join order_lines l on l.id = rl.order_line_id
                       where rl.order_refund_id = r.id), '[]') as lines
       from order_refunds r
       left join refunds f on f.id = (select max(t.refund_id) from order_refund_tries t where t.order_refund_id = r.id)
      where r.order_id = :orderId
     union all
     select null, f.id, f.amount, 0, f.state, f.failure_code, f.actor, f.cause, f.created_at, f.settled_at, null, null, '[]'
       from refunds f join payments p on p.id = f.payment_id
      where p.order_id = :orderId and not exists (select from order_refund_tries t where t.refund_id = f.id)
     order by "createdAt", "refundId"`,
    { orderId },
  );
}

/** One try to give money back, as its provider answered. */
export async function findRefundMoney(
  db: Db,
  { refundId }: { refundId: number },
): Promise<{
  state: string;
  amount: number;
  currency: Currency;
  failureCode: string | null;
  provider: string;
} | null> {
  return await row(
    db,
    `select f.state, f.amount, p.currency, f.failure_code as "failureCode", p.provider
       from refunds f join payments p on p.id = f.payment_id where f.id = :refundId`,
    { refundId },
  );
}
