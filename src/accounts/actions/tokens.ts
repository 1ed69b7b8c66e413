import { createHash, randomBytes } from 'node:crypto';
import { change, row, type Db, type Tx } from '../../platform/db.js';
import { DAY, HOUR } from '../../lib/time.js';

/** What a link from a letter is for, and how long it works, in ms. */
const LIVES = {
  'verify-email': 3 * DAY,
  'reset-password': HOUR,
  'change-email': DAY,
  /** "It was not me": the old address says that it stays the address, for as long as it may take to read a letter. */
  'keep-email': 14 * DAY,
  'link-identity': HOUR,
  invite: 3 * DAY,
  export: 7 * DAY,
} as const;
export type TokenPurpose = keyof typeof LIVES;

/** For whom a link works and what it does beyond that. */
export interface UserToken {
  userId: number;
  data: Record<string, unknown>;
}

/** The purpose is a part of what is digested: a link from one letter opens nothing that another letter is for. */
const digest = (purpose: TokenPurpose, token: string): string =>
  createHash('sha256').update(`user-token:${purpose}:${token}`).digest('hex');

/**
 * Makes a link's token (192 random bits); only its digest is kept. Others for the same purpose go on working until one
 * of them is used: a letter may be sent twice.
 */
export async function openUserToken(
  db: Db,
  {
    userId,
    purpose,
    data = {},
    now,
  }: { userId: number; purpose: TokenPurpose; data?: Readonly<Record<string, unknown>>; now: Date },
): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  await db('user_tokens').insert({
    user_id: userId,
    purpose,
    token_hash: digest(purpose, token),
    data: JSON.stringify(data),
    created_at: now,
    expires_at: new Date(now.getTime() + LIVES[purpose]),
  });
  return token;
}

type Presented = { token: string; purpose: TokenPurpose; now: Date };

const ALIVE = `t.token_hash = :hash and t.purpose = :purpose and t.used_at is null and t.expires_at > :now
  and exists (select from users u where u.id = t.user_id and u.disabled_at is null)`;

/** The link, while it works: not used, not expired, its user not disabled. */
export async function findUserToken(db: Db, { token, purpose, now }: Presented): Promise<UserToken | null> {
  return await row<UserToken>(db, `select t.user_id as "userId", t.data from user_tokens t where ${ALIVE}`, {
    hash: digest(purpose, token),
    purpose,
    now,
  });
}

/**
 * Uses the link up, and with it all others that its user has for the same purpose. Null when it does not work: of two who
 * use it at once, one gets null, whoever rolls back leaves it as it was. Locks the user: whatever links do to one account,
 * they do one after the other.
 */
export async function useUserToken(tx: Tx, { token, purpose, now }: Presented): Promise<UserToken | null> {
  const hash = digest(purpose, token);
  await row(
    tx,
    `select u.id from users u
      where u.id = (select user_id from user_tokens where token_hash = :hash) for no key update`,
    { hash },
  );
  const used = await row<UserToken>(
    tx,
    `update user_tokens t set used_at = :now where ${ALIVE} returning t.user_id as "userId", t.data`,
    { hash, purpose, now },
  );
  if (used) await endUserTokens(tx, { userId: used.userId, purpose, now });
  return used;
}

/** No link that the user has for this purpose works any more. */
export async function endUserTokens(
  tx: Tx,
  { userId, purpose, now }: { userId: number; purpose: TokenPurpose; now: Date },
): Promise<void> {
  await change(
    tx,
    `update user_tokens set used_at = :now where user_id = :userId and purpose = :purpose and used_at is null`,
    { userId, purpose, now },
  );
}

/** Housekeeping: forgets links that do not work any more. */
export async function forgetUserTokens(db: Db, { now }: { now: Date }): Promise<void> {
  await db('user_tokens').where('expires_at', '<', now).delete();
}
