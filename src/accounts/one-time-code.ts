import { createHash } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { randomLetters } from './password.js';

/** What every authenticator app can do: six digits of SHA-1, a new code each half minute. */
const PERIOD_S = 30;
const DIGITS = 6;
/** Clocks of phones go wrong: the code before and the code after count as well. */
const WINDOW = 1;

/** 160 random bits, in base 32 as apps take them. */
export const newSecret = (): string => new Secret({ size: 20 }).base32;

const generator = (secret: string, shown: { shop: string; email: string } = { shop: '', email: '' }): TOTP =>
  new TOTP({
    issuer: shown.shop,
    label: shown.email,
    algorithm: 'SHA1',
    digits: DIGITS,
    period: PERIOD_S,
    secret: Secret.fromBase32(secret),
  });

/** The address that an app reads from the picture: the secret, and what to call it. */
export const setupUri = (secret: string, shown: { shop: string; email: string }): string =>
  generator(secret, shown).toString();

/** The half minute that a code belongs to, when it is right at `now`; null otherwise. */
export function stepOf(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = generator(secret).validate({ token: code, timestamp, window: WINDOW });
  return delta === null ? null : Math.floor(timestamp / 1_000 / PERIOD_S) + delta;
}

/** Codes for the day the app is lost: four groups of four letters are 72 bits, too many to guess even from a digest. */
const RECOVERY_CODES = 10;
const GROUPS = [0, 4, 8, 12];

export const newRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODES }, () => {
    const letters = randomLetters(16);
    return GROUPS.map(at => letters.slice(at, at + 4)).join('-');
  });

/** What is kept of a recovery code. It is of the user as well: one person's code is nothing to another's account. */
export const recoveryDigest = (userId: number, code: string): string =>
  createHash('sha256')
    .update(`recovery-code:${userId}:${plainCode(code)}`)
    .digest('hex');

/** A code without what people type around its letters and digits. */
export const plainCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
