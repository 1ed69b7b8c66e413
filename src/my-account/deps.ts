import type { Answer } from '../web/index.js';

/** What the pages of this room are made with. */
export interface MyAccountDeps {
  answer: Answer;
  now: () => Date;
}
