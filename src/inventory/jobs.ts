import type { Db } from '../platform/db.js';
import type { Subscriptions } from '../platform/jobs.js';
import { answerRequests } from './actions/requests.js';

/** Pieces are back: whoever waited gets the letter asked for. */
export function inventorySubscriptions({ db }: { db: Db }): Subscriptions {
  return {
    'stock.returned': {
      requests: ({ variantId }, { now }) => answerRequests(db, { variantId, now }),
    },
  };
}
