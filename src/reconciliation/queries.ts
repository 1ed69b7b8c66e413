import { row, rows, type Db, type Tx } from '../platform/db.js';
import type { Provider } from '../payments/index.js';
import type { FindingState, Kind, Repair, Side } from './rules.js';
import type { Counts } from './rules/runs.js';

export interface Run {
  id: number;
  from: Date;
  to: Date;
  /** `sweep` (the clock) or `staff:7`. */
  actor: string;
  /** How often this comparison has been begun after a provider did not answer. */
  attempt: number;
  step: number;
  cursor: number;
  counts: Counts;
  startedAt: Date;
  finishedAt: Date | null;
}

const RUN = `id, from_at as "from", to_at as "to", actor, attempt, step, step_cursor as "cursor", counts,
  started_at as "startedAt", finished_at as "finishedAt"`;

export async function findRun(db: Db, { runId }: { runId: number }): Promise<Run | null> {
  return await row<Run>(db, `select ${RUN} from reconciliation_runs where id = :runId`, { runId });
}

export async function findUnfinishedRun(db: Db): Promise<Run | null> {
  return await row<Run>(db, `select ${RUN} from reconciliation_runs where finished_at is null`);
}

/** The last runs with what they found, newest first. */
export async function listRuns(db: Db, { limit }: { limit: number }): Promise<(Run & { found: number })[]> {
  return await rows<Run & { found: number }>(
    db,
    `select ${RUN}, (select count(*)::int from reconciliation_findings f where f.run_id = r.id) as found
       from reconciliation_runs r order by id desc limit :limit`,
    { limit },
  );
}

/** One difference, from the moment it was found. */
export interface Finding {
  id: number;
  kind: Kind;
  provider: Provider;
  providerId: string;
  paymentId: number | null;
  orderId: number | null;
  orderNumber: string | null;
  refundId: number | null;
  ours: Side | null;
  theirs: Side | null;
  state: FindingState;
  foundAt: Date;
  checkedAt: Date;
  repair: Repair | null;
  repairAskedAt: Date | null;
  repairAskedBy: string | null;
  outcome: string | null;
  repairedAt: Date | null;
  repairedBy: string | null;
  note: string | null;
}

const FINDING = `f.id, f.kind, f.provider, f.provider_id as "providerId", f.payment_id as "paymentId",
  f.order_id as "orderId", o.number as "orderNumber", f.refund_id as "refundId", f.ours, f.theirs, f.state,
  f.found_at as "foundAt", f.checked_at as "checkedAt", f.repair, f.repair_asked_at as "repairAskedAt",
  f.repair_asked_by as "repairAskedBy", f.outcome, f.repaired_at as "repairedAt", f.repaired_by as "repairedBy", f.note`;
const FINDINGS = `from reconciliation_findings f left join orders o on o.id = f.order_id`;

export async function findFinding(db: Db, { findingId }: { findingId: number }): Promise<Finding | null> {
  return await row<Finding>(db, `select ${FINDING} ${FINDINGS} where f.id = :findingId`, { findingId });
}

/** After the locks of cart, order and payment, before nothing: findings are the last to be locked. */
export async function lockFinding(tx: Tx, { findingId }: { findingId: number }): Promise<Finding | null> {
  return await row<Finding>(
    tx,
    `select ${FINDING} ${FINDINGS} where f.id = :findingId for no key update of f`,
    {
      findingId,
    },
  );
}

/** One page of findings, newest first, and the id after which the next one begins; null on the last page. */
export async function listFindings(
  db: Db,
  wanted: {
    state: FindingState | 'all';
    kind: Kind | null;
    provider: Provider | null;
    before: number | null;
    limit: number;
  },
): Promise<{ findings: Finding[]; next: number | null }> {
  const { limit } = wanted;
  const found = await rows<Finding>(
    db,
    `select ${FINDING} ${FINDINGS}
      where (:state = 'all' or f.state = :state) and (cast(:kind as text) is null or f.kind = :kind)
        and (cast(:provider as text) is null or f.provider = :provider)
        and (cast(:before as bigint) is null or f.id < :before)
      order by f.id desc limit :limit`,
    { ...wanted, limit: limit + 1 },
  );
  const findings = found.slice(0, limit);
  return { findings, next: found.length > limit ? (findings.at(-1)?.id ?? null) : null };
}

export async function countFindings(
  db: Db,
  wanted: { kind: Kind | null; provider: Provider | null },
): Promise<Record<FindingState, number>> {
  const found = await rows<{ state: FindingState; count: number }>(
    db,
    `select state, count(*)::int as count from reconciliation_findings
      where (cast(:kind as text) is null or kind = :kind) and (cast(:provider as text) is null or provider = :provider)
      group by state`,
    wanted,
  );
  const counts = { open: 0, repaired: 0, dismissed: 0, gone: 0 };
  for (const { state, count } of found) counts[state] = count;
  return counts;
}

export async function countOpenFindings(db: Db): Promise<number> {
  return (await countFindings(db, { kind: null, provider: null })).open;
}

/** Open findings that a run has not come across. */
export async function listStaleFindings(
  db: Db,
  { before, after, limit }: { before: Date; after: number; limit: number },
): Promise<Finding[]> {
  return await rows<Finding>(
    db,
    `select ${FINDING} ${FINDINGS} where f.state = 'open' and f.checked_at < :before and f.id > :after order by f.id limit :limit`,
    { before, after, limit },
  );
}

export interface FindingEvent {
  what: 'found' | 'asked' | 'tried' | 'repaired' | 'dismissed' | 'gone';
  actor: string;
  data: { repair?: Repair; outcome?: string; note?: string } | null;
  at: Date;
}

export async function listFindingEvents(
  db: Db,
  { findingId }: { findingId: number },
): Promise<FindingEvent[]> {
  return await rows<FindingEvent>(
    db,
    `select what, actor, data, created_at as at from reconciliation_events where finding_id = :findingId order by id`,
    { findingId },
  );
}
