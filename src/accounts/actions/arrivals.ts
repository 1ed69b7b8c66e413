import { change, refuse, row, type Tx } from '../../platform/db.js';
import { emit } from '../../platform/jobs.js';
import type { AfterVerified } from '../deps.js';
import type { Arrival, Provider } from '../providers/arrival.js';
import { findUserByEmail } from '../queries.js';
import { findIdentity } from '../queries/identities.js';
import { foldEmail } from '../rules.js';
import { addIdentity, linkByAddress } from './identities.js';
import { dropEarlierWays } from './mailbox.js';
import { noteAccountEvent } from './note.js';
import { makeUser, type Registration } from './register.js';

export type Completed =
  /** They can come in as this user. */
  | { ok: true; userId: number }
  /** The address is not shown to be theirs yet, and may be somebody else's: a letter to it has the link. */
  | { ok: false; reason: 'letter' }
  /** Somebody else was faster with this identity, and this transaction did nothing. */
  | { ok: false; reason: 'taken' };

/**
 * Makes an account for somebody whom a provider named and who has agreed to it. Where the provider answers for the address,
 * they are in. Any other address has to be shown first, whether it has an account or not: the answer is the same, and
 * nothing but the letter to it says which. Pressed twice, it is done once.
 */
export async function registerArrival(
  tx: Tx,
  {
    arrival,
    registration,
    afterVerified,
    now,
  }: {
    arrival: Arrival;
    registration: Omit<Registration, 'passwordHash' | 'verified'>;
    afterVerified: AfterVerified;
    now: Date;
  },
): Promise<Completed> {
  const email = foldEmail(registration.email);
  const verified = arrival.vouched && arrival.email !== null && foldEmail(arrival.email) === email;
  const owner = await findIdentity(tx, arrival);
  if (owner) return { ok: true, userId: owner.userId };
  const made = await makeUser(tx, {
    registration: { ...registration, email, passwordHash: null, verified },
    now,
  });
  // Not there a moment ago, and not ours: its own transaction has ended by now.
  const userId = made?.id ?? (await findUserByEmail(tx, { email }))!.id;
  if (!verified) return await askByLetter(tx, { userId, arrival, now });
  if (!made?.isNew) {
    const linked = await linkByAddress(tx, { arrival, now });
    return linked === null ? await askByLetter(tx, { userId, arrival, now }) : { ok: true, userId: linked };
  }
  const added = await addIdentity(tx, { userId, arrival, isFirst: true, now });
  if (!added.ok) refuse<Completed>({ ok: false, reason: 'taken' });
  await afterVerified(tx, { userId, email, now });
  return { ok: true, userId };
}

/** Writes to the account's address: who has the mailbox can add the identity, and nobody else. */
async function askByLetter(
  tx: Tx,
  { userId, arrival, now }: { userId: number; arrival: Arrival; now: Date },
): Promise<{ ok: false; reason: 'letter' }> {
  const { provider, subject } = arrival;
  const data = { provider, subject };
  const accountEventId = await noteAccountEvent(tx, { userId, kind: 'identity-asked', data, now });
  await emit(tx, 'identity.asked', { userId, accountEventId });
  return { ok: false, reason: 'letter' };
}

/** A mailbox that was shown by the link of a letter, and the identity that the letter was about. */
export interface ShownMailbox {
  userId: number;
  /** The address the letter went to. */
  email: string;
  provider: Provider;
  subject: string;
}

export type Linked = { ok: true; userId: number } | { ok: false; reason: 'gone' | 'taken' };

/**
 * Adds an identity to the account whose mailbox was shown in the same browser, and that shows the address to be theirs. Where
 * it had never been, what was added before is dropped, unless this browser itself registered (`isOwn`). Locks the user.
 * The transaction rolls back unless `ok`.
 */
export async function linkShownMailbox(
  tx: Tx,
  {
    mailbox: { userId, email },
    arrival,
    isOwn,
    afterVerified,
    now,
  }: { mailbox: ShownMailbox; arrival: Arrival; isOwn: boolean; afterVerified: AfterVerified; now: Date },
): Promise<Linked> {
  const user = await row<{ verifiedAt: Date | null }>(
    tx,
    `select email_verified_at as "verifiedAt" from users
      where id = :userId and email = :email and disabled_at is null for no key update`,
    { userId, email },
  );
  if (!user) return refuse({ ok: false, reason: 'gone' });
  if (user.verifiedAt === null) {
    if (!isOwn) await dropEarlierWays(tx, { userId, now });
    await change(tx, `update users set email_verified_at = :now where id = :userId`, { userId, now });
    await noteAccountEvent(tx, { userId, kind: 'email-verified', now });
    await afterVerified(tx, { userId, email, now });
  }
  const added = await addIdentity(tx, { userId, arrival, isFirst: user.verifiedAt === null, now });
  if (!added.ok && added.reason === 'taken') return refuse({ ok: false, reason: 'taken' });
  return { ok: true, userId };
}
