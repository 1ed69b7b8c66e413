import { emit } from '../../platform/jobs.js';
import { change, row, type Tx } from '../../platform/db.js';
import type { AfterVerified } from '../deps.js';
import { noteAccountEvent } from './note.js';
import { dropForeignFactor } from './second-factor.js';
import { endSignIns } from './sign-ins.js';
import { endUserTokens, useUserToken } from './tokens.js';

export type Used = { ok: true; userId: number } | { ok: false; reason: 'gone' };
export const GONE = { ok: false, reason: 'gone' } as const;

/**
 * The address is theirs: the link from the letter to it was used. `afterVerified` brings what waited for that. A link that
 * was for an address which has changed since is gone.
 */
export async function verifyEmail(
  tx: Tx,
  { token, afterVerified, now }: { token: string; afterVerified: AfterVerified; now: Date },
): Promise<Used> {
  const used = await useUserToken(tx, { token, purpose: 'verify-email', now });
  if (!used) return GONE;
  const { userId } = used;
  const verified = await row<{ email: string }>(
    tx,
    `update users set email_verified_at = coalesce(email_verified_at, :now)
      where id = :userId and email = :email returning email`,
    { userId, email: String(used.data.email), now },
  );
  if (!verified) return GONE;
  await noteAccountEvent(tx, { userId, kind: 'email-verified', now });
  await afterVerified(tx, { userId, email: verified.email, now });
  return { ok: true, userId };
}

/**
 * The first time that an address is shown to be somebody's, whoever registered it before may have been a stranger who
 * waited for its owner: the ways in that were added before are dropped, and everybody is signed out. The caller has locked
 * the user.
 */
export async function dropEarlierWays(tx: Tx, { userId, now }: { userId: number; now: Date }): Promise<void> {
  await change(tx, `update users set password_hash = null where id = :userId`, { userId });
  await tx('identities').where({ user_id: userId }).delete();
  await dropForeignFactor(tx, { userId, any: true, now });
  await endSignIns(tx, { userId, now });
}

/**
 * A new password, by whoever has the mailbox: everybody who was signed in is signed out. Where the address had never been
 * shown to be anybody's, other ways in that were added before are dropped. `passwordHash` was made before, outside the
 * transaction.
 */
export async function resetPassword(
  tx: Tx,
  {
    token,
    passwordHash,
    afterVerified,
    now,
  }: { token: string; passwordHash: string; afterVerified: AfterVerified; now: Date },
): Promise<Used> {
  const used = await useUserToken(tx, { token, purpose: 'reset-password', now });
  if (!used) return GONE;
  const { userId } = used;
  const user = await row<{ email: string; verifiedAt: Date | null }>(
    tx,
    `select email, email_verified_at as "verifiedAt" from users where id = :userId and email = :email`,
    { userId, email: String(used.data.email) },
  );
  if (!user) return GONE;
  if (user.verifiedAt === null) await dropEarlierWays(tx, { userId, now });
  await change(
    tx,
    `update users set password_hash = :passwordHash, email_verified_at = coalesce(email_verified_at, :now) where id = :userId`,
    { userId, passwordHash, now },
  );
  await endSignIns(tx, { userId, now });
  await endUserTokens(tx, { userId, purpose: 'change-email', now });
  await noteAccountEvent(tx, { userId, kind: 'password-reset', now });
  if (user.verifiedAt === null) await afterVerified(tx, { userId, email: user.email, now });
  await emit(tx, 'user.password-changed', { userId });
  return { ok: true, userId };
}
