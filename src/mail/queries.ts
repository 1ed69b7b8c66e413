import { row, rows, type Db } from '../platform/db.js';
import type { EventType } from '../platform/events.js';

/** A letter about an order that the mail server took. */
export interface SentLetter {
  id: number;
  kind: string;
  sentAt: Date;
  /** How often staff have sent it once more. */
  resent: number;
}

/** The letters sent about an order, oldest first, each once however often it was sent again. */
export async function listOrderLetters(db: Db, { orderId }: { orderId: number }): Promise<SentLetter[]> {
  return await rows<SentLetter>(
    db,
    `select l.id, l.kind, l.sent_at as "sentAt",
            (select count(*)::int from events again where again.type = 'letter.resent'
                and (again.payload ->> 'orderId')::bigint = :orderId and (again.payload ->> 'letterId')::bigint = l.id) as resent
       from events e join letters l on l.event_id = e.id
      where (e.payload ->> 'orderId')::bigint = :orderId and e.type <> 'letter.resent' and l.sent_at is not null
      order by l.id`,
    { orderId },
  );
}

/** A letter of this order and the event it followed from; null when the order has no such letter. */
export async function findOrderLetter(
  db: Db,
  { orderId, letterId }: { orderId: number; letterId: number },
): Promise<{ kind: string; type: EventType; payload: unknown } | null> {
  return await row<{ kind: string; type: EventType; payload: unknown }>(
    db,
    `select l.kind, e.type, e.payload from letters l join events e on e.id = l.event_id
      where l.id = :letterId and (e.payload ->> 'orderId')::bigint = :orderId and e.type <> 'letter.resent'`,
    { orderId, letterId },
  );
}

/** Whether staff have asked for this letter within the last minute. */
export async function wasJustResent(
  db: Db,
  { orderId, letterId }: { orderId: number; letterId: number },
): Promise<boolean> {
  const found = await row(
    db,
    `select id from events where type = 'letter.resent' and (payload ->> 'orderId')::bigint = :orderId
        and (payload ->> 'letterId')::bigint = :letterId and created_at > now() - interval '1 minute'`,
    { orderId, letterId },
  );
  return found !== null;
}
