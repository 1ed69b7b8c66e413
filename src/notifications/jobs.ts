import type { Db } from '../platform/db.js';
import type { Subscriptions } from '../platform/jobs.js';
import { openNotice } from './actions.js';
import { NOTICE_KINDS } from './rules.js';

/** Opens a notice for every event that a person has to look at. */
export function notificationSubscriptions({ db }: { db: Db }): Subscriptions {
  return Object.fromEntries(
    NOTICE_KINDS.map(kind => [
      kind,
      {
        notice: (subject: object, { eventId, now }: { eventId: number; now: Date }) =>
          openNotice(db, { kind, eventId, subject, now }),
      },
    ]),
  );
}
