import { rows, type Db, type Tx } from '../platform/db.js';

/** One thing that staff changed. `before` and `after` are plain values a reader understands, without secrets. */
export interface StaffAction {
  by: { userId: number; requestId: string };
  /** What was done, as `order.ship`. */
  action: string;
  /** What it was done to, as `order:K7MT-Q4RD`. */
  subject: string;
  before?: unknown;
  after?: unknown;
  now: Date;
}

/** Writes one line of the audit log, in the transaction of the change itself: no change without its line. */
export async function recordStaffAction(
  tx: Tx,
  { by, action, subject, before, after, now }: StaffAction,
): Promise<void> {
  await tx('audit_log').insert({
    at: now,
    user_id: by.userId,
    action,
    subject,
    before: before === undefined ? null : JSON.stringify(before),
    after: after === undefined ? null : JSON.stringify(after),
    request_id: by.requestId,
  });
}

export interface LoggedAction {
  at: Date;
  name: string;
  action: string;
  before: unknown;
  after: unknown;
}

/** What staff did to one subject, newest first. */
export async function listStaffActions(db: Db, { subject }: { subject: string }): Promise<LoggedAction[]> {
  return await rows<LoggedAction>(
    db,
    `select a.at, u.name, a.action, a.before, a.after
       from audit_log a join users u on u.id = a.user_id where a.subject = :subject order by a.id desc limit 200`,
    { subject },
  );
}
