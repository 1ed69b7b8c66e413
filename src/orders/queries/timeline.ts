import { rows, type Db } from '../../platform/db.js';
import type { OrderState } from '../rules.js';

export type TimelineKind = 'move' | 'shipment' | 'refund' | 'return' | 'hold' | 'note' | 'letter';

/** One line of an order's history. */
export interface TimelineEntry {
  id: number;
  kind: TimelineKind;
  fromState: OrderState | null;
  /** Only of a move. */
  toState: OrderState | null;
  actor: string;
  cause: string;
  /** What a line of its kind keeps beside; ids and short texts. */
  data: Record<string, unknown> | null;
  at: Date;
}

/** The whole history of an order, oldest first. */
export async function listTimeline(db: Db, { orderId }: { orderId: number }): Promise<TimelineEntry[]> {
  return await rows<TimelineEntry>(
    db,
    `select id, kind, from_state as "fromState", to_state as "toState", actor, cause, data, created_at as at
       from order_events where order_id = :orderId order by id`,
    { orderId },
  );
}
