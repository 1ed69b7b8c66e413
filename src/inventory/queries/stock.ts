import { row, rows, type Db, type Tx } from '../../platform/db.js';

/**
 * How many of each variant a shopper can have: on hand minus what is held for others. What is held for `cartId` itself
 * (an order of that cart waiting to be paid) counts as available to it. Variants without stock row are missing: zero.
 */
export async function availability(
  db: Db,
  { variantIds, cartId = null }: { variantIds: readonly number[]; cartId?: number | null },
): Promise<Map<number, number>> {
  if (variantIds.length === 0) return new Map();
  const found = await rows<{ variant_id: number; available: number }>(
    db,
    `select s.variant_id, s.on_hand - s.reserved + coalesce(own.quantity, 0)::int as available
       from stock s
       left join (select variant_id, sum(quantity) as quantity from stock_reservations
                   where cart_id = :cartId and state = 'active' group by variant_id) own using (variant_id)
      where s.variant_id = any(:variantIds)`,
    { variantIds, cartId },
  );
  return new Map(found.map(({ variant_id, available }) => [variant_id, available]));
}

export interface Reservation {
  variantId: number;
  quantity: number;
}

/** What is held for an order, by variant id ascending: the order in which stock rows are locked. */
export async function listActiveReservations(
  db: Db,
  { orderId }: { orderId: number },
): Promise<Reservation[]> {
  return await rows<Reservation>(
    db,
    `select variant_id as "variantId", quantity from stock_reservations
      where order_id = :orderId and state = 'active' order by variant_id`,
    { orderId },
  );
}

/** Locks a variant's stock row, which must exist; no lock of order or payment may be taken after it. */
export async function lockStock(
  tx: Tx,
  { variantId }: { variantId: number },
): Promise<{ onHand: number; reserved: number; threshold: number }> {
  const found = await row<{ onHand: number; reserved: number; threshold: number }>(
    tx,
    `select on_hand as "onHand", reserved, low_threshold as threshold from stock where variant_id = :variantId for no key update`,
    { variantId },
  );
  if (!found) throw new Error(`variant ${variantId} has no stock row`);
  return found;
}

/** Whether a confirmed request waits for this variant. Under the stock row's lock the answer holds until its end. */
export async function isAwaited(db: Db, { variantId }: { variantId: number }): Promise<boolean> {
  const found = await row(
    db,
    `select 1 from stock_requests
      where variant_id = :variantId and confirmed_at is not null and mailed_at is null and ended_at is null limit 1`,
    { variantId },
  );
  return found !== null;
}

/** Whether the form named `once` has moved stock already. Under its variant's stock row lock the answer holds. */
export async function isWritten(db: Db, { once }: { once: string }): Promise<boolean> {
  return (await row(db, `select 1 from stock_movements where once = :once`, { once })) !== null;
}
