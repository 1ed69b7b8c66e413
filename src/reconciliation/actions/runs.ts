import type { PayDeps } from '../../checkout/index.js';
import { HOUR, addMs } from '../../lib/time.js';
import { change, inTransaction, row, type Db, type Tx } from '../../platform/db.js';
import { emit, enqueue } from '../../platform/jobs.js';
import { log } from '../../platform/log.js';
import { findRun, findUnfinishedRun, type Run } from '../queries.js';
import { addCounts, NO_COUNTS, periodOf, stepsOf, type Counts } from '../rules/runs.js';
import { compare } from './compare.js';

/** A run that has not moved for so long was left behind. */
const LEFT_BEHIND_MS = HOUR;
/** How often a comparison begins anew because a provider did not answer, and how long after. */
const ATTEMPTS = 6;
const AGAIN_AFTER_MS = HOUR;

export type BeginResult = { runId: number; repeated: boolean };

/** Begins a comparison, in the caller's transaction; where one is under way it is that one. */
export async function beginRun(
  tx: Tx,
  { actor, attempt = 1, now }: { actor: string; attempt?: number; now: Date },
): Promise<BeginResult> {
  const underWay = await findUnfinishedRun(tx);
  if (underWay && addMs(underWay.startedAt, LEFT_BEHIND_MS) > now)
    return { runId: underWay.id, repeated: true };
  if (underWay) await closeRun(tx, underWay, { counts: { ...underWay.counts, broken: true }, now });
  const { from, to } = periodOf(now);
  const begun = await row<{ id: number }>(
    tx,
    `insert into reconciliation_runs (from_at, to_at, actor, attempt, counts, started_at)
     values (:from, :to, :actor, :attempt, cast(:counts as jsonb), :now)
     on conflict ((true)) where finished_at is null do nothing returning id`,
    { from, to, actor, attempt, counts: JSON.stringify(NO_COUNTS), now },
  );
  if (!begun) {
    // Another one began at this moment.
    const other = await findUnfinishedRun(tx);
    if (other) return { runId: other.id, repeated: true };
    throw new Error('a comparison began and ended at once');
  }
  await enqueueStep(tx, { runId: begun.id, step: 0, cursor: 0 });
  return { runId: begun.id, repeated: false };
}

/** Each piece of a run is a job of its own. They need no queue: a piece that ran twice at once counts and moves once. */
async function enqueueStep(tx: Tx, at: { runId: number; step: number; cursor: number }): Promise<void> {
  const key = `reconciliation:${at.runId}:${at.step}:${at.cursor}`;
  await enqueue(tx, 'reconciliation.step', { runId: at.runId }, { key });
}

/** Does the next piece of a run and enqueues the one after it. Repeatable: a piece that is done is not counted again. */
export async function stepRun(
  deps: PayDeps,
  { runId, now }: { runId: number; now: () => Date },
): Promise<void> {
  const run = await findRun(deps.db, { runId });
  if (!run || run.finishedAt) return;
  const step = stepsOf(run)[run.step];
  if (!step) return await finishRun(deps.db, run, now());
  const { cursor, counts } = await compare(deps, { run, step, now: now() });
  const next = cursor === null ? { step: run.step + 1, cursor: 0 } : { step: run.step, cursor };
  await inTransaction(deps.db, async tx => {
    const moved = await change(
      tx,
      `update reconciliation_runs set step = :step, step_cursor = :cursor, counts = cast(:counts as jsonb)
        where id = :runId and step = :was and step_cursor = :wasCursor and finished_at is null`,
      {
        ...next,
        counts: JSON.stringify(addCounts(run.counts, counts)),
        runId,
        was: run.step,
        wasCursor: run.cursor,
      },
    );
    if (moved === 1) await enqueueStep(tx, { runId, ...next });
  });
}

/** Ends a run; staff get one notice when it, or one that broke off before it, has found something new. */
async function finishRun(db: Db, run: Run, now: Date): Promise<void> {
  await inTransaction(db, async tx => {
    if (!(await closeRun(tx, run, { counts: run.counts, now }))) return;
    const told = await change(
      tx,
      `update reconciliation_findings set told_at = :now where told_at is null and state = 'open'`,
      { now },
    );
    if (told > 0) await emit(tx, 'reconciliation.found', { runId: run.id });
    if (run.counts.failed.length > 0 && run.attempt < ATTEMPTS) {
      const again = { attempt: run.attempt + 1 };
      const runAt = addMs(now, AGAIN_AFTER_MS);
      await enqueue(tx, 'reconciliation.begin', again, { key: 'reconciliation:again', runAt });
    }
    log.info('reconciliation finished', { run: run.id, told, failed: run.counts.failed.length });
  });
}

async function closeRun(
  tx: Tx,
  { id }: Run,
  { counts, now }: { counts: Counts; now: Date },
): Promise<boolean> {
  const closed = await change(
    tx,
    `update reconciliation_runs set finished_at = :now, counts = cast(:counts as jsonb) where id = :id and finished_at is null`,
    { id, counts: JSON.stringify(counts), now },
  );
  await tx('reconciliation_seen').where({ run_id: id }).delete();
  return closed === 1;
}
