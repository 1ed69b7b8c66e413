import { rows, type Db } from '../../platform/db.js';
import type { Via } from '../actions/sign-ins.js';
import { isAlive, type Role } from '../rules.js';

/** One browser somebody is signed in with. */
export interface OpenSignIn {
  id: number;
  via: Via;
  createdAt: Date;
  seenAt: Date;
  remembered: boolean;
  userAgent: string;
  /** ISO 3166-1 alpha-2, or ''. */
  country: string;
}

/** Where a user is signed in at `now`, the one last used first. Sign-ins that have run out by themselves are left out. */
export async function listOpenSignIns(
  db: Db,
  { userId, now }: { userId: number; now: Date },
): Promise<OpenSignIn[]> {
  const found = await rows<OpenSignIn & { role: Role; disabledAt: Date | null }>(
    db,
    `select s.id, s.via, s.created_at as "createdAt", s.seen_at as "seenAt", s.remembered,
            s.user_agent as "userAgent", s.country, u.role, u.disabled_at as "disabledAt"
       from sign_ins s join users u on u.id = s.user_id
      where s.user_id = :userId and s.ended_at is null
      order by s.seen_at desc, s.id desc limit 100`,
    { userId },
  );
  return found.filter(({ role, disabledAt, ...signIn }) =>
    isAlive({ ...signIn, endedAt: null, user: { role, disabledAt } }, now),
  );
}
