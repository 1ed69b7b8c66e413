import { row, rows, type Db } from '../../platform/db.js';
import { CANCELLATION, type GivenByHand } from '../rules/refunds.js';

/** How the money of a refund stands, in the order's smallest unit. */
export interface RefundMoney {
  /** What its pieces and its part of the delivery are worth. */
  amount: number;
  /** Promised for it and not refused; what of that has arrived. */
  promised: number;
  arrived: number;
  /** Given by hand before, and still given. */
  givenBefore: number;
  /** What was refused, or came back from the bank: somebody has to decide. Zero once somebody has. */
  missing: number;
}

export async function findMoneyOfRefund(
  db: Db,
  { orderRefundId }: { orderRefundId: number },
): Promise<RefundMoney> {
  const found = await row<RefundMoney>(
    db,
    `select amount, promised, arrived, given_before as "givenBefore", missing from order_refund_money
      where order_refund_id = :orderRefundId`,
    { orderRefundId },
  );
  if (!found) throw new Error(`no refund ${orderRefundId} of an order`);
  return found;
}

/** How much went back because the order was canceled after paying; zero where all of it had gone back before. */
export async function findMoneyOfCancellation(db: Db, { orderId }: { orderId: number }): Promise<number> {
  const found = await row<{ amount: number }>(
    db,
    `select m.amount - m.given_before as amount from order_refund_money m join order_refunds r on r.id = m.order_refund_id
      where r.order_id = :orderId and r.token = :token`,
    { orderId, token: CANCELLATION },
  );
  return found?.amount ?? 0;
}

/**
 * What was given back of a payment by hand and counts for no refund of the order yet, oldest first. Exact only under the
 * locks of order and payment.
 */
export async function listGivenByHand(db: Db, { paymentId }: { paymentId: number }): Promise<GivenByHand[]> {
  return await rows<GivenByHand>(
    db,
    `select "refundId", amount from (
       select f.id as "refundId", f.amount - coalesce((
                select sum(i.amount) from order_refund_imports i join order_refunds r on r.id = i.order_refund_id
                 where i.refund_id = f.id and r.given_up_at is null), 0)::bigint as amount
         from refunds f where f.payment_id = :paymentId and f.imported and f.state in ('pending', 'succeeded')) free
      where amount > 0 order by "refundId"`,
    { paymentId },
  );
}
