import type { Gateways } from '../payments/index.js';
import type { Db } from '../platform/db.js';
import type { Answer, Cookies } from '../web/index.js';

/** What the desk's pages are made with. */
export interface AdminDeps {
  db: Db;
  answer: Answer;
  cookies: Cookies;
  gateways: Gateways;
  baseUrl: string;
  now: () => Date;
}
