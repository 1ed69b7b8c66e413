import type { Locale } from '../../lib/locale.js';
import { addMs, DAY } from '../../lib/time.js';
import { change, inTransaction, row, type Db } from '../../platform/db.js';
import { emit } from '../../platform/jobs.js';
import { findExportToMake, listOwnPictures, readSheets } from '../queries/export.js';
import { zipOf } from '../zip.js';

export const EXPORT_KEPT_MS = 7 * DAY;

/** Asks for everything about a user; a job makes it. True when it began, false when one is under way already. */
export async function askExport(
  db: Db,
  { userId, locale, now }: { userId: number; locale: Locale; now: Date },
): Promise<boolean> {
  return await inTransaction(db, async tx => {
    const asked = await row<{ id: number }>(
      tx,
      `insert into data_exports (user_id, locale, asked_at) values (:userId, :locale, :now)
       on conflict (user_id) where made_at is null do nothing returning id`,
      { userId, locale, now },
    );
    if (asked) await emit(tx, 'user.export-asked', { userId, exportId: asked.id });
    return asked !== null;
  });
}

/**
 * Makes the file and says that it is there. Read in one snapshot, so that its sheets agree; written only if the request
 * still stands: an account that was erased meanwhile takes the request, and what was read of it, with it. Made already:
 * nothing happens.
 */
export async function makeExport(
  { db, shop }: { db: Db; shop: string },
  { exportId, now }: { exportId: number; now: Date },
): Promise<void> {
  const read = await db.transaction(
    async tx => {
      const wanted = await findExportToMake(tx, { exportId });
      if (!wanted) return null;
      return { ...wanted, sheets: await readSheets(tx, wanted), pictures: await listOwnPictures(tx, wanted) };
    },
    { isolationLevel: 'repeatable read', readOnly: true },
  );
  if (!read) return;
  const body = zipOf({ ...read, shop, now });
  await inTransaction(db, async tx => {
    const made = await change(
      tx,
      `update data_exports set made_at = :now, expires_at = :expiresAt, body = :body where id = :exportId and made_at is null`,
      { exportId, body, now, expiresAt: addMs(now, EXPORT_KEPT_MS) },
    );
    if (made > 0) await emit(tx, 'user.export-made', { userId: read.userId, exportId });
  });
}

/** Housekeeping: files whose week is over, and requests that no job could answer in one. */
export async function forgetExports(db: Db, { now }: { now: Date }): Promise<void> {
  await inTransaction(db, tx =>
    change(
      tx,
      `delete from data_exports where expires_at <= :now or (made_at is null and asked_at < :before)`,
      {
        now,
        before: addMs(now, -EXPORT_KEPT_MS),
      },
    ),
  );
}
