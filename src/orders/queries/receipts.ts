import { row, rows, type Db } from '../../platform/db.js';

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

/** Money that came in for an order and counts as its payment. */
export interface Capture {
  provider: string;
  amount: number;
  at: Date;
}

export async function listCaptures(db: Db, { orderId }: { orderId: number }): Promise<Capture[]> {
  return await rows<Capture>(
    db,
    `select provider, captured_amount as amount, captured_at as at from payments
      where order_id = :orderId and captured_at is not null and state in ('captured', 'partially_refunded', 'refunded')
      order by captured_at`,
    { orderId },
  );
}
