import { addMs, MINUTE, SECOND } from '../../lib/time.js';

/** How many tries cost nothing, and how long it takes until one of them is forgotten. */
export interface Limit {
  free: number;
  fadeMs: number;
}

/**
 * What is counted, each by itself: passwords at one account; at one account from a browser that has been in it before; from
 * one network; passwords and codes that show again who one is; codes of the second factor; letters that somebody asks for.
 */
export const LIMITS = {
  account: { free: 5, fadeMs: 15 * MINUTE },
  browser: { free: 5, fadeMs: 15 * MINUTE },
  network: { free: 30, fadeMs: 30 * SECOND },
  confirmation: { free: 5, fadeMs: 15 * MINUTE },
  code: { free: 5, fadeMs: 15 * MINUTE },
  letters: { free: 3, fadeMs: 15 * MINUTE },
  'letters-network': { free: 15, fadeMs: 2 * MINUTE },
} as const satisfies Record<string, Limit>;
export type LimitName = keyof typeof LIMITS;

const FIRST_WAIT_MS = 30 * SECOND;
const LONGEST_WAIT_MS = 15 * MINUTE;
/** Half a minute, 1, 2, 4, 8, and then a quarter of an hour each: more tries than that are not worth counting. */
const WAITS = 6;

/** Tries at one thing, as they were last counted. */
export interface Tries {
  tries: number;
  countedAt: Date;
  closedUntil: Date | null;
}

/** What the tries are worth at `now`: each stretch of quiet takes one away. */
export function fadedTries({ tries, countedAt }: Tries, { fadeMs }: Limit, now: Date): number {
  const quiet = Math.max(0, now.getTime() - countedAt.getTime());
  return Math.max(0, tries - Math.floor(quiet / fadeMs));
}

/** How long the next try has to wait after so many. */
export function waitAfter(tries: number, { free }: Limit): number {
  if (tries < free) return 0;
  return Math.min(FIRST_WAIT_MS * 2 ** (tries - free), LONGEST_WAIT_MS);
}

/** One more try at `now`: taken and counted, or refused until a moment. What is refused is not counted: waiting ends. */
export function nextTry(
  before: Tries,
  limit: Limit,
  now: Date,
): { ok: true; tries: Tries } | { ok: false; until: Date } {
  if (before.closedUntil && before.closedUntil > now) return { ok: false, until: before.closedUntil };
  const tries = Math.min(fadedTries(before, limit, now) + 1, limit.free + WAITS - 1);
  const wait = waitAfter(tries, limit);
  return { ok: true, tries: { tries, countedAt: now, closedUntil: wait > 0 ? addMs(now, wait) : null } };
}

/** When the last of the tries has faded. */
export const forgottenAt = ({ tries, countedAt }: Tries, { fadeMs }: Limit): Date =>
  addMs(countedAt, Math.max(tries * fadeMs, LONGEST_WAIT_MS));
