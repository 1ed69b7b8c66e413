import { rows, type Db } from '../../platform/db.js';

/** Pieces of a refund that had left, whose money went back, and that are not on the shelf. */
export interface OffShelf {
  orderRefundId: number;
  orderLineId: number;
  variantId: number;
  pieces: number;
}

/** Such pieces of an order, newest refund first, without the refunds in `except`. Exact only under the order's lock. */
export async function listOffShelf(
  db: Db,
  { orderId, except }: { orderId: number; except: readonly number[] },
): Promise<OffShelf[]> {
  return await rows<OffShelf>(
    db,
    `select rl.order_refund_id as "orderRefundId", l.id as "orderLineId", l.variant_id as "variantId",
            rl.quantity - rl.canceled - rl.restocked as pieces
       from order_refund_lines rl
       join order_refunds r on r.id = rl.order_refund_id
       join order_lines l on l.id = rl.order_line_id
      where r.order_id = :orderId and r.given_up_at is null and not r.id = any(:except) and l.variant_id is not null
        -- A refund that puts pieces on the shelf does so with all of a line.
        and rl.quantity - rl.canceled > rl.restocked
      order by r.id desc, l.position`,
    { orderId, except: [...except] },
  );
}
