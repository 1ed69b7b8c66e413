import { change, inTransaction, row, type Db, type Tx } from '../../platform/db.js';
import { emit } from '../../platform/jobs.js';
import { log } from '../../platform/log.js';
import { DAY } from '../../lib/time.js';
import { plainCode, recoveryDigest, stepOf } from '../one-time-code.js';
import { findSecondFactor } from '../queries/second-factor.js';
import type { Seal } from '../seal.js';
import { noteAccountEvent } from './note.js';
import { endSignIns } from './sign-ins.js';

/** Keeps the secret of a second factor that is being set up, in place of an earlier one; false when one is on already. */
export async function beginSecondFactor(
  tx: Tx,
  { userId, sealed, now }: { userId: number; sealed: string; now: Date },
): Promise<boolean> {
  const begun = await change(
    tx,
    `insert into second_factors (user_id, secret, created_at) values (:userId, :sealed, :now)
     on conflict (user_id) do update set secret = excluded.secret, created_at = excluded.created_at
        where second_factors.on_at is null`,
    { userId, sealed, now },
  );
  return begun > 0;
}

/**
 * Switches the second factor on whose first code was right: the same secret that was being set up, and once (false when it is
 * on, or another was begun meanwhile). Whoever is signed in elsewhere came in without a code, and is signed out.
 */
export async function switchOnSecondFactor(
  tx: Tx,
  {
    userId,
    signInId,
    sealed,
    step,
    codes,
    now,
  }: {
    userId: number;
    signInId: number;
    sealed: string;
    step: number;
    codes: readonly string[];
    now: Date;
  },
): Promise<boolean> {
  const on = await change(
    tx,
    `update second_factors set on_at = :now, last_step = :step
      where user_id = :userId and secret = :sealed and on_at is null`,
    { userId, sealed, step, now },
  );
  if (on === 0) return false;
  await keepRecoveryCodes(tx, { userId, codes, now });
  await endSignIns(tx, { userId, except: signInId, now });
  await noteAccountEvent(tx, { userId, kind: 'second-factor-on', now });
  await emit(tx, 'user.second-factor-on', { userId });
  return true;
}

/** A new set of recovery codes; those of the set before work no more. False when no second factor is on. */
export async function renewRecoveryCodes(
  tx: Tx,
  { userId, codes, now }: { userId: number; codes: readonly string[]; now: Date },
): Promise<boolean> {
  // Locked, so that two sets asked for at once follow one another.
  const on = await tx('second_factors')
    .where({ user_id: userId })
    .whereNotNull('on_at')
    .forNoKeyUpdate()
    .select('user_id');
  if (on.length === 0) return false;
  await keepRecoveryCodes(tx, { userId, codes, now });
  await noteAccountEvent(tx, { userId, kind: 'recovery-codes-renewed', now });
  return true;
}

async function keepRecoveryCodes(
  tx: Tx,
  { userId, codes, now }: { userId: number; codes: readonly string[]; now: Date },
): Promise<void> {
  await tx('recovery_codes').where({ user_id: userId }).delete();
  await tx('recovery_codes').insert(
    codes.map(code => ({ user_id: userId, code_hash: recoveryDigest(userId, code), created_at: now })),
  );
}

/** Takes the second factor away, with its recovery codes; asked twice it is done once. */
export async function switchOffSecondFactor(
  tx: Tx,
  { userId, actor, now }: { userId: number; actor?: string; now: Date },
): Promise<void> {
  const off = await tx('second_factors')
    .where({ user_id: userId })
    .delete()
    .returning<{ on_at: Date | null }[]>('on_at');
  if (!off[0]?.on_at) return;
  await noteAccountEvent(tx, { userId, kind: 'second-factor-off', ...(actor ? { actor } : {}), now });
  await emit(tx, 'user.second-factor-off', { userId });
}

/**
 * Drops a second factor that may be a stranger's, whose account this was not: any, or one that was switched on in the day
 * before somebody asked for another address, or later. No letter follows: the way back has its own.
 */
export async function dropForeignFactor(
  tx: Tx,
  { userId, any, actor, now }: { userId: number; any: boolean; actor?: string; now: Date },
): Promise<void> {
  const dropped = await row<{ onAt: Date | null }>(
    tx,
    `delete from second_factors where user_id = :userId and (:any or on_at is null or on_at >=
        (select max(at) from account_events where user_id = :userId and kind = 'email-change-asked') - interval '1 day')
     returning on_at as "onAt"`,
    { userId, any },
  );
  if (dropped?.onAt)
    await noteAccountEvent(tx, { userId, kind: 'second-factor-off', ...(actor ? { actor } : {}), now });
}

/** A setup that nobody finished within a day is forgotten. */
const SETUP_KEPT_MS = DAY;

/** Housekeeping: forgets second factors that were begun and never switched on. */
export async function forgetSetups(db: Db, { now }: { now: Date }): Promise<void> {
  await db('second_factors')
    .whereNull('on_at')
    .where('created_at', '<', new Date(now.getTime() - SETUP_KEPT_MS))
    .delete();
}

/** What somebody types in place of the first way in: a code of the app, or one of the codes kept for the day it is lost. */
export interface TypedCode {
  code: string;
  recovery: string;
}

export type CodeResult = { ok: true; recovered: boolean } | { ok: false };

/**
 * Takes a code, once: a code of the app for its half minute, a recovery code for ever. Tries are counted by the caller. Of
 * two that send the same code at once, one gets in.
 */
export async function takeCode(
  db: Db,
  { userId, typed, seal, now }: { userId: number; typed: TypedCode; seal: Seal; now: Date },
): Promise<CodeResult> {
  if (plainCode(typed.recovery)) return await takeRecoveryCode(db, { userId, code: typed.recovery, now });
  const factor = await findSecondFactor(db, { userId });
  if (!factor?.onAt) return { ok: false };
  const opened = seal.open(factor.secret);
  if (!opened) {
    // The secret that sealed it has gone from SESSION_SECRET: recovery codes still work.
    log.error('second factor cannot be read', { user: userId });
    return { ok: false };
  }
  const step = stepOf(opened.text, plainCode(typed.code), now);
  if (step === null) return { ok: false };
  const secret = opened.isOld ? seal.close(opened.text) : factor.secret;
  const taken = await db('second_factors')
    .where({ user_id: userId, secret: factor.secret })
    .whereNotNull('on_at')
    .where('last_step', '<', step)
    .update({ last_step: step, secret });
  return taken > 0 ? { ok: true, recovered: false } : { ok: false };
}

async function takeRecoveryCode(
  db: Db,
  { userId, code, now }: { userId: number; code: string; now: Date },
): Promise<CodeResult> {
  return await inTransaction(db, async tx => {
    const used = await change(
      tx,
      `update recovery_codes set used_at = :now where user_id = :userId and code_hash = :hash and used_at is null
          and exists (select from second_factors f where f.user_id = :userId and f.on_at is not null)`,
      { userId, hash: recoveryDigest(userId, code), now },
    );
    if (used === 0) return { ok: false };
    await noteAccountEvent(tx, { userId, kind: 'recovery-code-used', now });
    await emit(tx, 'user.recovered', { userId });
    return { ok: true, recovered: true };
  });
}
