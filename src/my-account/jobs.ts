import type { Db } from '../platform/db.js';
import type { Subscriptions } from '../platform/jobs.js';
import { makeExport } from './actions/export.js';

/** Everything about a user is put together behind their back: it takes longer than a page may. */
export function myAccountSubscriptions(deps: { db: Db; shop: string }): Subscriptions {
  return {
    'user.export-asked': {
      export: async ({ exportId }, { now }) => await makeExport(deps, { exportId, now }),
    },
  };
}
