import { row, rows, type Db } from '../../platform/db.js';
import type { Provider } from '../providers/arrival.js';
import type { WaysLeft } from '../rules/arrivals.js';

/** A way in through a provider. */
export interface Identity {
  id: number;
  provider: Provider;
  /** As the provider told it last; it may have none. */
  email: string | null;
  createdAt: Date;
  usedAt: Date;
}

/** Whose identity a provider's word is; null when it is nobody's yet. */
export async function findIdentity(
  db: Db,
  { provider, subject }: { provider: Provider; subject: string },
): Promise<{ id: number; userId: number } | null> {
  return await row<{ id: number; userId: number }>(
    db,
    `select id, user_id as "userId" from identities where provider = :provider and subject = :subject`,
    { provider, subject },
  );
}

/** A user's own, oldest first. */
export async function listIdentities(db: Db, { userId }: { userId: number }): Promise<Identity[]> {
  return await rows<Identity>(
    db,
    `select id, provider, email, created_at as "createdAt", used_at as "usedAt"
       from identities where user_id = :userId order by id`,
    { userId },
  );
}

/**
 * Locks a user's row, so that two changes of how they come in take turns, and says what a change is decided by: whether
 * there is a password and which identities. Null: no such user.
 */
export async function lockWaysIn(tx: Db, { userId }: { userId: number }): Promise<WaysLeft | null> {
  const user = await row<{ hasPassword: boolean }>(
    tx,
    `select password_hash is not null as "hasPassword" from users where id = :userId for no key update`,
    { userId },
  );
  if (!user) return null;
  const identities = await rows<{ id: number; provider: Provider }>(
    tx,
    `select id, provider from identities where user_id = :userId order by id`,
    { userId },
  );
  return { ...user, identities };
}
