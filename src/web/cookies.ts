import type { CookieOptions, Request, RequestHandler, Response } from 'express';
import { DAY } from '../lib/time.js';

/**
 * The store's own cookies, all strictly necessary. In production each carries the `__Host-` prefix, which binds it to
 * this host and to https; over plain http a browser would refuse it.
 */
export type CookieName = 'cart' | 'currency' | 'country' | 'theme' | 'language' | 'flash' | 'browser';

export interface Cookies {
  /** Name of the session cookie, for express-session. */
  readonly session: string;
  read(req: Request, name: CookieName): string | undefined;
  write(
    res: Response,
    name: CookieName,
    value: string,
    options?: { signed?: boolean; maxAge?: number },
  ): void;
  clear(res: Response, name: CookieName): void;
  /** A signed cookie's value; undefined when it is absent or somebody made it up. */
  readSigned(req: Request, name: CookieName): string | undefined;
}

export function createCookies(production: boolean): Cookies {
  const named = (name: string) => (production ? `__Host-${name}` : name);
  const attributes: CookieOptions = { httpOnly: true, sameSite: 'lax', secure: production, path: '/' };
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return {
    session: named('session'),
    read: (req, name) => text((req.cookies as Record<string, unknown>)[named(name)]),
    readSigned: (req, name) => text((req.signedCookies as Record<string, unknown>)[named(name)]),
    write(res, name, value, { signed = false, maxAge = 400 * DAY } = {}) {
      res.cookie(named(name), value, { ...attributes, signed, maxAge });
    },
    clear: (res, name) => void res.clearCookie(named(name), attributes),
  };
}

/**
 * Drops cookies that are no texts: cookie-parser makes an object of `j:{…}`, and express-session stumbles over one where
 * it looks for its own. The store writes no such cookie.
 */
export const plainCookies: RequestHandler = (req, _res, next) => {
  for (const kept of [req.cookies, req.signedCookies] as Record<string, unknown>[]) {
    for (const [name, value] of Object.entries(kept)) if (typeof value !== 'string') delete kept[name];
  }
  next();
};
