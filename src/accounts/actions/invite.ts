import type { Locale } from '../../lib/locale.js';
import { row, type Tx } from '../../platform/db.js';
import { emit } from '../../platform/jobs.js';
import { foldEmail, type Role } from '../rules.js';
import type { AfterVerified } from '../deps.js';
import { dropEarlierWays } from './mailbox.js';
import { noteAccountEvent } from './note.js';
import { endSignIns } from './sign-ins.js';
import { endUserTokens, useUserToken } from './tokens.js';

/**
 * Invites somebody to the desk. Nothing changes for an account they have: the link from the letter gives it its role. A
 * second invitation ends the first. Whoever is shut out is let in again first.
 */
export async function inviteStaff(
  tx: Tx,
  {
    email,
    role,
    locale,
    actor,
    now,
  }: { email: string; role: Exclude<Role, 'customer'>; locale: Locale; actor: string; now: Date },
): Promise<{ ok: true; userId: number } | { ok: false; reason: 'shut' }> {
  const user = await row<{ id: number; isShut: boolean }>(
    tx,
    `insert into users (email, name, role, locale, created_at) values (:email, '', 'customer', :locale, :now)
     on conflict (email) do update set email = excluded.email returning id, disabled_at is not null as "isShut"`,
    { email: foldEmail(email), locale, now },
  );
  if (user!.isShut) return { ok: false, reason: 'shut' };
  const userId = user!.id;
  await endUserTokens(tx, { userId, purpose: 'invite', now });
  const accountEventId = await noteAccountEvent(tx, { userId, kind: 'invited', actor, data: { role }, now });
  await emit(tx, 'user.invited', { userId, accountEventId });
  return { ok: true, userId };
}

/**
 * The invited one has the mailbox: they get the role, and a password where they had none. Everybody who was signed in to the
 * account is signed out. Where the address had never been shown to be anybody's, ways in that were added before are dropped: a
 * stranger who registered it would come to the desk by them. Nobody loses a role by it, so the last administrator stays one.
 * `passwordHash` was made before, outside the transaction; it counts only where there was none, or where nobody had shown that
 * the address is theirs.
 */
export async function acceptInvitation(
  tx: Tx,
  {
    token,
    name,
    passwordHash,
    afterVerified,
    now,
  }: { token: string; name: string; passwordHash: string | null; afterVerified: AfterVerified; now: Date },
): Promise<{ ok: boolean }> {
  const used = await useUserToken(tx, { token, purpose: 'invite', now });
  if (!used) return { ok: false };
  const { userId } = used;
  const before = await row<{ role: Role; verifiedAt: Date | null }>(
    tx,
    `select role, email_verified_at as "verifiedAt" from users where id = :userId and email = :email`,
    { userId, email: String(used.data.email) },
  );
  // It went to an address that is not theirs any more.
  if (!before) return { ok: false };
  if (before.verifiedAt === null) await dropEarlierWays(tx, { userId, now });
  const role = before.role === 'admin' || used.data.role === 'admin' ? 'admin' : 'staff';
  const user = await row<{ email: string }>(
    tx,
    `update users set role = :role, name = case when name = '' then :name else name end,
            password_hash = coalesce(password_hash, :passwordHash),
            email_verified_at = coalesce(email_verified_at, :now)
      where id = :userId returning email`,
    { userId, role, name, passwordHash, now },
  );
  await endSignIns(tx, { userId, now });
  await noteAccountEvent(tx, { userId, kind: 'role-changed', data: { to: role }, now });
  await afterVerified(tx, { userId, email: user!.email, now });
  return { ok: true };
}
