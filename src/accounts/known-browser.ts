import { createHash, randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Cookies } from '../web/index.js';
import type { Counted } from './actions/throttle.js';
import { foldEmail } from './rules.js';

/**
 * A long-lived signed cookie says which accounts were signed in to in this browser before. Tries from there at those accounts
 * are counted by themselves: whoever guesses at an account from elsewhere, or from the same network, keeps its owner out of
 * nothing. The cookie opens nothing, and holds digests instead of addresses.
 */
const ACCOUNTS_KNOWN = 5;

const markOf = (browser: string, email: string): string =>
  createHash('sha256')
    .update(`${browser}\0${foldEmail(email)}`)
    .digest('base64url')
    .slice(0, 22);

/** The cookie's parts: the browser's random name and the accounts it was in, newest first. */
function read(cookies: Cookies, req: Request): { browser: string; marks: string[] } | null {
  const [browser, ...marks] = (cookies.readSigned(req, 'browser') ?? '').split('.');
  return browser ? { browser, marks } : null;
}

/** Notes that somebody has come into this account here. */
export function knowBrowser(cookies: Cookies, req: Request, res: Response, email: string): void {
  const { browser, marks } = read(cookies, req) ?? {
    browser: randomBytes(16).toString('base64url'),
    marks: [],
  };
  const mark = markOf(browser, email);
  const kept = [mark, ...marks.filter(each => each !== mark)].slice(0, ACCOUNTS_KNOWN);
  cookies.write(res, 'browser', [browser, ...kept].join('.'), { signed: true });
}

/** A mark of this browser in this account, or null when nobody has been in it here. */
function knownAs(cookies: Cookies, req: Request, email: string): string | null {
  const known = read(cookies, req);
  const mark = known && markOf(known.browser, email);
  return mark && known.marks.includes(mark) ? mark : null;
}

/** Where a request comes from, as far as it is one's own: an IPv6 customer has 2^64 addresses. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const before = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  return groups
    .slice(0, 4)
    .map(group => parseInt(group, 16).toString(16))
    .join(':');
}

/** What a try at an account's password counts at. */
export function passwordTry(cookies: Cookies, req: Request, email: string): Counted[] {
  const mark = knownAs(cookies, req, email);
  if (mark) return [{ limit: 'browser', of: mark }];
  return [
    { limit: 'network', of: networkOf(req.ip ?? '') },
    { limit: 'account', of: foldEmail(email) },
  ];
}

/** What a try at the code of a second factor counts at. Whoever tries has shown the first factor: no network is asked. */
export function codeTry(cookies: Cookies, req: Request, user: { id: number; email: string }): Counted[] {
  return [{ limit: 'code', of: knownAs(cookies, req, user.email) ?? user.id }];
}

/** What asking for a letter to an address counts at. */
export const letterTry = (req: Request, email: string): Counted[] => [
  { limit: 'letters-network', of: networkOf(req.ip ?? '') },
  { limit: 'letters', of: foldEmail(email) },
];
