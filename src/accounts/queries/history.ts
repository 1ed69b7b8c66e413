import { rows, type Db } from '../../platform/db.js';
import type { AccountEvent } from '../actions/note.js';

export interface AccountMoment {
  at: Date;
  kind: AccountEvent;
  /** `user`, `staff:7` or `operator`. */
  actor: string;
}

/** What happened to an account of late, of these kinds or of all, the newest first. */
export async function listAccountMoments(
  db: Db,
  { userId, kinds = null, limit }: { userId: number; kinds?: readonly AccountEvent[] | null; limit: number },
): Promise<AccountMoment[]> {
  return await rows<AccountMoment>(
    db,
    `select at, kind, actor from account_events where user_id = :userId and (:kinds::text[] is null or kind = any(:kinds))
      order by id desc limit :limit`,
    { userId, kinds, limit },
  );
}
