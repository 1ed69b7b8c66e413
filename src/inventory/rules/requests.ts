import { createHash } from 'node:crypto';
import { DAY, HOUR } from '../../lib/time.js';

/** What a link in a letter about a request is good for. */
export type RequestPurpose = 'confirm' | 'stop';

/** How long a link works, in milliseconds. Stopping works as long as a request can wait. */
export const LINK_LASTS: Readonly<Record<RequestPurpose, number>> = { confirm: 48 * HOUR, stop: 366 * DAY };

/** After how long a request and its address are deleted, in milliseconds. */
export const FORGET_AFTER = { unconfirmed: 7 * DAY, waiting: 365 * DAY, done: 30 * DAY } as const;

/** What is kept of a link. The purpose is part of it: a link for one thing is no link for the other. */
export const hashOf = (token: string, purpose: RequestPurpose): string =>
  createHash('sha256').update(`stock-request:${purpose}:${token}`).digest('hex');

/** asked → waiting (confirmed) → mailed, or ended before that. */
export type RequestState = 'asked' | 'waiting' | 'mailed' | 'ended';

export function requestState(request: {
  confirmedAt: Date | null;
  mailedAt: Date | null;
  endedAt: Date | null;
}): RequestState {
  if (request.mailedAt) return 'mailed';
  if (request.endedAt) return 'ended';
  return request.confirmedAt ? 'waiting' : 'asked';
}
