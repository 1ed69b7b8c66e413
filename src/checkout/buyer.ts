import { findUser } from '../accounts/index.js';
import type { Buyer } from '../cart/index.js';
import { foldEmail } from '../discounts/index.js';
import { hasPaidOrder } from '../orders/index.js';
import type { Db } from '../platform/db.js';

/**
 * Who buys, as discounts want to know: one spelling of the e-mail address, and whether they have bought before, with this
 * address or signed in. A user with a verified address uses discounts under that one, whichever they have the order sent to:
 * what was used under either counts.
 */
export async function findBuyer(
  db: Db,
  { email, userId }: { email: string; userId: number | null },
): Promise<Buyer> {
  const typed = foldEmail(email);
  const user = userId === null ? null : await findUser(db, { userId });
  const customer = user?.emailVerifiedAt ? foldEmail(user.email) : typed;
  const known = [...new Set([customer, typed])];
  return { customer, known, hasOrdered: await hasPaidOrder(db, { email: typed, userId }) };
}
