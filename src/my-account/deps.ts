import type { Db } from '../platform/db.js';
import type { Answer, Cookies, RateLimit } from '../web/index.js';

/** What the pages of this room are made with. */
export interface MyAccountDeps {
  db: Db;
  answer: Answer;
  cookies: Cookies;
  /** Pictures a user can send in a while: each costs a decoding. */
  avatarLimit: RateLimit;
  now: () => Date;
}
