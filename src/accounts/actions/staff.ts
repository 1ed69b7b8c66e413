import { row, type Tx } from '../../platform/db.js';
import { foldEmail, type Role } from '../rules.js';
import { dropForeignFactor } from './second-factor.js';
import { endSignIns } from './sign-ins.js';

/**
 * Makes or renews a staff account: role and password are set, a disabled account works again, and every place where it
 * is signed in is signed out, and a second factor is dropped. Returns the user's id and whether the account is new.
 */
export async function saveStaff(
  tx: Tx,
  staff: { email: string; name: string; role: Exclude<Role, 'customer'>; passwordHash: string; now: Date },
): Promise<{ userId: number; isNew: boolean }> {
  const { name, role, passwordHash, now } = staff;
  const saved = await row<{ id: number; isNew: boolean }>(
    tx,
    `insert into users (email, name, role, password_hash, email_verified_at, created_at)
     values (:email, :name, :role, :passwordHash, :now, :now)
     on conflict (email) do update
        set role = excluded.role, password_hash = excluded.password_hash, disabled_at = null,
            email_verified_at = coalesce(users.email_verified_at, excluded.email_verified_at)
     returning id, xmax = 0 as "isNew"`,
    { email: foldEmail(staff.email), name, role, passwordHash, now },
  );
  await endSignIns(tx, { userId: saved!.id, now });
  // The way back in for whoever lost all they had, also the phone.
  await dropForeignFactor(tx, { userId: saved!.id, any: true, actor: 'operator', now });
  return { userId: saved!.id, isNew: saved!.isNew };
}
