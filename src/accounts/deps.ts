import type { Request, Response } from 'express';
import type { Db } from '../platform/db.js';
import type { Answer, Cookies, Flash } from '../web/index.js';
import type { User } from './queries.js';

/** What happens in rooms above once somebody has signed in, as their cart: `app.ts` hands it down. */
export type AfterSignIn = (
  req: Request,
  res: Response,
  entered: { user: User; now: Date },
) => Promise<Flash | undefined>;

/** What the pages of this room are made with. */
export interface AccountsDeps {
  db: Db;
  answer: Answer;
  cookies: Cookies;
  baseUrl: string;
  bcryptCost: number;
  afterSignIn: AfterSignIn;
  now: () => Date;
}
