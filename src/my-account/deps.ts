import type { RegisterDeps } from '../accounts/index.js';
import type { Cookies, RateLimit } from '../web/index.js';

/** What the pages of this room are made with. */
export interface MyAccountDeps extends RegisterDeps {
  cookies: Cookies;
  /** Pictures a user can send in a while: each costs a decoding. */
  avatarLimit: RateLimit;
  /** Exports a user can ask for in a while: each reads all there is. */
  exportLimit: RateLimit;
}
