import type { Currency } from '../lib/money.js';
import type { Locale } from '../lib/locale.js';
import { row, type Db } from '../platform/db.js';
import { foldEmail, type Role } from './rules.js';

export interface User {
  id: number;
  email: string;
  /** When the address was shown to be theirs; null before that. */
  emailVerifiedAt: Date | null;
  name: string;
  role: Role;
  locale: Locale;
  currency: Currency | null;
  disabledAt: Date | null;
}

/** A user with what signing in needs. Never leaves this room. */
export interface UserWithPassword extends User {
  passwordHash: string | null;
}

const COLUMNS = `u.id, u.email, u.email_verified_at as "emailVerifiedAt", u.name, u.role, u.locale, u.currency,
  u.disabled_at as "disabledAt"`;

/** By a folded address. */
export async function findUserByEmail(
  db: Db,
  { email }: { email: string },
): Promise<UserWithPassword | null> {
  return await row<UserWithPassword>(
    db,
    `select ${COLUMNS}, u.password_hash as "passwordHash" from users u where u.email = :email`,
    { email },
  );
}

/** By any spelling of an address, as others may know it. */
export async function findUserByAddress(db: Db, { email }: { email: string }): Promise<User | null> {
  return await row<User>(db, `select ${COLUMNS} from users u where u.email = :email`, {
    email: foldEmail(email),
  });
}

export async function findUserWithPassword(
  db: Db,
  { userId }: { userId: number },
): Promise<UserWithPassword | null> {
  return await row<UserWithPassword>(
    db,
    `select ${COLUMNS}, u.password_hash as "passwordHash" from users u where u.id = :userId`,
    { userId },
  );
}

export async function findUser(db: Db, { userId }: { userId: number }): Promise<User | null> {
  return await row<User>(db, `select ${COLUMNS} from users u where u.id = :userId`, { userId });
}

export interface SignIn {
  id: number;
  createdAt: Date;
  seenAt: Date;
  endedAt: Date | null;
  /** When it was last shown that the person at this browser is the user. */
  confirmedAt: Date;
  /** Chosen by the user: lasts beyond the browser's closing. */
  remembered: boolean;
  /** Whether the user's account takes a code as well. */
  hasSecondFactor: boolean;
  user: User;
}

/** A sign-in with its user as both are now, in one statement; null when there is none. */
export async function findSignIn(db: Db, { signInId }: { signInId: number }): Promise<SignIn | null> {
  const found = await row<Omit<SignIn, 'user' | 'id'> & User & { signInId: number }>(
    db,
    `select s.id as "signInId", s.created_at as "createdAt", s.seen_at as "seenAt", s.ended_at as "endedAt",
            s.confirmed_at as "confirmedAt", s.remembered,
            exists (select from second_factors f where f.user_id = u.id and f.on_at is not null) as "hasSecondFactor", ${COLUMNS}
       from sign_ins s join users u on u.id = s.user_id where s.id = :signInId`,
    { signInId },
  );
  if (!found) return null;
  const {
    signInId: id,
    createdAt,
    seenAt,
    endedAt,
    confirmedAt,
    remembered,
    hasSecondFactor,
    ...user
  } = found;
  return { id, createdAt, seenAt, endedAt, confirmedAt, remembered, hasSecondFactor, user };
}

/** Names of staff by id, for histories that keep `staff:<id>`. */
export async function listStaffNames(db: Db): Promise<Map<number, string>> {
  const found = await db('users')
    .whereNot({ role: 'customer' })
    .select<{ id: number; name: string }[]>('id', 'name');
  return new Map(found.map(({ id, name }) => [id, name]));
}

/** What an entry of a user's history says besides its kind; null when it is not theirs, or gone. */
export async function findAccountEvent(
  db: Db,
  { userId, accountEventId }: { userId: number; accountEventId: number },
): Promise<Record<string, unknown> | null> {
  const found = await row<{ data: Record<string, unknown> }>(
    db,
    `select data from account_events where id = :accountEventId and user_id = :userId`,
    { userId, accountEventId },
  );
  return found?.data ?? null;
}
