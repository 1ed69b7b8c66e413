import { change, row, type Db } from '../platform/db.js';
import type { NoticeKind } from './rules.js';

/** Opens the one notice of an event and kind; does nothing the second time. `subject`: ids only. */
export async function openNotice(
  db: Db,
  notice: { kind: NoticeKind; eventId: number; subject: object; now: Date },
): Promise<void> {
  await db.transaction(tx =>
    change(
      tx,
      `insert into staff_notices (kind, event_id, subject, created_at) values (:kind, :eventId, cast(:subject as jsonb), :now)
       on conflict (event_id, kind) do nothing`,
      { ...notice, subject: JSON.stringify(notice.subject) },
    ),
  );
}

export type HandleResult = { ok: true; already: boolean } | { ok: false; reason: 'gone' };

/** Nothing is left to do about a notice, says `actor`. The first who says so is kept; again is `already`. */
export async function handleNotice(
  db: Db,
  handled: { noticeId: number; actor: string; now: Date },
): Promise<HandleResult> {
  const changed = await db.transaction(tx =>
    change(
      tx,
      `update staff_notices set handled_at = :now, handled_by = :actor where id = :noticeId and handled_at is null`,
      handled,
    ),
  );
  if (changed > 0) return { ok: true, already: false };
  const known = await row(db, `select 1 from staff_notices where id = :noticeId`, {
    noticeId: handled.noticeId,
  });
  return known ? { ok: true, already: true } : { ok: false, reason: 'gone' };
}
