import { row, type Db } from '../platform/db.js';
import type { Role } from './rules.js';

export interface User {
  id: number;
  email: string;
  name: string;
  role: Role;
  disabledAt: Date | null;
}

/** A user with what signing in needs. Never leaves this room. */
export interface UserWithPassword extends User {
  passwordHash: string | null;
}

const COLUMNS = `id, email, name, role, disabled_at as "disabledAt"`;

/** By a folded address. */
export async function findUserByEmail(
  db: Db,
  { email }: { email: string },
): Promise<UserWithPassword | null> {
  return await row<UserWithPassword>(
    db,
    `select ${COLUMNS}, password_hash as "passwordHash" from users where email = :email`,
    { email },
  );
}

export async function findUserWithPassword(
  db: Db,
  { userId }: { userId: number },
): Promise<UserWithPassword | null> {
  return await row<UserWithPassword>(
    db,
    `select ${COLUMNS}, password_hash as "passwordHash" from users where id = :userId`,
    { userId },
  );
}

export interface SignIn {
  id: number;
  createdAt: Date;
  seenAt: Date;
  endedAt: Date | null;
  user: User;
}

/** A sign-in with its user as both are now, in one statement; null when there is none. */
export async function findSignIn(db: Db, { signInId }: { signInId: number }): Promise<SignIn | null> {
  const found = await row<Omit<SignIn, 'user'> & Omit<User, 'id'> & { userId: number }>(
    db,
    `select s.id, s.created_at as "createdAt", s.seen_at as "seenAt", s.ended_at as "endedAt",
            u.id as "userId", u.email, u.name, u.role, u.disabled_at as "disabledAt"
       from sign_ins s join users u on u.id = s.user_id where s.id = :signInId`,
    { signInId },
  );
  if (!found) return null;
  const { id, createdAt, seenAt, endedAt, userId, email, name, role, disabledAt } = found;
  return { id, createdAt, seenAt, endedAt, user: { id: userId, email, name, role, disabledAt } };
}

/** Names of staff by id, for histories that keep `staff:<id>`. */
export async function listStaffNames(db: Db): Promise<Map<number, string>> {
  const found = await db('users')
    .whereNot({ role: 'customer' })
    .select<{ id: number; name: string }[]>('id', 'name');
  return new Map(found.map(({ id, name }) => [id, name]));
}
