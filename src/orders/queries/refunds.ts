import type { Currency } from '../../lib/money.js';
import { row, rows, type Db } from '../../platform/db.js';
import { paidForLine, type RefundableLine } from '../rules/refunds.js';

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

/** A part of an order that goes back. */
export interface OrderRefund {
  id: number;
  /** What its pieces and its part of the delivery are worth; of that, given by hand at the provider before. */
  amount: number;
  givenBefore: number;
}

const COLUMNS = `r.id, r.amount, m.given_before as "givenBefore"`;
const REFUNDS = 'order_refunds r join order_refund_money m on m.order_refund_id = r.id';

/** The refund that a form has made already; null when it was not sent before. */
export async function findOrderRefundByToken(
  db: Db,
  { orderId, token }: { orderId: number; token: string },
): Promise<OrderRefund | null> {
  return await row<OrderRefund>(
    db,
    `select ${COLUMNS} from ${REFUNDS} where r.order_id = :orderId and r.token = :token`,
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
    `select ${COLUMNS} from ${REFUNDS} where r.order_id = :orderId and r.id = :orderRefundId`,
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
