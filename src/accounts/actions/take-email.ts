import { change, inSavepoint, row, violatedConstraint, type Tx } from '../../platform/db.js';
import { isKept, type Role } from '../rules.js';
import { noteAccountEvent } from './note.js';
import { endSignIns } from './sign-ins.js';

/**
 * Gives a user an address whose mailbox they have just shown to be theirs. An account that somebody opened with it and whose
 * address nobody ever showed to be theirs gives way: otherwise whoever typed the address first could keep it from its
 * owner. False where the address is somebody's. Needs the user's lock; locks the other account.
 */
export async function takeEmail(
  tx: Tx,
  { userId, email, now }: { userId: number; email: string; now: Date },
): Promise<boolean> {
  for (;;) {
    if (!(await makeWay(tx, { userId, email, now }))) return false;
    if (await setEmail(tx, { userId, email, now })) return true;
    // Somebody registered with it between our look and our write: looked at again.
  }
}

/** Whether nobody has the address, or nobody any more. */
async function makeWay(
  tx: Tx,
  { userId, email, now }: { userId: number; email: string; now: Date },
): Promise<boolean> {
  const other = await row<{ id: number; role: Role; emailVerifiedAt: Date | null }>(
    tx,
    `select id, role, email_verified_at as "emailVerifiedAt" from users
      where email = :email and id <> :userId for no key update`,
    { email, userId },
  );
  if (!other) return true;
  if (isKept(other)) return false;
  await endSignIns(tx, { userId: other.id, now });
  await tx('identities').where({ user_id: other.id }).delete();
  // What was ordered from it stays with it: staff can say whose it is. Links that went to its address name that address.
  await change(
    tx,
    `update users set email = 'gave-way-' || id || '@invalid', password_hash = null, disabled_at = :now where id = :id`,
    { id: other.id, now },
  );
  await noteAccountEvent(tx, { userId: other.id, kind: 'email-given-up', now });
  return true;
}

async function setEmail(
  tx: Tx,
  { userId, email, now }: { userId: number; email: string; now: Date },
): Promise<boolean> {
  try {
    await inSavepoint(tx, savepoint =>
      change(savepoint, `update users set email = :email, email_verified_at = :now where id = :userId`, {
        userId,
        email,
        now,
      }),
    );
    return true;
  } catch (error) {
    if (violatedConstraint(error) === 'users_email_key') return false;
    throw error;
  }
}
