import type { Request, Response } from 'express';
import { MINUTE } from '../lib/time.js';
import type { Cookies } from './cookies.js';

/** One sentence about what just happened, shown once. Carried over the redirect in a short signed cookie. */
export interface Flash {
  kind: 'done' | 'problem';
  /** Key of the sentence and its values. */
  key: string;
  values?: Record<string, string | number>;
}

export function keepFlash(cookies: Cookies, res: Response, flash: Flash): void {
  cookies.write(res, 'flash', Buffer.from(JSON.stringify(flash)).toString('base64url'), {
    signed: true,
    maxAge: 5 * MINUTE,
  });
}

/** The message that waits, which is thereby shown: the cookie goes with this answer. */
export function takeFlash(cookies: Cookies, req: Request, res: Response): Flash | null {
  const kept = cookies.readSigned(req, 'flash');
  if (!kept) return null;
  cookies.clear(res, 'flash');
  return JSON.parse(Buffer.from(kept, 'base64url').toString()) as Flash; // signed: nobody else wrote it
}
