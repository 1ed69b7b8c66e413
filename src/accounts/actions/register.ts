import type { Locale } from '../../lib/locale.js';
import { emit } from '../../platform/jobs.js';
import { change, row, type Tx } from '../../platform/db.js';
import { CONSENT_VERSION, foldEmail, UNVERIFIED_KEPT_MS } from '../rules.js';

/** What somebody who registers has said; the age question was answered with yes. */
export interface Registration {
  email: string;
  name: string;
  /** Null for whoever comes in by a provider. */
  passwordHash: string | null;
  locale: Locale;
  marketing: boolean;
  /** The mailbox was shown to be theirs already, by a provider that says so. */
  verified?: boolean;
}

/**
 * Makes an account, or finds that the address has one: one statement either way. Null where it was made between our look
 * and our insert. The password was hashed before, outside the transaction.
 */
export async function makeUser(
  tx: Tx,
  { registration, now }: { registration: Registration; now: Date },
): Promise<{ id: number; isNew: boolean } | null> {
  const { name, passwordHash, locale, marketing, verified = false } = registration;
  return await row<{ id: number; isNew: boolean }>(
    tx,
    `with made as (
       insert into users (email, name, role, password_hash, locale, email_verified_at, created_at)
       values (:email, :name, 'customer', :passwordHash, :locale, :verifiedAt, :now)
       on conflict (email) do nothing returning id),
     agreed as (
       insert into consents (user_id, kind, version, given, at)
       select made.id, kind, :version, kind <> 'marketing' or :marketing, :now
         from made cross join unnest(array['age', 'terms', 'privacy', 'marketing']) kind),
     noted as (
       insert into account_events (user_id, at, actor, kind) select id, :now, 'user', 'registered' from made)
     select id, true as "isNew" from made
     union all
     select id, false from users where email = :email limit 1`,
    {
      email: foldEmail(registration.email),
      name,
      passwordHash,
      locale,
      marketing,
      verifiedAt: verified ? now : null,
      version: CONSENT_VERSION,
      now,
    },
  );
}

/**
 * Makes an account, or finds that the address has one. Either way one statement and one event: who registered is told by
 * letter, so that the answer and the time it takes say nothing about the address. Returns the id of an account that was
 * made, null otherwise.
 */
export async function registerUser(
  tx: Tx,
  { registration, now }: { registration: Registration; now: Date },
): Promise<number | null> {
  const found = await makeUser(tx, { registration, now });
  // Neither made nor found: it was made in the same moment, by the same person pressing twice.
  const userId = found?.id ?? 0;
  if (found?.isNew) {
    await emit(tx, 'user.registered', { userId });
    return userId;
  }
  await emit(tx, 'user.known', { userId });
  return null;
}

/**
 * Housekeeping: forgets accounts whose address nobody has shown to be theirs, and that nobody uses. Whoever comes in by a
 * provider has shown who they are otherwise: they may stay away as long as they like.
 */
export async function forgetUnverified(tx: Tx, { now }: { now: Date }): Promise<void> {
  await change(
    tx,
    `delete from users u where role = 'customer' and email_verified_at is null and created_at < :before
        and not exists (select from sign_ins s where s.user_id = u.id and s.seen_at >= :before)
        and not exists (select from identities i where i.user_id = u.id)
        and not exists (select from orders o where o.user_id = u.id)`,
    { before: new Date(now.getTime() - UNVERIFIED_KEPT_MS) },
  );
}
