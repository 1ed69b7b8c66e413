import type { Buyer } from '../cart/index.js';
import { foldEmail } from '../discounts/index.js';
import { hasPaidOrder } from '../orders/index.js';
import type { Db } from '../platform/db.js';

/** Who buys, as discounts want to know: one spelling of the e-mail address, and whether
 * they have bought before, with this address or signed in. */
export async function findBuyer(
  db: Db,
  { email, userId }: { email: string; userId: number | null },
): Promise<Buyer> {
  const customer = foldEmail(email);
  return { customer, hasOrdered: await hasPaidOrder(db, { email: customer, userId }) };
}
