import { emit } from '../../platform/jobs.js';
import { change, row, type Tx } from '../../platform/db.js';
import type { AfterVerified } from '../deps.js';
import { foldEmail } from '../rules.js';
import { noteAccountEvent } from './note.js';
import { dropForeignFactor } from './second-factor.js';
import { endSignIns } from './sign-ins.js';
import { endUserTokens, findUserToken, useUserToken } from './tokens.js';

type Used = { ok: true; userId: number } | { ok: false; reason: 'gone' };
const GONE = { ok: false, reason: 'gone' } as const;

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
 * A new password, by whoever has the mailbox: everybody who was signed in is signed out. Where the address had never been
 * shown to be anybody's, whoever registered it may have been a stranger who waited for its owner: other ways in that were
 * added before are dropped. `passwordHash` was made before, outside the transaction.
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
    `select email, email_verified_at as "verifiedAt" from users where id = :userId and email = :email for update`,
    { userId, email: String(used.data.email) },
  );
  if (!user) return GONE;
  await change(
    tx,
    `update users set password_hash = :passwordHash, email_verified_at = coalesce(email_verified_at, :now) where id = :userId`,
    { userId, passwordHash, now },
  );
  await endSignIns(tx, { userId, now });
  await endUserTokens(tx, { userId, purpose: 'change-email', now });
  await noteAccountEvent(tx, { userId, kind: 'password-reset', now });
  if (user.verifiedAt === null) {
    await tx('identities').where({ user_id: userId }).delete();
    await dropForeignFactor(tx, { userId, any: true, now });
    await afterVerified(tx, { userId, email: user.email, now });
  }
  await emit(tx, 'user.password-changed', { userId });
  return { ok: true, userId };
}

/**
 * Somebody wants another address. Nothing changes yet: a letter to the new one carries the link that does it, and one to
 * the old one says so. An earlier wish is given up.
 */
export async function askEmailChange(
  tx: Tx,
  { userId, email, now }: { userId: number; email: string; now: Date },
): Promise<void> {
  await endUserTokens(tx, { userId, purpose: 'change-email', now });
  const data = { email: foldEmail(email) };
  const accountEventId = await noteAccountEvent(tx, { userId, kind: 'email-change-asked', data, now });
  await emit(tx, 'user.email-asked', { userId, accountEventId });
}

export type EmailChange = Used | { ok: false; reason: 'taken' };

/**
 * The new address counts: its own link was used. Links to the old one end, everybody is signed out, and the old address is
 * told. Refused, and the link stays good, where the address has got an account of its own meanwhile. Locks the user.
 */
export async function changeEmail(
  tx: Tx,
  { token, afterVerified, now }: { token: string; afterVerified: AfterVerified; now: Date },
): Promise<EmailChange> {
  const asked = await findUserToken(tx, { token, purpose: 'change-email', now });
  if (!asked) return GONE;
  const { userId } = asked;
  const to = String(asked.data.email);
  const user = await row<{ email: string; taken: boolean }>(
    tx,
    `select email, exists (select from users o where o.email = :to and o.id <> :userId) as taken
       from users where id = :userId for update`,
    { userId, to },
  );
  if (!user) return GONE;
  if (user.taken) return { ok: false, reason: 'taken' };
  if (!(await useUserToken(tx, { token, purpose: 'change-email', now }))) return GONE;
  await change(tx, `update users set email = :to, email_verified_at = :now where id = :userId`, {
    userId,
    to,
    now,
  });
  await endSignIns(tx, { userId, now });
  for (const purpose of ['verify-email', 'reset-password'] as const)
    await endUserTokens(tx, { userId, purpose, now });
  const data = { from: user.email, to };
  const accountEventId = await noteAccountEvent(tx, { userId, kind: 'email-changed', data, now });
  await afterVerified(tx, { userId, email: to, now });
  if (user.email !== to) await emit(tx, 'user.email-changed', { userId, accountEventId });
  return { ok: true, userId };
}

/**
 * The old address says that it was not its owner who asked: the wish is given up, or the change taken back, and everybody is
 * signed out. The password may be known to whoever asked, so it works no more: the owner sets a new one by mail.
 */
export async function keepEmail(tx: Tx, { token, now }: { token: string; now: Date }): Promise<Used> {
  const used = await useUserToken(tx, { token, purpose: 'keep-email', now });
  if (!used) return GONE;
  const { userId } = used;
  const email = String(used.data.email);
  const kept = await change(
    tx,
    `update users set email = :email, email_verified_at = :now, password_hash = null where id = :userId
        and not exists (select from users o where o.email = :email and o.id <> :userId)`,
    { userId, email, now },
  );
  if (kept === 0) return GONE;
  for (const purpose of ['change-email', 'verify-email', 'reset-password'] as const)
    await endUserTokens(tx, { userId, purpose, now });
  await endSignIns(tx, { userId, now });
  // Whoever asked for the other address may have locked the door behind them.
  await dropForeignFactor(tx, { userId, any: false, now });
  await noteAccountEvent(tx, { userId, kind: 'email-kept', now });
  return { ok: true, userId };
}
