import { eraseUser, foldEmail, isStaffRole, lockLeaving } from '../../accounts/index.js';
import { forgetCarts, lockOwnCarts } from '../../cart/index.js';
import { scrubClaims } from '../../discounts/index.js';
import { forgetRequestsOf } from '../../inventory/index.js';
import { forgetPrivatePicture } from '../../media/index.js';
import { scrubOrder } from '../../orders/index.js';
import { scrubDeposits, scrubRefundAccounts } from '../../payments/index.js';
import { inTransaction, type Db, type Tx } from '../../platform/db.js';
import { emit } from '../../platform/jobs.js';
import { scrubReturns } from '../../returns/index.js';
import { findKept, listDueOrders, listObstacles, lockOwnOrders } from '../queries/erasure.js';

export type EraseResult =
  | { ok: true }
  | {
      ok: false;
      reason:
        /** Erased already. */
        | 'gone'
        /** Whoever works at the desk leaves it first. */
        | 'staff'
        /** What was typed is not the account's address. */
        | 'other-email'
        /** An order is on its way, or money is. */
        | 'under-way';
    };

/**
 * Erases a user for good, in one transaction: all that is theirs alone goes, paid orders stay as long as the law says, and
 * a last letter tells what stayed. Locks the user, the cart, the orders, then the user
 * against new rows that name them: an order cannot be placed, nor an export made, in between. Of two at once the second finds nobody.
 */
export async function eraseAccount(
  db: Db,
  { userId, typed, now }: { userId: number; typed: string; now: Date },
): Promise<EraseResult> {
  return await inTransaction<EraseResult>(db, async tx => {
    await lockOwnCarts(tx, { userId });
    await lockOwnOrders(tx, { userId });
    const leaving = await lockLeaving(tx, { userId });
    if (!leaving || leaving.isErased) return { ok: false, reason: 'gone' };
    if (isStaffRole(leaving.role)) return { ok: false, reason: 'staff' };
    if (foldEmail(typed) !== leaving.email) return { ok: false, reason: 'other-email' };
    if ((await listObstacles(tx, { userId })).length > 0) return { ok: false, reason: 'under-way' };

    await forgetCarts(tx, { userId });
    await forgetRequestsOf(tx, { email: leaving.email });
    await tx('data_exports').where({ user_id: userId }).delete();
    const kept = await findKept(tx, { userId });
    await eraseUser(tx, { userId, leaving, kept, now });
    if (leaving.avatarId) await forgetPrivatePicture(tx, { imageId: leaving.avatarId });
    for (const due of await listDueOrders(tx, { userId, now, limit: 10_000 })) await scrub(tx, due, now);
    await emit(tx, 'user.erased', { userId });
    return { ok: true };
  });
}

/** Takes the person out of an order, or only what was kept for complaints. */
async function scrub(tx: Tx, { id: orderId, all }: { id: number; all: boolean }, now: Date): Promise<void> {
  if (all) await scrubOrder(tx, { orderId, now });
  if (all) await scrubDeposits(tx, { orderId });
  await scrubRefundAccounts(tx, { orderId });
  await scrubReturns(tx, { orderId });
  if (all) await scrubClaims(tx, { orderId });
}

const AT_ONCE = 100;

/** Housekeeping: the years of erased users' orders run out one by one. Each in a transaction of its own. */
export async function scrubDueOrders(db: Db, { now }: { now: Date }): Promise<void> {
  for (const due of await listDueOrders(db, { now, limit: AT_ONCE }))
    await inTransaction(db, tx => scrub(tx, due, now));
}
