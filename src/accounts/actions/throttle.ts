import { createHash } from 'node:crypto';
import { TooManyRequests } from '../../lib/errors.js';
import { SECOND } from '../../lib/time.js';
import { change, inTransaction, row, type Db } from '../../platform/db.js';
import { log } from '../../platform/log.js';
import { fadedTries, forgottenAt, LIMITS, nextTry, type LimitName, type Tries } from '../rules/throttle.js';

/** Something whose tries are counted: by which limit, and whose (a folded address, a user, a network). */
export interface Counted {
  limit: LimitName;
  of: string | number;
}

const keyOf = ({ limit, of }: Counted): string =>
  createHash('sha256').update(`${limit}\0${of}`).digest('base64url');

/**
 * Counts one try at each, before what is tried is compared: many at once count as many, on every process. Those that stand
 * before one that refuses keep their count.
 * @throws TooManyRequests when one of them has to wait.
 */
export async function countTry(db: Db, counted: readonly Counted[], { now }: { now: Date }): Promise<void> {
  for (const each of counted) {
    const until = await countOne(db, each, now);
    if (!until) continue;
    log.warn('too many tries', { limit: each.limit });
    throw new TooManyRequests(Math.ceil((until.getTime() - now.getTime()) / SECOND));
  }
}

/** Counts a try at one thing, or says until when none is taken. */
async function countOne(db: Db, counted: Counted, now: Date): Promise<Date | null> {
  const limit = LIMITS[counted.limit];
  const key = keyOf(counted);
  return await inTransaction(db, async tx => {
    await change(
      tx,
      `insert into throttles (key, tries, counted_at, forgotten_at) values (:key, 0, :now, :now) on conflict do nothing`,
      { key, now },
    );
    const before = await row<Tries>(
      tx,
      `select tries, counted_at as "countedAt", closed_until as "closedUntil" from throttles where key = :key for no key update`,
      { key },
    );
    // Forgotten by housekeeping between the two statements: as good as never tried.
    const next = nextTry(before ?? { tries: 0, countedAt: now, closedUntil: null }, limit, now);
    if (!next.ok) return next.until;
    await tx('throttles')
      .where({ key })
      .update({
        tries: next.tries.tries,
        counted_at: next.tries.countedAt,
        closed_until: next.tries.closedUntil,
        forgotten_at: forgottenAt(next.tries, limit),
      });
    return null;
  });
}

/**
 * The try was right: what was counted at the thing itself is forgotten. A network's other tries stay; only this one is
 * taken back, or whoever has one account of their own could guess at all others for ever.
 */
export async function forgiveTry(db: Db, counted: readonly Counted[], { now }: { now: Date }): Promise<void> {
  for (const each of counted) {
    const key = keyOf(each);
    if (each.limit !== 'network') {
      await db('throttles').where({ key }).delete();
      continue;
    }
    await inTransaction(db, async tx => {
      const before = await row<Tries>(
        tx,
        `select tries, counted_at as "countedAt", closed_until as "closedUntil" from throttles where key = :key for no key update`,
        { key },
      );
      if (!before) return;
      const left = Math.max(0, fadedTries(before, LIMITS.network, now) - 1);
      await tx('throttles').where({ key }).update({ tries: left, counted_at: now, closed_until: null });
    });
  }
}

/** Housekeeping: forgets tries that have faded. */
export async function forgetTries(db: Db, { now }: { now: Date }): Promise<void> {
  await db('throttles').where('forgotten_at', '<', now).delete();
}
