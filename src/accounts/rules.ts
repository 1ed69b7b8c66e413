import { DAY, HOUR, MINUTE, SECOND } from '../lib/time.js';

export const ROLES = ['admin', 'staff', 'customer'] as const;
export type Role = (typeof ROLES)[number];

/** Whether this role works here: customers have no business at the desk. */
export const isStaffRole = (role: Role): boolean => role !== 'customer';

/** One spelling an address: what people type with a capital letter is the same account. */
export const foldEmail = (email: string): string => email.normalize('NFC').trim().toLowerCase();

export const SHORTEST_PASSWORD = 8;
/** Longer than any passphrase; a bound so that nobody makes us hash a book. */
export const LONGEST_PASSWORD = 1_000;

export type PasswordProblem = 'too-short' | 'too-long';

/** Any characters count, blanks, Hangul and emoji too: no rule but the length, in characters as people count them. */
export function passwordProblem(password: string): PasswordProblem | null {
  const length = [...password.normalize('NFKC')].length;
  if (length < SHORTEST_PASSWORD) return 'too-short';
  return length > LONGEST_PASSWORD ? 'too-long' : null;
}

/** Staff sign in anew after half a day, and after two hours without a click. */
export const STAFF_STAY_MS = 12 * HOUR;
export const STAFF_IDLE_MS = 2 * HOUR;
/** "Seen now" is written at most this often. */
export const SEEN_EVERY_MS = MINUTE;
/** Ended sign-ins are forgotten after this long. */
export const SIGN_INS_KEPT_MS = 90 * DAY;

/** Whether a sign-in still counts at `now`; a clock that stepped back a second ends nobody's work. */
export function isAlive(signIn: { createdAt: Date; seenAt: Date; endedAt: Date | null }, now: Date): boolean {
  const age = now.getTime() - signIn.createdAt.getTime();
  const idle = now.getTime() - signIn.seenAt.getTime();
  return signIn.endedAt === null && age >= -SECOND && age < STAFF_STAY_MS && idle < STAFF_IDLE_MS;
}
