import { inTransaction, type Db, type Tx } from '../../platform/db.js';
import { enqueueRefund } from './refund-jobs.js';
import { findRefund } from './refunds.js';
import { lockPayment } from '../queries.js';
import { needsAccount, type RefundAccount } from '../rules.js';

export type AccountResult = { ok: true } | { ok: false; reason: 'not-asked' };

/**
 * Names the account that a deposit goes back to and enqueues the refund. Only for a refund that waits for one: an account
 * for a card's money would be a way to steal it. Locks the payment; the second of two posts finds nothing asked.
 */
export async function giveRefundAccount(
  db: Db,
  given: { refundId: number; account: RefundAccount },
): Promise<AccountResult> {
  return await inTransaction(db, tx => nameRefundAccount(tx, given));
}

/** The same within the transaction of somebody who has more to write beside it. */
export async function nameRefundAccount(
  tx: Tx,
  { refundId, account }: { refundId: number; account: RefundAccount },
): Promise<AccountResult> {
  const found = await findRefund(tx, refundId);
  if (!found) return { ok: false, reason: 'not-asked' };
  const payment = await lockPayment(tx, { paymentId: found.paymentId });
  const refund = await findRefund(tx, refundId);
  if (refund?.state !== 'needs_account' || !needsAccount(payment) || payment.state === 'reversed')
    return { ok: false, reason: 'not-asked' };
  await tx('refunds')
    .where({ id: refundId })
    .update({
      state: 'requested',
      refund_account: JSON.stringify(account),
      accounts_given: refund.accountsGiven + 1,
    });
  await enqueueRefund(tx, { refundId, paymentId: payment.id });
  return { ok: true };
}
