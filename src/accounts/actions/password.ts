import { change, type Db, type Tx } from '../../platform/db.js';
import { emit } from '../../platform/jobs.js';
import { hashPassword, matchesPassword } from '../password.js';
import { findUserByEmail, findUserWithPassword, type User } from '../queries.js';
import { foldEmail } from '../rules.js';
import { noteAccountEvent } from './note.js';
import { endSignIns } from './sign-ins.js';
import { endUserTokens } from './tokens.js';

export type Credentials = { ok: true; user: User } | { ok: false; reason: 'no-match' };

/**
 * Whether e-mail and password belong together. One answer, after the same time, for an unknown address, a wrong password,
 * an account without a password and a disabled one: a miss tells nothing. Tries are counted by the caller.
 */
export async function checkCredentials(
  db: Db,
  { email, password, cost }: { email: string; password: string; cost: number },
): Promise<Credentials> {
  const found = await findUserByEmail(db, { email: foldEmail(email) });
  const matches = await matchesPassword(password, found?.passwordHash ?? null, cost);
  if (!found || !matches || found.disabledAt) return { ok: false, reason: 'no-match' };
  const { passwordHash: _, ...user } = found;
  return { ok: true, user };
}

/** Whether the password is this user's, for somebody who is signed in. Tries are counted by the caller. */
export async function isOwnPassword(
  db: Db,
  { userId, password, cost }: { userId: number; password: string; cost: number },
): Promise<boolean> {
  const user = await findUserWithPassword(db, { userId });
  return await matchesPassword(password, user?.passwordHash ?? null, cost);
}

export type PasswordCheck = { ok: true; from: string | null; to: string } | { ok: false; reason: 'no-match' };

/**
 * Checks one's present password and hashes the next one, outside any transaction: hashing takes its time on purpose. Whoever
 * has no password, having come in otherwise, sets a first one: the caller knows that they have just shown who they are.
 */
export async function checkPassword(
  db: Db,
  { userId, current, next, cost }: { userId: number; current: string; next: string; cost: number },
): Promise<PasswordCheck> {
  const user = await findUserWithPassword(db, { userId });
  const from = user?.passwordHash ?? null;
  if (!user || (from !== null && !(await matchesPassword(current, from, cost))))
    return { ok: false, reason: 'no-match' };
  return { ok: true, from, to: await hashPassword(next, cost) };
}

/**
 * Replaces the hash that was checked, unless another change was faster (then false). Whoever else is signed in with the
 * old password is signed out, and links that were to set one do so no more.
 */
export async function replacePassword(
  tx: Tx,
  {
    userId,
    signInId,
    from,
    to,
    now,
  }: { userId: number; signInId: number; from: string | null; to: string; now: Date },
): Promise<boolean> {
  const changed = await change(
    tx,
    `update users set password_hash = :to where id = :userId and password_hash is not distinct from :from`,
    { userId, from, to },
  );
  if (changed === 0) return false;
  await endSignIns(tx, { userId, except: signInId, now });
  await endUserTokens(tx, { userId, purpose: 'reset-password', now });
  await noteAccountEvent(tx, { userId, kind: 'password-changed', now });
  await emit(tx, 'user.password-changed', { userId });
  return true;
}
