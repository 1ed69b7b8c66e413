import { row, rows, type Db } from '../platform/db.js';
import type { NoticeKind } from './rules.js';

export interface Notice {
  id: number;
  kind: NoticeKind;
  createdAt: Date;
  /** What it is about, as it is called now; null where it is about something else or that is gone. */
  orderNumber: string | null;
  variantId: number | null;
  sku: string | null;
  /** Pieces of the variant that can be bought now. */
  available: number;
}

/** Notices that nobody has handled, newest first. `before`: the id of the last one seen, for the next page. */
export async function listOpenNotices(
  db: Db,
  { limit, before = null }: { limit: number; before?: number | null },
): Promise<Notice[]> {
  return await rows<Notice>(
    db,
    `select n.id, n.kind, n.created_at as "createdAt", o.number as "orderNumber", v.id as "variantId", v.sku,
            greatest(coalesce(s.on_hand - s.reserved, 0), 0) as available
       from staff_notices n
       left join orders o on o.id = cast(n.subject ->> 'orderId' as bigint)
       left join variants v on v.id = cast(n.subject ->> 'variantId' as bigint)
       left join stock s on s.variant_id = v.id
      where n.handled_at is null and (cast(:before as bigint) is null or n.id < :before)
      order by n.id desc limit :limit`,
    { limit, before },
  );
}

export async function countOpenNotices(db: Db): Promise<number> {
  const found = await row<{ count: number }>(
    db,
    `select count(*)::int as count from staff_notices where handled_at is null`,
  );
  return found?.count ?? 0;
}
