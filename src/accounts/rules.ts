import { isCommonPassword, isPersonalPassword } from './rules/common-passwords.js';
import { DAY, HOUR, MINUTE, SECOND } from '../lib/time.js';

export const ROLES = ['admin', 'staff', 'customer'] as const;
export type Role = (typeof ROLES)[number];

/** Whether this role works at the desk: customers have no business there. */
export const isStaffRole = (role: Role): boolean => role !== 'customer';

/** One spelling an address: what people type with a capital letter is the same account. */
export const foldEmail = (email: string): string => email.normalize('NFC').trim().toLowerCase();

/**
 * Whether an account keeps its address against somebody who shows that the mailbox is theirs: it was shown to be its user's
 * before, or an operator wrote it down for staff.
 */
export const isKept = ({ role, emailVerifiedAt }: { role: Role; emailVerifiedAt: Date | null }): boolean =>
  emailVerifiedAt !== null || isStaffRole(role);

export const SHORTEST_PASSWORD = 8;
/** Longer than any passphrase; a bound so that nobody makes us hash a book. */
export const LONGEST_PASSWORD = 1_000;

export type PasswordProblem = 'too-short' | 'too-long' | 'common' | 'personal';

/**
 * Any characters count, blanks, Hangul and emoji too. Only the length matters, in characters as people count them, and that
 * nobody would try it among the first: the most used ones, and what everybody knows of its owner (`about`: address, names).
 */
export function passwordProblem(password: string, about: readonly string[] = []): PasswordProblem | null {
  const length = [...password.normalize('NFKC')].length;
  if (length < SHORTEST_PASSWORD) return 'too-short';
  if (length > LONGEST_PASSWORD) return 'too-long';
  if (isPersonalPassword(password, about)) return 'personal';
  return isCommonPassword(password) ? 'common' : null;
}

/**
 * Of the sentences that are agreed to when registering, with the terms and the privacy page they name. Whoever changes one
 * of these texts writes a new date: what somebody agreed to is kept with it.
 */
export const CONSENT_VERSION = '2026-11-26';
/** Younger people need their parents' word, which a shop cannot ask for: Korean PIPA, article 22-2. */
export const YOUNGEST = 14;
/** An account whose address nobody has shown to be theirs, and that nobody uses, is forgotten after this long. */
export const UNVERIFIED_KEPT_MS = 30 * DAY;

/** How long a sign-in lasts, in ms: in all, and without a click. */
interface Stay {
  inAll: number;
  idle: number;
}
/** Staff sign in anew after half a day, and after two hours without a click. */
const STAFF_STAY: Stay = { inAll: 12 * HOUR, idle: 2 * HOUR };
/** A browser of which nobody said that it is their own: until it is closed, and no longer than this. */
const SHORT_STAY: Stay = { inAll: 7 * DAY, idle: DAY };
/** "Stay signed in on this device". */
const LONG_STAY: Stay = { inAll: 180 * DAY, idle: 60 * DAY };

/** "Seen now" is written at most this often. */
export const SEEN_EVERY_MS = MINUTE;
/** Ended sign-ins are forgotten after this long. */
export const SIGN_INS_KEPT_MS = 90 * DAY;

/** Whoever works at the desk does not stay signed in, whatever was ticked. */
export function stayOf({ role, remembered }: { role: Role; remembered: boolean }): Stay {
  if (isStaffRole(role)) return STAFF_STAY;
  return remembered ? LONG_STAY : SHORT_STAY;
}

/**
 * Whether a sign-in still counts at `now`, for the role its user has now; a clock that stepped back a second ends nobody's
 * work.
 */
export function isAlive(
  signIn: {
    createdAt: Date;
    seenAt: Date;
    endedAt: Date | null;
    remembered: boolean;
    user: { role: Role; disabledAt: Date | null };
  },
  now: Date,
): boolean {
  const { role, disabledAt } = signIn.user;
  const { inAll, idle } = stayOf({ role, remembered: signIn.remembered });
  const age = now.getTime() - signIn.createdAt.getTime();
  const silent = now.getTime() - signIn.seenAt.getTime();
  return signIn.endedAt === null && disabledAt === null && age >= -SECOND && age < inAll && silent < idle;
}
