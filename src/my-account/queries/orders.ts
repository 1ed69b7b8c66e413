import type { Currency } from '../../lib/money.js';
import type { OrderHold, OrderState } from '../../orders/index.js';
import type { Picture } from '../../media/index.js';
import { rows, row, type Db } from '../../platform/db.js';

/** An order as a list shows it. */
export interface ListedOrder {
  id: number;
  number: string;
  accessKey: string;
  state: OrderState;
  hold: OrderHold | null;
  currency: Currency;
  total: number;
  createdAt: Date;
  paidAt: Date | null;
  /** Of the first line that has a name, which every order has. */
  firstName: string;
  pieces: number;
  picture: Picture | null;
}

export const ORDERS_A_PAGE = 10;

/**
 * A user's orders, newest first: at most `limit` and one more, which says that there are older ones. `before`: the number
 * of the order to go on behind; one that is not theirs begins at the top.
 */
export async function listOwnOrders(
  db: Db,
  { userId, before = '', limit }: { userId: number; before?: string; limit: number },
): Promise<{ orders: ListedOrder[]; more: boolean }> {
  const found = await rows<ListedOrder>(
    db,
    `select o.id, o.number, o.access_key as "accessKey", o.state, o.hold, o.currency, o.total, o.created_at as "createdAt",
            o.paid_at as "paidAt", l.name as "firstName",
            (select sum(quantity)::int from order_lines p where p.order_id = o.id) as pieces,
            (select json_build_object('id', i.id, 'width', i.width, 'height', i.height)
               from order_lines p join images i on i.id = p.image_id
              where p.order_id = o.id and i.ready_at is not null order by p.position limit 1) as picture
       from orders o join lateral (select name from order_lines where order_id = o.id order by position limit 1) l on true
      where o.user_id = :userId
        and o.id < coalesce((select id from orders where number = :before and user_id = :userId), 9223372036854775807)
      order by o.id desc limit :limit`,
    { userId, before, limit: limit + 1 },
  );
  return { orders: found.slice(0, limit), more: found.length > limit };
}

/** The key of a user's own order; null for anybody else's. */
export async function findOwnOrder(
  db: Db,
  { userId, number }: { userId: number; number: string },
): Promise<{ number: string; accessKey: string } | null> {
  return await row(
    db,
    `select number, access_key as "accessKey" from orders where number = :number and user_id = :userId`,
    { number, userId },
  );
}
