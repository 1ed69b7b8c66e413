import type { Locale } from '../../lib/locale.js';
import { row, rows, type Db } from '../../platform/db.js';
import { SHEETS, type SheetName } from './sheets.js';

export type Cell = string | number | boolean | Date | null;
export type SheetRow = Record<string, Cell>;

/** Every sheet of a user, in the order they are declared. Meant for one snapshot: see `makeExport`. */
export async function readSheets(
  db: Db,
  { userId, email }: { userId: number; email: string },
): Promise<[SheetName, SheetRow[]][]> {
  const read: [SheetName, SheetRow[]][] = [];
  for (const name of Object.keys(SHEETS) as SheetName[]) {
    const sql: string = SHEETS[name];
    const bindings = sql.includes(':email') ? { email: email.toLowerCase() } : { userId };
    read.push([name, await rows<SheetRow>(db, sql, bindings)]);
  }
  return read;
}

/** Pictures of a user: their own, and what they sent with returns. */
export async function listOwnPictures(
  db: Db,
  { userId }: { userId: number },
): Promise<{ name: string; body: Buffer }[]> {
  return await rows<{ name: string; body: Buffer }>(
    db,
    `select 'avatar' as name, i.body from users u join private_images i on i.id = u.avatar_id where u.id = :userId
     union all
     select 'return-' || o.number || '-' || r.number || '-' || p.position, i.body
       from orders o join returns r on r.order_id = o.id join return_images p on p.return_id = r.id
       join private_images i on i.id = p.image_id where o.user_id = :userId`,
    { userId },
  );
}

/** How a user's newest export stands; null when there is none. */
export async function findNewestExport(
  db: Db,
  { userId, now }: { userId: number; now: Date },
): Promise<{ id: number; askedAt: Date; madeAt: Date | null; expiresAt: Date | null } | null> {
  return await row(
    db,
    `select id, asked_at as "askedAt", made_at as "madeAt", expires_at as "expiresAt" from data_exports
      where user_id = :userId and (expires_at is null or expires_at > :now) order by id desc limit 1`,
    { userId, now },
  );
}

/** One that is to be made; null when it is made, or its user is gone. */
export async function findExportToMake(
  db: Db,
  { exportId }: { exportId: number },
): Promise<{ userId: number; email: string; locale: Locale } | null> {
  return await row(
    db,
    `select x.user_id as "userId", u.email, x.locale from data_exports x join users u on u.id = x.user_id
      where x.id = :exportId and x.made_at is null and u.erased_at is null`,
    { exportId },
  );
}

/** The file, for its owner while it lasts. */
export async function findExportFile(
  db: Db,
  { exportId, userId, now }: { exportId: number; userId: number; now: Date },
): Promise<{ body: Buffer; madeAt: Date } | null> {
  return await row(
    db,
    `select body, made_at as "madeAt" from data_exports where id = :exportId and user_id = :userId and expires_at > :now`,
    { exportId, userId, now },
  );
}
