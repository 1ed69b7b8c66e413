import type { Locale } from '../../lib/locale.js';
import { change, row, type Tx } from '../../platform/db.js';
import type { Role } from '../rules.js';
import { noteAccountEvent } from './note.js';

/** Somebody about to be erased. */
export interface Leaving {
  email: string;
  role: Role;
  locale: Locale;
  avatarId: string | null;
  isErased: boolean;
}

/** Locks the user once more, after their carts and orders: whatever would name them waits as well. Null when there is no such user. */
export async function lockLeaving(tx: Tx, { userId }: { userId: number }): Promise<Leaving | null> {
  return await row<Leaving>(
    tx,
    `select email, role, locale, avatar_id as "avatarId", erased_at is not null as "isErased"
       from users where id = :userId for update`,
    { userId },
  );
}

/** What is theirs alone, and goes with them. Consents stay: kind, version and date under a number that names nobody. */
const GONE = [
  'identities',
  'second_factors',
  'user_tokens',
  'addresses',
  'sign_ins',
  'account_events',
] as const;

/**
 * Takes the person out of their account: what is left is a number that orders and consents hang on, and that nobody can
 * sign in to. Ends all sign-ins. Needs the lock of `lockLeaving`. The address is kept beside until the last letter has gone.
 */
export async function eraseUser(
  tx: Tx,
  {
    userId,
    leaving,
    kept,
    now,
  }: { userId: number; leaving: Leaving; kept: { orders: number; until: Date | null }; now: Date },
): Promise<void> {
  const { email, locale } = leaving;
  for (const table of GONE) await tx(table).where({ user_id: userId }).delete();
  await tx('users')
    .where({ id: userId })
    .update({
      // Nobody's mailbox, by RFC 2606; the number keeps it the only one.
      email: `erased-${userId}@erased.invalid`,
      email_verified_at: null,
      name: '',
      phone: '',
      password_hash: null,
      avatar_id: null,
      currency: null,
      disabled_at: now,
      erased_at: now,
    });
  await tx('erasures').insert({
    user_id: userId,
    at: now,
    email,
    locale,
    kept_orders: kept.orders,
    kept_until: kept.until,
  });
  await noteAccountEvent(tx, { userId, kind: 'erased', now });
}

/**
 * The last letter has gone: nothing knows the address any more. A link that a letter made while the user was being erased
 * works for nobody, and goes here. Done twice it is done once.
 */
export async function closeErasure(tx: Tx, { userId, now }: { userId: number; now: Date }): Promise<void> {
  await tx('user_tokens').where({ user_id: userId }).delete();
  await change(
    tx,
    `update erasures set email = null, told_at = :now where user_id = :userId and told_at is null`,
    {
      userId,
      now,
    },
  );
}
