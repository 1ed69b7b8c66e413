import type { PayMethod, Provider } from '../../payments/index.js';
import { row, rows, type Db } from '../../platform/db.js';
import type { PaymentFacts, RefundFacts } from '../rules.js';

export interface PaymentRow extends PaymentFacts {
  id: number;
  method: PayMethod;
}

const PAYMENT = `p.id, p.provider, p.method, p.reference, p.provider_id as "providerId", p.transaction_id as "transactionId", p.live,
  p.state, p.currency, p.amount, p.captured_amount as "capturedAmount", p.refunded_amount as "refundedAmount"`;

/** Our payments that records of a provider may speak of, by reference, attempt or transaction. */
export async function listPaymentsNamed(
  db: Db,
  named: { provider: Provider; references: string[]; attempts: string[]; transactions: string[] },
): Promise<PaymentRow[]> {
  return await rows<PaymentRow>(
    db,
    `select ${PAYMENT} from payments p where p.reference = any(:references) and p.provider = :provider
     union select ${PAYMENT} from payments p where p.provider = :provider and p.provider_id = any(:attempts)
     union select ${PAYMENT} from payments p where p.provider = :provider and p.transaction_id = any(:transactions)`,
    named,
  );
}

export interface RefundRow extends RefundFacts {
  id: number;
  paymentId: number;
  imported: boolean;
}

/** Refunds of these payments. */
export async function listRefundsOf(
  db: Db,
  { paymentIds }: { paymentIds: readonly number[] },
): Promise<RefundRow[]> {
  return await rows<RefundRow>(
    db,
    `select r.id, r.payment_id as "paymentId", r.reference, r.amount, p.currency, r.state, r.imported,
            r.provider_refund_id as "providerRefundId", r.created_at as "createdAt"
       from refunds r join payments p on p.id = r.payment_id where r.payment_id = any(:paymentIds) order by r.id`,
    { paymentIds: [...paymentIds] },
  );
}

interface Unseen {
  runId: number;
  provider: Provider;
  from: Date;
  to: Date;
  after: number;
  limit: number;
}

/** Our payments of a period that say money came in and were not in the provider's list, and those whose money nobody can
 *  use and nobody gives back; by id. */
export async function listUnseenPayments(db: Db, wanted: Unseen): Promise<number[]> {
  const found = await rows<{ id: number }>(
    db,
    `select id from (
       select id from payments where provider = :provider and captured_at >= :from and captured_at < :to
          and state in ('captured', 'partially_refunded', 'refund_due', 'mismatch')
       union
       select id from payments where provider = :provider and state in ('refund_due', 'mismatch')
          and refunded_amount < captured_amount) p
      where id > :after and not exists (select from reconciliation_seen s
              where s.run_id = :runId and s.kind = 'payment' and s.row_id = p.id)
      order by id limit :limit`,
    { ...wanted },
  );
  return found.map(({ id }) => id);
}

/** Our refunds that were done in a period and were not in the list, and those promised long ago; by id. */
export async function listUnseenRefunds(
  db: Db,
  wanted: Unseen & { overdue: Date },
): Promise<{ id: number; paymentId: number }[]> {
  return await rows<{ id: number; paymentId: number }>(
    db,
    `select r.id, r.payment_id as "paymentId" from (
       select id, payment_id from refunds where state = 'succeeded' and settled_at >= :from and settled_at < :to
       union
       select id, payment_id from refunds where state in ('requested', 'pending') and created_at < :overdue) r
       join payments p on p.id = r.payment_id and p.provider = :provider and p.state <> 'reversed'
      where r.id > :after and not exists (select from reconciliation_seen s
              where s.run_id = :runId and s.kind = 'refund' and s.row_id = r.id)
      order by r.id limit :limit`,
    { ...wanted },
  );
}

/** The refund of an order that a try belongs to; null for money that no order could use. */
export async function findOrderRefundOf(db: Db, { refundId }: { refundId: number }): Promise<number | null> {
  const found = await row<{ id: number }>(
    db,
    `select order_refund_id as id from order_refund_tries where refund_id = :refundId`,
    { refundId },
  );
  return found?.id ?? null;
}
