import type { Tx } from '../../platform/db.js';
import { MINUTE, addMs } from '../../lib/time.js';
import { enqueue } from '../../platform/jobs.js';
import { queueOfPayment } from '../../payments/index.js';
import { lockFinding, type Finding } from '../queries.js';
import { repairsFor, type Repair } from '../rules.js';
import { recordEvent } from './note.js';

export type AskResult =
  /** `repeated`: it was asked for before and is under way. */
  | { ok: true; repeated: boolean; finding: Finding }
  /** `over`: closed meanwhile. `under-way`: another repair is. `unfit`: not what mends this. */
  | { ok: false; reason: 'gone' | 'over' | 'under-way' | 'unfit' };

/** A repair that has not been answered after this long may be asked for anew. */
const LOST_AFTER_MS = 10 * MINUTE;

/**
 * Writes down that `actor` wants a finding repaired and enqueues the job that does it, in the caller's transaction. The
 * job takes turns with all jobs about the payment's money, so that no repair works on an answer that is too old. Locks
 * the finding.
 */
export async function askRepair(
  tx: Tx,
  { findingId, repair, actor, now }: { findingId: number; repair: Repair; actor: string; now: Date },
): Promise<AskResult> {
  const finding = await lockFinding(tx, { findingId });
  if (!finding) return { ok: false, reason: 'gone' };
  if (finding.state !== 'open') return { ok: false, reason: 'over' };
  const lost = finding.repairAskedAt !== null && addMs(finding.repairAskedAt, LOST_AFTER_MS) < now;
  if (finding.repair !== null && !lost)
    return finding.repair === repair
      ? { ok: true, repeated: true, finding }
      : { ok: false, reason: 'under-way' };
  if (!repairsFor(finding).includes(repair)) return { ok: false, reason: 'unfit' };
  await tx('reconciliation_findings')
    .where({ id: findingId })
    .update({ repair, repair_asked_at: now, repair_asked_by: actor });
  await recordEvent(tx, { findingId, what: 'asked', actor, data: { repair }, now });
  const { paymentId } = finding;
  const queue = paymentId === null ? `finding:${findingId}` : queueOfPayment(paymentId);
  await enqueue(
    tx,
    'reconciliation.repair',
    { findingId },
    { key: `reconciliation:repair:${findingId}`, queue },
  );
  return { ok: true, repeated: false, finding };
}

export type DismissResult =
  { ok: true; repeated: boolean } | { ok: false; reason: 'gone' | 'over' | 'under-way' };

/** The longest note that can be kept with a finding. */
export const FINDING_NOTE_LENGTH = 500;

/**
 * `actor` has seen a finding and says why nothing is to be done: it is not opened again while both sides say the same.
 * Locks the finding.
 */
export async function dismissFinding(
  tx: Tx,
  { findingId, note, actor, now }: { findingId: number; note: string; actor: string; now: Date },
): Promise<DismissResult> {
  const finding = await lockFinding(tx, { findingId });
  if (!finding) return { ok: false, reason: 'gone' };
  if (finding.state === 'dismissed' && finding.note === note) return { ok: true, repeated: true };
  if (finding.state !== 'open') return { ok: false, reason: 'over' };
  if (finding.repair !== null) return { ok: false, reason: 'under-way' };
  await tx('reconciliation_findings').where({ id: findingId }).update({ state: 'dismissed', note });
  await recordEvent(tx, { findingId, what: 'dismissed', actor, data: { note }, now });
  return { ok: true, repeated: false };
}
