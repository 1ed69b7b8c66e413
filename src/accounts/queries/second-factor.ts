import { row, type Db } from '../../platform/db.js';

export interface SecondFactor {
  /** Sealed. */
  secret: string;
  /** Null while it is being set up. */
  onAt: Date | null;
  /** Recovery codes that have not been used. */
  codesLeft: number;
}

/** A user's second factor, on or being set up; null when there is none. */
export async function findSecondFactor(db: Db, { userId }: { userId: number }): Promise<SecondFactor | null> {
  return await row<SecondFactor>(
    db,
    `select f.secret, f.on_at as "onAt",
            (select count(*) from recovery_codes c where c.user_id = f.user_id and c.used_at is null) as "codesLeft"
       from second_factors f where f.user_id = :userId`,
    { userId },
  );
}

/** Whether signing in to this account takes a code as well. */
export async function hasSecondFactor(db: Db, { userId }: { userId: number }): Promise<boolean> {
  const factor = await findSecondFactor(db, { userId });
  return factor !== null && factor.onAt !== null;
}
