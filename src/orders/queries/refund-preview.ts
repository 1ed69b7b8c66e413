import { findPayingPayment } from '../../payments/index.js';
import type { Db } from '../../platform/db.js';
import type { Order } from '../queries.js';
import {
  piecesLeft,
  refundForPieces,
  shippingLeft,
  splitWorth,
  workOut,
  type RefundChoice,
  type WorkedOut,
} from '../rules/refunds.js';
import { listGivenByHand } from './refund-money.js';
import { listRefundLines, sumRefundedShipping, type RefundLine } from './refunds.js';

/** Money of a refund that is not made yet: what would move, and what counts as given by hand before. */
export interface RefundSplit {
  amount: number;
  before: number;
}

/** What can be given back of an order, and what a choice of it comes to. Amounts in the order's smallest unit. */
export interface RefundPreview {
  lines: (RefundLine & { left: number; leftAmount: number })[];
  shippingLeft: number;
  /** What all that is left is worth, lines and delivery, and how its money would be found. */
  leftAmount: number;
  leftSplit: RefundSplit;
  chosen: WorkedOut;
  /** How the money of the choice would be found; null where it cannot be. */
  chosenSplit: RefundSplit | null;
}

/** What is left of each line and of the delivery, and the money of `choice`: for pages where somebody decides. */
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
  const leftAmount = withLeft.reduce((sum, line) => sum + line.leftAmount, shippingLeft(refundable));
  const chosen = workOut(refundable, choice);
  const split = await splitter(db, order.id);
  return {
    lines: withLeft,
    shippingLeft: shippingLeft(refundable),
    leftAmount,
    leftSplit: split(leftAmount) ?? { amount: leftAmount, before: 0 },
    chosen,
    chosenSplit: chosen.ok ? split(chosen.amount) : null,
  };
}

/** Splits what something is worth as a refund would now; an order without a payment that holds money is told when it is refunded. */
async function splitter(db: Db, orderId: number): Promise<(worth: number) => RefundSplit | null> {
  const payment = await findPayingPayment(db, { orderId });
  if (!payment) return worth => ({ amount: worth, before: 0 });
  const byHand = await listGivenByHand(db, { paymentId: payment.id });
  const left = payment.capturedAmount - payment.refundedAmount;
  return worth => {
    const split = splitWorth({ worth, left, byHand });
    return split.ok ? { amount: split.amount, before: worth - split.amount } : null;
  };
}
