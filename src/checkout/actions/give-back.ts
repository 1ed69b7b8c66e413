import { lockOrder, recordOrderEvent } from '../../orders/index.js';
import {
  findPayment,
  lockPayment,
  requestRefund,
  type PaymentState,
  type RequestResult,
} from '../../payments/index.js';
import type { Tx } from '../../platform/db.js';

export type GiveBackResult =
  | { ok: true; refundId: number; amount: number }
  /** `unknown`: the order has no such payment. `in-use`: an order keeps this money; refunding it is that order's matter. `nothing-left`: all of it goes or went back. */
  | { ok: false; reason: 'unknown' | 'in-use' | 'nothing-left' }
  | Extract<RequestResult, { ok: false }>;

interface Because {
  actor: string;
  cause: string;
  now: Date;
}

/** Money that counts for no order; `refunded` has nothing left, which is another answer. */
const UNUSED = new Set<PaymentState>(['refund_due', 'mismatch', 'refunded']);

/**
 * Gives back all that is left of money which no order can use: what came too late and whose own refund failed, or another
 * sum than was asked for. For staff; a second click finds nothing left. Locks order → payment.
 */
export async function giveBack(
  tx: Tx,
  { orderId, paymentId, actor, cause, now }: Because & { orderId: number; paymentId: number },
): Promise<GiveBackResult> {
  await lockOrder(tx, { orderId });
  const found = await findPayment(tx, { paymentId });
  if (found?.orderId !== orderId) return { ok: false, reason: 'unknown' };
  const payment = await lockPayment(tx, { paymentId });
  if (!UNUSED.has(payment.state)) return { ok: false, reason: 'in-use' };
  const amount = payment.capturedAmount - payment.refundedAmount;
  if (amount <= 0) return { ok: false, reason: 'nothing-left' };
  const asked = await requestRefund(tx, payment, { amount, actor, cause, now });
  if (!asked.ok) return asked;
  const data = { step: 'requested', refundId: asked.refundId, amount };
  await recordOrderEvent(tx, { orderId, kind: 'refund', data, actor, cause, now });
  return { ok: true, refundId: asked.refundId, amount };
}
