import { createHash } from 'node:crypto';
import { row, rows, type Db } from '../../platform/db.js';

/** How somebody can get into their account. */
export interface WaysIn {
  hasPassword: boolean;
  email: string;
  isVerified: boolean;
  /** How many providers vouch for them. */
  identities: number;
  /** Whether signing in takes a code as well. */
  hasSecondFactor: boolean;
}

export async function findWaysIn(db: Db, { userId }: { userId: number }): Promise<WaysIn> {
  const found = await row<WaysIn>(
    db,
    `select u.password_hash is not null as "hasPassword", u.email, u.email_verified_at is not null as "isVerified",
            (select count(*) from identities i where i.user_id = u.id) as identities,
            exists (select from second_factors f where f.user_id = u.id and f.on_at is not null) as "hasSecondFactor"
       from users u where u.id = :userId`,
    { userId },
  );
  return found!;
}

type Provider = 'google' | 'kakao';

/** The providers that vouch for a user. */
export async function listProviders(db: Db, { userId }: { userId: number }): Promise<Provider[]> {
  const found = await rows<{ provider: Provider }>(
    db,
    `select distinct provider from identities where user_id = :userId order by provider`,
    { userId },
  );
  return found.map(({ provider }) => provider);
}

/** Changes whenever the password does, and says nothing of it: what was shown with an earlier password is worth nothing. */
export async function passwordMark(db: Db, { userId }: { userId: number }): Promise<string> {
  const found = await row<{ hash: string }>(
    db,
    `select coalesce(password_hash, '') as hash from users where id = :userId`,
    { userId },
  );
  return createHash('sha256')
    .update(`password mark ${userId} ${found?.hash}`)
    .digest('base64url')
    .slice(0, 22);
}
