import { change, row, type Db, type Tx } from '../platform/db.js';
import { hashPassword, matchesPassword } from './password.js';
import { findUserByEmail, findUserWithPassword, type User } from './queries.js';
import { foldEmail, isStaffRole, SIGN_INS_KEPT_MS, type Role } from './rules.js';

/**
 * Makes or renews a staff account: role and password are set, a disabled account works again, and every place where it
 * is signed in is signed out. Returns the user's id and whether the account is new.
 */
export async function saveStaff(
  tx: Tx,
  staff: { email: string; name: string; role: Exclude<Role, 'customer'>; passwordHash: string; now: Date },
): Promise<{ userId: number; isNew: boolean }> {
  const { name, role, passwordHash, now } = staff;
  const saved = await row<{ id: number; isNew: boolean }>(
    tx,
    `insert into users (email, name, role, password_hash, created_at) values (:email, :name, :role, :passwordHash, :now)
     on conflict (email) do update
        set role = excluded.role, password_hash = excluded.password_hash, disabled_at = null
     returning id, xmax = 0 as "isNew"`,
    { email: foldEmail(staff.email), name, role, passwordHash, now },
  );
  await endSignIns(tx, { userId: saved!.id, now });
  return { userId: saved!.id, isNew: saved!.isNew };
}

export type SignInResult = { ok: true; signInId: number; user: User } | { ok: false; reason: 'no-match' };

/**
 * Signs a member of staff in. One answer, after the same time, for an unknown address, a wrong password, a disabled
 * account and a customer's: a miss tells nothing. Tries are counted by the caller.
 */
export async function signInStaff(
  db: Db,
  { email, password, cost, now }: { email: string; password: string; cost: number; now: Date },
): Promise<SignInResult> {
  const found = await findUserByEmail(db, { email: foldEmail(email) });
  const matches = await matchesPassword(password, found?.passwordHash ?? null, cost);
  if (!found || !matches || found.disabledAt || !isStaffRole(found.role))
    return { ok: false, reason: 'no-match' };
  const [signIn] = await db('sign_ins')
    .insert({ user_id: found.id, created_at: now, seen_at: now })
    .returning<{ id: number }[]>('id');
  const { id, name, role, disabledAt } = found;
  return { ok: true, signInId: signIn!.id, user: { id, email: found.email, name, role, disabledAt } };
}

/** Notes that somebody is at work; a sign-in that has ended stays ended. */
export async function touchSignIn(db: Db, { signInId, now }: { signInId: number; now: Date }): Promise<void> {
  await db('sign_ins')
    .where({ id: signInId, ended_at: null })
    .where('seen_at', '<', now)
    .update({ seen_at: now });
}

/** Signs out: the session's row may live on somewhere, but it names a sign-in that counts no more. */
export async function endSignIn(db: Db, { signInId, now }: { signInId: number; now: Date }): Promise<void> {
  await db('sign_ins').where({ id: signInId, ended_at: null }).update({ ended_at: now });
}

/** Signs a user out everywhere, except where `except` names the sign-in that asks. */
export async function endSignIns(
  tx: Tx,
  { userId, except = 0, now }: { userId: number; except?: number; now: Date },
): Promise<void> {
  await change(
    tx,
    `update sign_ins set ended_at = :now where user_id = :userId and ended_at is null and id <> :except`,
    { userId, except, now },
  );
}

export type PasswordCheck = { ok: true; from: string; to: string } | { ok: false; reason: 'no-match' };

/** Checks one's present password and hashes the next one, outside any transaction: hashing takes its time on purpose. */
export async function checkPassword(
  db: Db,
  { userId, current, next, cost }: { userId: number; current: string; next: string; cost: number },
): Promise<PasswordCheck> {
  const user = await findUserWithPassword(db, { userId });
  const from = user?.passwordHash ?? null;
  if (from === null || !(await matchesPassword(current, from, cost)))
    return { ok: false, reason: 'no-match' };
  return { ok: true, from, to: await hashPassword(next, cost) };
}

/**
 * Replaces the hash that was checked, unless another change was faster (then false). Whoever else is signed in with the
 * old password is signed out.
 */
export async function replacePassword(
  tx: Tx,
  {
    userId,
    signInId,
    from,
    to,
    now,
  }: { userId: number; signInId: number; from: string; to: string; now: Date },
): Promise<boolean> {
  const changed = await tx('users').where({ id: userId, password_hash: from }).update({ password_hash: to });
  if (changed === 0) return false;
  await endSignIns(tx, { userId, except: signInId, now });
  return true;
}

/** Housekeeping: forgets sign-ins that have ended or been left long ago. */
export async function forgetSignIns(db: Db, { now }: { now: Date }): Promise<void> {
  await db('sign_ins')
    .where('seen_at', '<', new Date(now.getTime() - SIGN_INS_KEPT_MS))
    .delete();
}
