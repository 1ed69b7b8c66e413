import { createHash, randomBytes, randomInt } from 'node:crypto';

/** Digits and letters that survive being read aloud or written by hand: no 0/O, 1/I/L, 5/S, 2/Z, 8/B, U/V. */
const READABLE = '34679ACDEFGHJKMNPQRTWXY';

/** An order number such as `K7MT-Q4RD`: 23^8 ≈ 7.8 × 10^10 values, drawn from the system's random source. */
export function newOrderNumber(): string {
  const letters = Array.from({ length: 8 }, () => READABLE[randomInt(READABLE.length)]).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** Takes an order number as people type it (small letters, blanks, no hyphen); null when it cannot be one. */
export function readOrderNumber(text: string): string | null {
  const letters = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
  if (letters.length !== 8 || [...letters].some(letter => !READABLE.includes(letter))) return null;
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** An unguessable name: 144 bits, safe in a URL and a cookie. */
export function newToken(): string {
  return randomBytes(18).toString('base64url');
}

/** First 80 bits of SHA-256 as 20 hex digits: enough to name bytes by what they are. */
export function digest(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 20);
}
