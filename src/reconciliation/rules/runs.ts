import { PROVIDERS, type Provider } from '../../payments/index.js';
import { addMs, DAY, MINUTE } from '../../lib/time.js';

/** Yesterday, and days before it that earlier runs have seen: what was late then is seen now. */
const DAYS_BACK = 3;
/** What is younger may still be under way between the provider and us. */
const SETTLING_MS = MINUTE;

/** What a run compares: from the start of a day in UTC, some days back, until a minute ago. */
export function periodOf(now: Date): { from: Date; to: Date } {
  const to = addMs(now, -SETTLING_MS);
  const today = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
  return { from: addMs(today, -(DAYS_BACK + 1) * DAY), to };
}

export type Step =
  | { what: 'list'; provider: Provider; from: Date; to: Date }
  | { what: 'payments' | 'refunds'; provider: Provider }
  | { what: 'open' };

/**
 * A run in pieces that take seconds each: each provider's list day by day, our own rows that it did not show, and at last
 * the findings that are still open.
 */
export function stepsOf({ from, to }: { from: Date; to: Date }): Step[] {
  const steps: Step[] = [];
  for (const provider of PROVIDERS) {
    for (let day = from; day < to; day = addMs(day, DAY))
      steps.push({
        what: 'list',
        provider,
        from: day,
        to: new Date(Math.min(addMs(day, DAY).getTime(), to.getTime())),
      });
    steps.push({ what: 'payments', provider }, { what: 'refunds', provider });
  }
  return [...steps, { what: 'open' }];
}

/** What a run has counted so far. */
export interface Counts {
  /** Charges and refunds in the providers' lists. */
  payments: number;
  refunds: number;
  /** Rows of ours and charges of theirs that had to be asked about one by one, and those without an answer. */
  asked: number;
  unanswered: number;
  /** Providers whose list could not be read to its end: nothing is concluded from what was not in it. */
  failed: Provider[];
  /** Another run took over. */
  broken?: true;
}

export const NO_COUNTS: Counts = { payments: 0, refunds: 0, asked: 0, unanswered: 0, failed: [] };

export function addCounts(one: Counts, other: Partial<Counts>): Counts {
  return {
    ...one,
    payments: one.payments + (other.payments ?? 0),
    refunds: one.refunds + (other.refunds ?? 0),
    asked: one.asked + (other.asked ?? 0),
    unanswered: one.unanswered + (other.unanswered ?? 0),
    failed: [...new Set([...one.failed, ...(other.failed ?? [])])],
  };
}
