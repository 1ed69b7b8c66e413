import { row, type Db } from '../../platform/db.js';

/** The number an order's receipt has, gapless within its year. */
export interface ReceiptNumber {
  year: number;
  number: number;
  issuedAt: Date;
}

/** Null before the worker has given it. */
export async function findReceiptNumber(
  db: Db,
  { orderId }: { orderId: number },
): Promise<ReceiptNumber | null> {
  return await row<ReceiptNumber>(
    db,
    `select year, number, issued_at as "issuedAt" from receipts where order_id = :orderId`,
    { orderId },
  );
}
