import type { PayDeps } from '../checkout/index.js';
import { inTransaction } from '../platform/db.js';
import { performRepair } from './actions/repair.js';
import { beginRun, stepRun } from './actions/runs.js';

/** Tasks of the queue: beginning a comparison (also by the clock), its pieces, and repairs. */
export function reconciliationTasks(
  deps: PayDeps & { now: () => Date },
): Record<string, (payload: unknown) => Promise<void>> {
  const { db, now } = deps;
  return {
    'reconciliation.begin': async payload => {
      const { attempt = 1 } = (payload ?? {}) as { attempt?: number };
      await inTransaction(db, tx => beginRun(tx, { actor: 'sweep', attempt, now: now() }));
    },
    'reconciliation.step': async payload => {
      const { runId } = payload as { runId: number };
      await stepRun(deps, { runId, now });
    },
    'reconciliation.repair': async payload => {
      const { findingId } = payload as { findingId: number };
      await performRepair(deps, { findingId, now: now() });
    },
  };
}

/** Daily at 02:40 UTC: the providers' day is over by then, and late deposits of Korea's night are in. */
export const RECONCILIATION_CRON = { task: 'reconciliation.begin', match: '40 2 * * *' } as const;
