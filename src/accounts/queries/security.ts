import { row, rows, type Db } from '../../platform/db.js';

/** How somebody can get into their account. */
export interface WaysIn {
  hasPassword: boolean;
  email: string;
  isVerified: boolean;
  /** How many providers vouch for them. */
  identities: number;
}

export async function findWaysIn(db: Db, { userId }: { userId: number }): Promise<WaysIn> {
  const found = await row<WaysIn>(
    db,
    `select u.password_hash is not null as "hasPassword", u.email, u.email_verified_at is not null as "isVerified",
            (select count(*) from identities i where i.user_id = u.id) as identities
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
