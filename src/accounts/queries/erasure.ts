import type { Locale } from '../../lib/locale.js';
import { row, type Db } from '../../platform/db.js';

/** Who is still to be told that they were erased, and what stays; null when they were, or nobody was. */
export async function findErasure(
  db: Db,
  { userId }: { userId: number },
): Promise<{ email: string; locale: Locale; keptOrders: number; keptUntil: Date | null } | null> {
  return await row(
    db,
    `select email, locale, kept_orders as "keptOrders", kept_until as "keptUntil"
       from erasures where user_id = :userId and email is not null`,
    { userId },
  );
}
