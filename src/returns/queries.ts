import type { OrderState } from '../orders/index.js';
import { row, rows, type Db } from '../platform/db.js';
import type { HeldLine, Reason, ReturnKind, ReturnState } from './rules.js';

/** A line of an order as its buyer may send it back. */
export interface ReturnableLine extends HeldLine {
  name: string;
  variantName: string;
  quantity: number;
}

/** The lines of an order with what has left, gone back and is on its way. Exact only under the order's lock. */
export async function listReturnableLines(
  db: Db,
  { orderId }: { orderId: number },
): Promise<ReturnableLine[]> {
  return await rows<ReturnableLine>(
    db,
    `select l.id as "orderLineId", l.name, l.variant_name as "variantName", l.quantity,
            l.shipped_quantity as "shippedQuantity", l.refunded_quantity as "refundedQuantity",
            l.canceled_quantity as "canceledQuantity",
            coalesce((select sum(rl.quantity) from return_lines rl join returns r on r.id = rl.return_id
                       where rl.order_line_id = l.id and r.state in ('requested', 'accepted')), 0)::int as "returningQuantity"
       from order_lines l where l.order_id = :orderId order by l.position`,
    { orderId },
  );
}

/** Goods that come back, or are to. */
export interface Return {
  id: number;
  orderId: number;
  /** Counted within its order. */
  number: number;
  kind: ReturnKind;
  state: ReturnState;
  reason: Reason | null;
  note: string;
  /** Why staff refused it. */
  refusal: string;
  orderRefundId: number | null;
  createdAt: Date;
  decidedAt: Date | null;
  receivedAt: Date | null;
  closedAt: Date | null;
  lines: { orderLineId: number; name: string; variantName: string; quantity: number }[];
  /** How many photographs came with it, numbered from one. */
  photos: number;
}

const COLUMNS = `r.id, r.order_id as "orderId", r.number, r.kind, r.state, r.reason, r.note, r.refusal,
  r.order_refund_id as "orderRefundId", r.created_at as "createdAt", r.decided_at as "decidedAt",
  r.received_at as "receivedAt", r.closed_at as "closedAt",
  (select coalesce(json_agg(json_build_object('orderLineId', l.id, 'name', l.name, 'variantName', l.variant_name,
                                              'quantity', rl.quantity) order by l.position), '[]')
     from return_lines rl join order_lines l on l.id = rl.order_line_id where rl.return_id = r.id) as lines,
  (select count(*)::int from return_images i where i.return_id = r.id) as photos`;

/** All returns of an order, oldest first. */
export async function listReturnsOfOrder(db: Db, { orderId }: { orderId: number }): Promise<Return[]> {
  return await rows<Return>(
    db,
    `select ${COLUMNS} from returns r where r.order_id = :orderId order by r.number`,
    { orderId },
  );
}

/** One return of an order by its number in it; null when the order has none of that number. */
export async function findReturn(
  db: Db,
  { orderId, number }: { orderId: number; number: number },
): Promise<Return | null> {
  return await row<Return>(
    db,
    `select ${COLUMNS} from returns r where r.order_id = :orderId and r.number = :number`,
    { orderId, number },
  );
}

/** Under the order's lock it stays as it is. */
export async function findReturnById(db: Db, { returnId }: { returnId: number }): Promise<Return | null> {
  return await row<Return>(db, `select ${COLUMNS} from returns r where r.id = :returnId`, { returnId });
}

/** The return that a form has made already. */
export async function findReturnByToken(
  db: Db,
  { orderId, token }: { orderId: number; token: string },
): Promise<{ id: number; number: number } | null> {
  return await row(db, `select id, number from returns where order_id = :orderId and token = :token`, {
    orderId,
    token,
  });
}

/** The name of one photograph of a return, for whoever may see the return. */
export async function findReturnPhoto(
  db: Db,
  { returnId, position }: { returnId: number; position: number },
): Promise<string | null> {
  const found = await row<{ imageId: string }>(
    db,
    `select image_id as "imageId" from return_images where return_id = :returnId and position = :position`,
    { returnId, position },
  );
  return found?.imageId ?? null;
}

/** A return as the desk lists it. */
export interface ListedReturn {
  id: number;
  number: number;
  kind: ReturnKind;
  state: ReturnState;
  createdAt: Date;
  orderNumber: string;
  orderState: OrderState;
  pieces: number;
}

/** Returns in these states, oldest first: those that have waited longest. After `after`, when more than `limit` wait. */
export async function listReturns(
  db: Db,
  { states, after = 0, limit }: { states: readonly ReturnState[]; after?: number; limit: number },
): Promise<ListedReturn[]> {
  return await rows<ListedReturn>(
    db,
    `select r.id, r.number, r.kind, r.state, r.created_at as "createdAt", o.number as "orderNumber", o.state as "orderState",
            (select sum(quantity)::int from return_lines l where l.return_id = r.id) as pieces
       from returns r join orders o on o.id = r.order_id
      where r.state = any(:states) and r.id > :after order by r.id limit :limit`,
    { states, after, limit },
  );
}

/** How many returns wait in each of the open states. */
export async function countOpenReturns(db: Db): Promise<{ requested: number; accepted: number }> {
  const found = await row<{ requested: number; accepted: number }>(
    db,
    `select count(*) filter (where state = 'requested')::int as requested,
            count(*) filter (where state = 'accepted')::int as accepted
       from returns where state in ('requested', 'accepted')`,
  );
  return found!;
}
