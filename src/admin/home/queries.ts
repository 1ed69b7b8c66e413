import { row, type Db } from '../../platform/db.js';

/** How much of each kind waits for somebody; never more than `MOST` is counted, so that a year's orders cost no more. */
export interface Work {
  toPack: number;
  packing: number;
  underWay: number;
  unpaid: number;
  held: number;
  mismatches: number;
  refundsDue: number;
  refundsFailed: number;
}
export const MOST = 1_000;

export async function countWork(db: Db): Promise<Work> {
  const found = await row<Work>(
    db,
    `select
       (select count(*) from (select from orders where state = 'paid' limit :most) o) as "toPack",
       (select count(*) from (select from orders where state = 'fulfilling' limit :most) o) as packing,
       (select count(*) from (select from orders where state = 'shipped' limit :most) o) as "underWay",
       (select count(*) from (select from orders where state = 'pending' limit :most) o) as unpaid,
       (select count(*) from (select from orders where hold is not null limit :most) o) as held,
       (select count(*) from (select from payments where state = 'mismatch' limit :most) p) as mismatches,
       (select count(*) from (select from payments where state = 'refund_due' limit :most) p) as "refundsDue",
       (select count(*) from (select from refunds where state = 'failed' limit :most) r) as "refundsFailed"`,
    { most: MOST },
  );
  return found!;
}
