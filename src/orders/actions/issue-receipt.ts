import { warehouseDay } from '../../lib/time.js';
import { row, type Tx } from '../../platform/db.js';
import { lockOrder } from '../queries.js';
import { findReceiptNumber, type ReceiptNumber } from '../queries/receipts.js';

/**
 * Gives a paid order its receipt number: the next one of the year in which it was paid, by the warehouse's calendar. The
 * second time it finds the first. Locks the order, then the year's counter until the end, so that a number that is
 * rolled back is given to the next: no gap. Null for an order that is not paid.
 */
export async function issueReceipt(
  tx: Tx,
  { orderId, now }: { orderId: number; now: Date },
): Promise<ReceiptNumber | null> {
  const order = await lockOrder(tx, { orderId });
  const given = await findReceiptNumber(tx, { orderId });
  if (given) return given;
  if (order.paidAt === null) return null;
  const year = Number(warehouseDay(order.paidAt).slice(0, 4));
  const counter = await row<{ number: number }>(
    tx,
    `insert into receipt_counters (year, last_number) values (:year, 1)
     on conflict (year) do update set last_number = receipt_counters.last_number + 1
     returning last_number as number`,
    { year },
  );
  const receipt = { year, number: counter!.number, issuedAt: now };
  await tx('receipts').insert({ order_id: orderId, year, number: receipt.number, issued_at: now });
  return receipt;
}
