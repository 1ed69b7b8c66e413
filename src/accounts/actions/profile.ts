import { row, type Tx } from '../../platform/db.js';
import { CONSENT_VERSION } from '../rules.js';
import { findProfile, hasMarketingConsent, type Profile } from '../queries/profile.js';
import { noteAccountEvent } from './note.js';

const lockUser = (tx: Tx, userId: number) =>
  row<{ id: number }>(tx, `select id from users where id = :userId and erased_at is null for no key update`, {
    userId,
  });

/**
 * Writes what a user says of themselves, and into their history which parts of it changed (not to what: the history
 * outlives many names). Locks the user. Nothing changed: nothing is written.
 */
export async function changeProfile(
  tx: Tx,
  { userId, profile, now }: { userId: number; profile: Omit<Profile, 'avatarId'>; now: Date },
): Promise<void> {
  if (!(await lockUser(tx, userId))) return;
  const before = (await findProfile(tx, { userId }))!;
  const { name, phone, locale, currency } = profile;
  const fields = (['name', 'phone', 'locale', 'currency'] as const).filter(
    field => before[field] !== profile[field],
  );
  if (fields.length === 0) return;
  await tx('users').where({ id: userId }).update({ name, phone, locale, currency });
  await noteAccountEvent(tx, { userId, kind: 'profile-changed', data: { fields }, now });
}

/**
 * Makes a private picture of media the user's own, or takes it off (null). Locks the user, so that of two pictures sent at
 * once one replaces the other. Returns the picture that was theirs before, which the caller deletes in the same transaction.
 */
export async function setAvatar(
  tx: Tx,
  { userId, imageId, now }: { userId: number; imageId: string | null; now: Date },
): Promise<string | null> {
  await lockUser(tx, userId);
  const before = (await findProfile(tx, { userId }))?.avatarId ?? null;
  if (before === imageId) return null;
  await tx('users').where({ id: userId, erased_at: null }).update({ avatar_id: imageId });
  await noteAccountEvent(tx, { userId, kind: imageId ? 'avatar-set' : 'avatar-removed', now });
  return before;
}

/**
 * Whether the store may write about offers: each change of mind is a row of its own, with the version of the sentence that
 * was agreed to. Said again it is said once. Locks the user.
 */
export async function changeMarketing(
  tx: Tx,
  { userId, given, now }: { userId: number; given: boolean; now: Date },
): Promise<void> {
  if (!(await lockUser(tx, userId)) || (await hasMarketingConsent(tx, { userId })) === given) return;
  await tx('consents').insert({
    user_id: userId,
    kind: 'marketing',
    version: CONSENT_VERSION,
    given,
    at: now,
  });
  await noteAccountEvent(tx, { userId, kind: 'marketing-changed', data: { given }, now });
}
