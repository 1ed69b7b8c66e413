import { createHmac, randomBytes } from 'node:crypto';
import bcrypt from 'bcrypt';

/**
 * bcrypt reads 72 bytes and stops at a zero byte: the password is folded into 44 characters first, so that all of it
 * counts. The label makes the folded form useless elsewhere, and lists of plain SHA-256 sums useless here.
 */
const PURPOSE = 'trainium password 1';
const folded = (password: string): string =>
  createHmac('sha256', PURPOSE).update(password.normalize('NFKC')).digest('base64');

/** A hash for `users.password_hash`. `cost` is the power of two of bcrypt's rounds. */
export async function hashPassword(password: string, cost: number): Promise<string> {
  return await bcrypt.hash(folded(password), cost);
}

/** Hashes of nobody's password, one a cost, to compare with where there is no account. */
const nobodys = new Map<number, Promise<string>>();

/** Takes the same time with and without an account: `hash` null is compared with nobody's hash, and never matches. */
export async function matchesPassword(password: string, hash: string | null, cost: number): Promise<boolean> {
  let nobody = nobodys.get(cost);
  if (!nobody) nobodys.set(cost, (nobody = bcrypt.hash(randomBytes(24).toString('base64'), cost)));
  const matches = await bcrypt.compare(folded(password), hash ?? (await nobody));
  return matches && hash !== null;
}

/** Readable letters without those that look alike; 20 of them are 90 bits. */
const LETTERS = '34679acdefghjkmnpqrtwxy';

/** `count` of them, each as likely as the others. */
export function randomLetters(count: number): string {
  // 230 is the greatest multiple of 23 below 256: bytes above it would favour the first letters.
  let letters = '';
  while (letters.length < count) {
    for (const byte of randomBytes(32)) if (byte < 230) letters += LETTERS[byte % LETTERS.length]!;
  }
  return letters.slice(0, count);
}

/** A password to begin with, shown once: `xkcd-…` in four groups that can be read aloud. */
export function newPassword(): string {
  const letters = randomLetters(20);
  return [0, 5, 10, 15].map(at => letters.slice(at, at + 5)).join('-');
}
