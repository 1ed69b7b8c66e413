import { allocate } from '../../lib/money.js';

/** The token of the refund by which an order is canceled: that happens once. */
export const CANCELLATION = 'cancellation';

/** What was bought on a line and what of it has gone back, as far as money and pieces are concerned. */
export interface RefundableLine {
  orderLineId: number;
  /** Null once the product has left the catalogue: then nothing can be put back on its shelf. */
  variantId: number | null;
  quantity: number;
  /** What was paid for the whole line, its share of discounts taken off and its added tax included. Smallest unit. */
  paid: number;
  /** Pieces whose money has been promised back, and how much that was. */
  refundedQuantity: number;
  refundedAmount: number;
  shippedQuantity: number;
  /** Pieces that were refunded before they left and never will. */
  canceledQuantity: number;
}

/** An order as refunds see it. */
export interface Refundable {
  /** What was paid for all of it. */
  total: number;
  lines: readonly RefundableLine[];
  /** How much of the delivery's price has been promised back. */
  shippingRefunded: number;
}

/** What somebody wants to give back. Amounts in the order's smallest unit. */
export interface RefundChoice {
  lines: readonly { orderLineId: number; quantity: number; restock: boolean }[];
  shippingAmount: number;
  /** The pieces had left and came back: none of them counts as never having left. */
  returned?: boolean;
}

/** A line of a refund, worked out. */
export interface RefundPart {
  orderLineId: number;
  variantId: number | null;
  quantity: number;
  amount: number;
  /** Pieces that go back on the shelf. */
  restocked: number;
  /** Pieces that will never leave now. */
  canceled: number;
}

export type WorkedOut =
  | { ok: true; amount: number; parts: RefundPart[] }
  | { ok: false; reason: 'nothing' | 'too-many' | 'delivery' };

/** What was paid for a line: tax that the price contains is part of the total, tax that was added comes on top. */
export const paidForLine = (line: { total: number; taxAdded: boolean; taxAmount: number }): number =>
  line.total + (line.taxAdded ? line.taxAmount : 0);

/** Pieces of a line that can still be refunded. */
export const piecesLeft = (line: RefundableLine): number => line.quantity - line.refundedQuantity;

/** What is left of the price of delivery: all that was paid and is no line's, its added tax included. */
export const shippingLeft = ({ total, lines, shippingRefunded }: Refundable): number =>
  total - lines.reduce((sum, line) => sum + line.paid, 0) - shippingRefunded;

/** Whether every piece and all of the delivery have been refunded. */
export const isAllRefunded = (order: Refundable): boolean =>
  order.lines.every(line => piecesLeft(line) === 0) && shippingLeft(order) === 0;

/**
 * What `pieces` more pieces of a line are worth. Shares are cumulative: after this refund, as much has gone back as the
 * first so many pieces cost. Whatever the sequence of partial refunds, and whichever of them were taken back in between,
 * they add up to what was paid, to the unit, and never to more.
 */
export function refundForPieces(line: RefundableLine, pieces: number): number {
  const shares = allocate(
    line.paid,
    Array.from({ length: line.quantity }, () => 1),
  );
  const due = shares.slice(0, line.refundedQuantity + pieces).reduce((sum, share) => sum + share, 0);
  return Math.max(0, due - line.refundedAmount);
}

/** Money that somebody gave back by hand at the provider and that counts for no pieces yet. */
export interface GivenByHand {
  /** The imported refund. */
  refundId: number;
  amount: number;
}

/** Where the money of a refund comes from: `amount` moves now, the rest had been given by hand before. */
export type Split = { ok: true; amount: number; before: GivenByHand[] } | { ok: false; reason: 'too-much' };

/**
 * How the money for what is worth `worth` is found. It goes back as it is while so much is `left` of the payment. Where less is
 * left, what was given by hand counts as given for it, oldest first and no more of it than lacks. Without such money more
 * than is left is refused.
 */
export function splitWorth({
  worth,
  left,
  byHand,
}: {
  worth: number;
  left: number;
  byHand: readonly GivenByHand[];
}): Split {
  const amount = Math.min(worth, left);
  const before: GivenByHand[] = [];
  let lacking = worth - amount;
  for (const { refundId, amount: given } of byHand) {
    const part = Math.min(given, lacking);
    if (part > 0) before.push({ refundId, amount: part });
    lacking -= part;
  }
  return lacking > 0 ? { ok: false, reason: 'too-much' } : { ok: true, amount, before };
}

/** A choice line by line in money and pieces, or why there is not so much to give back. */
export function workOut(order: Refundable, { lines, shippingAmount, returned }: RefundChoice): WorkedOut {
  const parts: RefundPart[] = [];
  for (const { orderLineId, quantity, restock } of lines.filter(line => line.quantity !== 0)) {
    const line = order.lines.find(candidate => candidate.orderLineId === orderLineId);
    const twice = parts.some(part => part.orderLineId === orderLineId);
    if (!line || twice || !Number.isSafeInteger(quantity) || quantity < 0 || quantity > piecesLeft(line))
      return { ok: false, reason: 'too-many' };
    // Those that still wait in the warehouse are the first to be refunded.
    const waiting = line.quantity - line.shippedQuantity - line.canceledQuantity;
    parts.push({
      orderLineId,
      variantId: line.variantId,
      quantity,
      amount: refundForPieces(line, quantity),
      restocked: restock && line.variantId !== null ? quantity : 0,
      canceled: returned ? 0 : Math.min(quantity, waiting),
    });
  }
  if (!Number.isSafeInteger(shippingAmount) || shippingAmount < 0 || shippingAmount > shippingLeft(order))
    return { ok: false, reason: 'delivery' };
  if (parts.length === 0 && shippingAmount === 0) return { ok: false, reason: 'nothing' };
  return { ok: true, amount: parts.reduce((sum, part) => sum + part.amount, shippingAmount), parts };
}
