import { hashPassword, saveStaff } from '../../src/accounts/index.js';
import { inTransaction } from '../../src/platform/db.js';
import type { Shop } from './shop.js';
import { createVisitor, type Visitor } from './visitor.js';

export const STAFF_PASSWORD = 'correct horse 배터리 🔋';

/** An account at the desk; by default an administrator's. */
export async function employ(
  shop: Shop,
  { role = 'admin', email = `${role}@desk.example` }: { role?: 'admin' | 'staff'; email?: string } = {},
): Promise<{ userId: number; email: string }> {
  const passwordHash = await hashPassword(STAFF_PASSWORD, 4);
  const { userId } = await inTransaction(shop.db, tx =>
    saveStaff(tx, { email, name: `Desk ${role}`, role, passwordHash, now: shop.now() }),
  );
  return { userId, email };
}

/** A browser that is signed in at the desk, through the form, as a new account of this role. */
export async function atTheDesk(
  shop: Shop,
  options: { role?: 'admin' | 'staff'; email?: string } = {},
): Promise<{ visitor: Visitor; userId: number; email: string }> {
  const { userId, email } = await employ(shop, options);
  const visitor = createVisitor(shop.origin);
  const { status, location } = await visitor.post('/en/sign-in', { email, password: STAFF_PASSWORD });
  if (status !== 303 || location !== '/admin') throw new Error(`not signed in: ${status} ${location}`);
  return { visitor, userId, email };
}
