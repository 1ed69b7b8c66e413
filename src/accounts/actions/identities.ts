import { change, row, type Tx } from '../../platform/db.js';
import { emit } from '../../platform/jobs.js';
import type { Arrival, Provider } from '../providers/arrival.js';
import { findIdentity, lockWaysIn } from '../queries/identities.js';
import { hasSecondFactor } from '../queries/second-factor.js';
import { canRemoveIdentity } from '../rules/arrivals.js';
import { foldEmail } from '../rules.js';
import { noteAccountEvent } from './note.js';
import { confirmSignIn } from './sign-ins.js';

export type Adding = { ok: true } | { ok: false; reason: 'yours' | 'taken' };

/**
 * Makes a provider's word a way in of this user. The index decides who is first where two add the same one; `yours`: it was
 * this user's already. Tells the user by letter, unless it is a new account's first way in. Locks the user.
 */
export async function addIdentity(
  tx: Tx,
  {
    userId,
    arrival,
    isFirst = false,
    now,
  }: { userId: number; arrival: Arrival; isFirst?: boolean; now: Date },
): Promise<Adding> {
  await lockWaysIn(tx, { userId });
  const { provider, subject, email, emailVerified } = arrival;
  const added = await row<{ id: number }>(
    tx,
    `insert into identities (user_id, provider, subject, email, email_verified, created_at, used_at)
     values (:userId, :provider, :subject, :email, :emailVerified, :now, :now)
     on conflict (provider, subject) do nothing returning id`,
    { userId, provider, subject, email, emailVerified, now },
  );
  if (!added) {
    const owner = await findIdentity(tx, { provider, subject });
    return { ok: false, reason: owner?.userId === userId ? 'yours' : 'taken' };
  }
  await noteAccountEvent(tx, { userId, kind: 'identity-added', data: { provider }, now });
  if (!isFirst) await emit(tx, 'identity.added', { userId, provider });
  return { ok: true };
}

/**
 * Adds an identity to the account with the address that its provider answers for, if that account has shown the address to be
 * its own, too, and is in use: asked again under the user's lock, since an address can change meanwhile. Returns the user's
 * id, or null.
 */
export async function linkByAddress(
  tx: Tx,
  { arrival, now }: { arrival: Arrival; now: Date },
): Promise<number | null> {
  if (!arrival.vouched || arrival.email === null) return null;
  const user = await row<{ id: number }>(
    tx,
    `select id from users where email = :email and email_verified_at is not null and disabled_at is null for no key update`,
    { email: foldEmail(arrival.email) },
  );
  if (!user) return null;
  const added = await addIdentity(tx, { userId: user.id, arrival, now });
  return added.ok || added.reason === 'yours' ? user.id : null;
}

/** Notes that an identity was used, and what its provider says of the address now: for its owner to see, for nothing else. */
export async function noteIdentityUse(
  tx: Tx,
  { identityId, arrival, now }: { identityId: number; arrival: Arrival; now: Date },
): Promise<void> {
  const { email, emailVerified } = arrival;
  await tx('identities')
    .where({ id: identityId })
    .update({ used_at: now, email, email_verified: emailVerified });
}

export type Removal = { ok: true; provider: Provider } | { ok: false; reason: 'unknown' | 'last-way-in' };

/**
 * Takes a way in away, unless it is the last one, and ends what was signed in by it elsewhere. Tells the user by letter.
 * Locks the user: of two removals at once the second sees what the first has left.
 */
export async function removeIdentity(
  tx: Tx,
  {
    userId,
    identityId,
    signInId,
    offered,
    now,
  }: { userId: number; identityId: number; signInId: number; offered: readonly Provider[]; now: Date },
): Promise<Removal> {
  const ways = await lockWaysIn(tx, { userId });
  const identity = ways?.identities.find(({ id }) => id === identityId);
  if (!ways || !identity) return { ok: false, reason: 'unknown' };
  if (!canRemoveIdentity(ways, { id: identityId, offered })) return { ok: false, reason: 'last-way-in' };
  const { provider } = identity;
  await tx('identities').where({ id: identityId, user_id: userId }).delete();
  await change(
    tx,
    `update sign_ins set ended_at = :now
      where user_id = :userId and via = :provider and ended_at is null and id <> :signInId`,
    { userId, provider, signInId, now },
  );
  await noteAccountEvent(tx, { userId, kind: 'identity-removed', data: { provider }, now });
  await emit(tx, 'identity.removed', { userId, provider });
  return { ok: true, provider };
}

/**
 * Whether a provider has just named the user again: then nobody asks this sign-in for a while. Where there is a second factor
 * it is asked for instead: the provider's word was the first one already.
 */
export async function confirmByProvider(
  tx: Tx,
  { userId, signInId, arrival, now }: { userId: number; signInId: number; arrival: Arrival; now: Date },
): Promise<boolean> {
  const identity = await findIdentity(tx, arrival);
  if (identity?.userId !== userId || (await hasSecondFactor(tx, { userId }))) return false;
  await confirmSignIn(tx, { signInId, now });
  return true;
}
