import { inTransaction, type Db } from '../platform/db.js';
import type { Subscriptions } from '../platform/jobs.js';
import { issueReceipt } from './actions/issue-receipt.js';
import { noteRefund } from './actions/note-refund.js';

/** What the room itself does after an event. */
export function orderSubscriptions({ db }: { db: Db }): Subscriptions {
  return {
    'order.placed': {
      receipt: async ({ orderId }, { now }) => {
        await inTransaction(db, tx => issueReceipt(tx, { orderId, now }));
      },
    },
    'refund.succeeded': {
      order: ({ orderId, refundId }, { now }) =>
        noteRefund(db, { orderId, refundId, step: 'succeeded', now }),
    },
    'refund.failed': {
      order: ({ orderId, refundId }, { now }) => noteRefund(db, { orderId, refundId, step: 'failed', now }),
    },
  };
}
