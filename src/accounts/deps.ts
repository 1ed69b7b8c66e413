import type { Request, Response } from 'express';
import type { Db, Tx } from '../platform/db.js';
import type { Answer, Cookies, Flash, RateLimit } from '../web/index.js';
import type { Providers } from './providers/providers.js';
import type { User } from './queries.js';
import type { Seal } from './seal.js';

/** What happens in rooms above once somebody has signed in, as their cart: `app.ts` hands it down. */
export type AfterSignIn = (
  req: Request,
  res: Response,
  entered: { user: User; now: Date },
) => Promise<Flash | undefined>;

/**
 * What happens in rooms above once an address was shown to be its user's, in the same transaction: `app.ts` hands it down.
 * All it may go by is handed to it: where an address changes, the user's own row is written after it (lock order).
 */
export type AfterVerified = (tx: Tx, verified: { userId: number; email: string; now: Date }) => Promise<void>;

/** What the pages of this room are made with. */
export interface AccountsDeps {
  db: Db;
  answer: Answer;
  cookies: Cookies;
  baseUrl: string;
  bcryptCost: number;
  /** Keeps the secrets of second factors. */
  seal: Seal;
  staffNeedSecondFactor: boolean;
  afterSignIn: AfterSignIn;
  afterVerified: AfterVerified;
  /** Google and Kakao, as far as there are keys. */
  providers: Providers;
  /** Trips to a provider, by where they come from. */
  leaveLimit: RateLimit;
  now: () => Date;
}
