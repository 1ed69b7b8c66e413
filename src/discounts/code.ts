import { randomInt } from 'node:crypto';
import { fold } from '../lib/text.js';

/** What a code may be made of once it is folded. */
const MAX_LENGTH = 64;

/** Letters and digits that survive being read aloud: 23 of them, 4.5 bits each. */
const READABLE = '34679ACDEFGHJKMNPQRTWXY';
const GROUPS = [5, 5, 5];

/**
 * One spelling of a code, however it is typed: width, case, apostrophes, blanks and hyphens do not matter. Null when
 * nothing is left or it is longer than any code.
 */
export function foldCode(typed: string): string | null {
  // Apostrophes before NFKC, which would make a blank and an accent of one of them; and after it, for the wide ones.
  const folded = fold(fold(typed.slice(0, 4 * MAX_LENGTH)).normalize('NFKC')).replace(
    /[\s\p{Pd}\p{Cf}\p{Cc}]/gu,
    '',
  );
  return folded === '' || folded.length > MAX_LENGTH ? null : folded;
}

/** A code that nobody guesses, such as `K7MTQ-4RDHJ-9AXWE`: 15 letters from the system's random source, 67 bits. */
export function newCode(): string {
  return GROUPS.map(length =>
    Array.from({ length }, () => READABLE[randomInt(READABLE.length)]).join(''),
  ).join('-');
}

/** The customer behind an e-mail address, for limits: one spelling of it. */
export const foldEmail = (email: string): string => email.normalize('NFC').trim().toLowerCase();
