import { change, type Db, type Tx } from '../../platform/db.js';
import { SIGN_INS_KEPT_MS } from '../rules.js';
import { noteAccountEvent } from './note.js';

/** How somebody came in: by password, by a provider's word, or by a link that only their mailbox had. */
export type Via = 'password' | 'google' | 'kakao' | 'link';

/** Where somebody signs in: what the browser calls itself, and the country, or ''. */
export interface Device {
  userAgent: string;
  country: string;
}

/** Begins a sign-in. Whoever just showed who they are need not do so again for a while. */
export async function openSignIn(
  db: Db,
  {
    userId,
    via,
    remembered,
    device,
    now,
  }: { userId: number; via: Via; remembered: boolean; device: Device; now: Date },
): Promise<number> {
  const [signIn] = await db('sign_ins')
    .insert({
      user_id: userId,
      via,
      remembered,
      user_agent: device.userAgent.slice(0, 400),
      country: device.country,
      created_at: now,
      seen_at: now,
      confirmed_at: now,
    })
    .returning<{ id: number }[]>('id');
  return signIn!.id;
}

/** Whoever is at this browser has just shown again that they are the user: for a while nothing asks them. */
export async function confirmSignIn(
  db: Db,
  { signInId, now }: { signInId: number; now: Date },
): Promise<void> {
  await db('sign_ins').where({ id: signInId, ended_at: null }).update({ confirmed_at: now });
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

/**
 * Signs a user out in one of their browsers, seen from another. Asked twice it is done once; false when the sign-in is not
 * theirs.
 */
export async function endOwnSignIn(
  tx: Tx,
  { userId, signInId, now }: { userId: number; signInId: number; now: Date },
): Promise<boolean> {
  const own = { id: signInId, user_id: userId };
  const ended = await tx('sign_ins')
    .where({ ...own, ended_at: null })
    .update({ ended_at: now });
  if (ended > 0) await noteAccountEvent(tx, { userId, kind: 'sign-in-ended', data: { signInId }, now });
  return ended > 0 || (await tx('sign_ins').where(own).first<{ id: number } | undefined>('id')) !== undefined;
}

/** Signs a user out everywhere but where they ask from. */
export async function endOtherSignIns(
  tx: Tx,
  { userId, signInId, now }: { userId: number; signInId: number; now: Date },
): Promise<void> {
  await endSignIns(tx, { userId, except: signInId, now });
  await noteAccountEvent(tx, { userId, kind: 'other-sign-ins-ended', now });
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

/** Housekeeping: forgets sign-ins that have ended or been left long ago. */
export async function forgetSignIns(db: Db, { now }: { now: Date }): Promise<void> {
  await db('sign_ins')
    .where('seen_at', '<', new Date(now.getTime() - SIGN_INS_KEPT_MS))
    .delete();
}
