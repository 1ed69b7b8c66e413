import type { Locale } from '../../lib/locale.js';
import { formatMoment } from '../../lib/time.js';
import type { AccountEvent } from '../actions/note.js';
import type { AccountMoment } from '../queries/history.js';

/** What the owner of an account is told of its history: whatever says who can get in. Sentences: `accounts.history.<kind>`. */
export const TOLD_EVENTS = [
  'registered',
  'email-verified',
  'password-changed',
  'password-reset',
  'email-change-asked',
  'email-changed',
  'email-kept',
  'sign-in-ended',
  'other-sign-ins-ended',
  'identity-added',
  'identity-removed',
  'second-factor-on',
  'second-factor-off',
  'recovery-code-used',
  'recovery-codes-renewed',
] as const satisfies readonly AccountEvent[];

/** How much of it one page shows. */
export const TOLD_AT_ONCE = 10;

export interface MomentView {
  at: string;
  kind: string;
  /** Done by somebody of the store. */
  byStaff: boolean;
}

export const momentViews = (moments: readonly AccountMoment[], locale: Locale): MomentView[] =>
  moments.map(({ at, kind, actor }) => ({
    at: formatMoment(at, locale),
    kind,
    byStaff: actor !== 'user',
  }));
