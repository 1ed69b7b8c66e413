import {
  findPayingPayment,
  isOrderDisputed,
  lockPayment,
  requestRefund,
  type RequestResult,
} from '../../payments/index.js';
import type { Tx } from '../../platform/db.js';
import type { Order } from '../queries.js';
import { listGivenByHand } from '../queries/refund-money.js';
import { splitWorth, type GivenByHand } from '../rules/refunds.js';
import type { Because } from './move.js';

/** Why money cannot go back. `changed`: another amount would, since somebody refunded meanwhile, here or at the provider. */
export type MoneyRefusal = Extract<RequestResult, { ok: false }>['reason'] | 'changed';

/** What was promised: the row of the money that moves now, null when none does, and what had been given by hand before. */
export interface Promised {
  refundId: number | null;
  amount: number;
  before: readonly GivenByHand[];
}

/**
 * Promises the money for what is worth `worth`, under the payment's lock: a row and its job. No more than is left of the
 * payment: where somebody gave a part by hand at the provider, that part counts as given. `expected` is the amount that was
 * shown. A refusal has written nothing. What cost nothing needs no payment to go back to.
 */
export async function promiseMoney(
  tx: Tx,
  order: Order,
  { worth, expected, ...because }: Because & { worth: number; expected?: number | undefined },
): Promise<({ ok: true } & Promised) | { ok: false; reason: MoneyRefusal }> {
  const isExpected = (amount: number) => expected === undefined || expected === amount;
  if (worth === 0)
    return isExpected(0)
      ? { ok: true, refundId: null, amount: 0, before: [] }
      : { ok: false, reason: 'changed' };
  const paying = await findPayingPayment(tx, { orderId: order.id });
  if (!paying) return { ok: false, reason: 'not-refundable' };
  const payment = await lockPayment(tx, { paymentId: paying.id });
  const left = payment.capturedAmount - payment.refundedAmount;
  const byHand = await listGivenByHand(tx, { paymentId: payment.id });
  const split = splitWorth({ worth, left, byHand });
  if (!split.ok) return split;
  const { amount, before } = split;
  if (!isExpected(amount)) return { ok: false, reason: 'changed' };
  if (amount > 0) {
    const asked = await requestRefund(tx, payment, { ...because, amount });
    return asked.ok ? { ok: true, refundId: asked.refundId, amount, before } : asked;
  }
  // Nothing moves; but what a bank asks for as well is for a person to settle.
  if (await isOrderDisputed(tx, { orderId: order.id })) return { ok: false, reason: 'disputed' };
  return { ok: true, refundId: null, amount, before };
}

/** Writes down which money a refund of the order got: a try of its own, and what counts as given for it. */
export async function recordMoney(
  tx: Tx,
  { orderRefundId, refundId, before }: Promised & { orderRefundId: number },
): Promise<void> {
  if (refundId !== null)
    await tx('order_refund_tries').insert({ refund_id: refundId, order_refund_id: orderRefundId });
  for (const { refundId: imported, amount } of before)
    await tx('order_refund_imports')
      .insert({ order_refund_id: orderRefundId, refund_id: imported, amount })
      .onConflict(['order_refund_id', 'refund_id'])
      .merge({ amount: tx.raw('order_refund_imports.amount + excluded.amount') });
}

/** The part of a refund's money that had been given by hand. */
export const givenBefore = (before: readonly GivenByHand[]): number =>
  before.reduce((sum, { amount }) => sum + amount, 0);
