import type { Currency } from '../lib/money.js';
import { row, rows, type Db, type Tx } from '../platform/db.js';
import type { Provider } from './gateways/gateway.js';
import type { DepositInstructions, PaymentState, PayMethod, RefundState } from './rules.js';

/** One attempt to pay. Amounts in the currency's smallest unit. */
export interface Payment {
  id: number;
  reference: string;
  orderId: number;
  provider: Provider;
  /** How it is paid there; '' leaves the choice to the provider's page. */
  method: PayMethod;
  providerId: string | null;
  /** PaymentIntent / last transaction key, once money has come in. */
  transactionId: string | null;
  live: boolean;
  state: PaymentState;
  currency: Currency;
  amount: number;
  capturedAmount: number;
  /** Promised back: asked for, under way or done. */
  refundedAmount: number;
  redirectUrl: string | null;
  /** Where to send the deposit, once an account waits for it. */
  instructions: DepositInstructions | null;
  failureCode: string | null;
  expiresAt: Date;
  /** When the provider was first told to take the money; its answer may be unknown. */
  confirmingAt: Date | null;
  checks: number;
  /** Since when the buyer is back and the provider silent; null while its last answer is known. */
  unansweredAt: Date | null;
}

const COLUMNS = `id, reference, order_id as "orderId", provider, method, provider_id as "providerId",
  transaction_id as "transactionId", live, state, currency, amount, captured_amount as "capturedAmount",
  refunded_amount as "refundedAmount", redirect_url as "redirectUrl", instructions, failure_code as "failureCode",
  expires_at as "expiresAt", confirming_at as "confirmingAt", checks, unanswered_at as "unansweredAt"`;

/** Locks one payment. Only after its cart and its order. */
export async function lockPayment(tx: Tx, { paymentId }: { paymentId: number }): Promise<Payment> {
  const payment = await row<Payment>(
    tx,
    `select ${COLUMNS} from payments where id = :paymentId for no key update`,
    {
      paymentId,
    },
  );
  if (!payment) throw new Error(`no payment ${paymentId}`);
  return payment;
}

export async function findPayment(db: Db, { paymentId }: { paymentId: number }): Promise<Payment | null> {
  return await row<Payment>(db, `select ${COLUMNS} from payments where id = :paymentId`, { paymentId });
}

/** The attempt a provider speaks of, by our reference or by its own id. Both are exact: neither can widen the other. */
export async function findPaymentAtProvider(
  db: Db,
  {
    provider,
    reference,
    providerId,
  }: { provider: Provider; reference: string | null; providerId: string | null },
): Promise<Payment | null> {
  return await row<Payment>(
    db,
    `select ${COLUMNS} from payments
      where provider = :provider and (reference = :reference or (:reference::text is null and provider_id = :providerId))`,
    { provider, reference, providerId },
  );
}

/** The attempt whose money is in this transaction of the provider's, once we know of it. */
export async function findPaymentByTransaction(
  db: Db,
  { provider, transactionId }: { provider: Provider; transactionId: string },
): Promise<Payment | null> {
  return await row<Payment>(
    db,
    `select ${COLUMNS} from payments where provider = :provider and transaction_id = :transactionId`,
    { provider, transactionId },
  );
}

/** Whether a buyer's bank asks for this payment's money, or has taken it. Under the payment's lock the answer stands. */
export async function hasLivingDispute(db: Db, { paymentId }: { paymentId: number }): Promise<boolean> {
  const found = await row(
    db,
    `select 1 from disputes where payment_id = :paymentId and state in ('open', 'lost') limit 1`,
    { paymentId },
  );
  return found !== null;
}

/** The same for all attempts at an order. */
export async function isOrderDisputed(db: Db, { orderId }: { orderId: number }): Promise<boolean> {
  const found = await row(
    db,
    `select 1 from disputes d join payments p on p.id = d.payment_id
      where p.order_id = :orderId and d.state in ('open', 'lost') limit 1`,
    { orderId },
  );
  return found !== null;
}

export interface Dispute {
  id: number;
  paymentId: number;
  providerDisputeId: string;
  amount: number;
  currency: string;
  reason: string;
  state: 'open' | 'won' | 'lost';
  /** The provider's own word. */
  providerState: string;
  evidenceDueAt: Date | null;
  openedAt: Date;
  closedAt: Date | null;
}

const DISPUTE_COLUMNS = `id, payment_id as "paymentId", provider_dispute_id as "providerDisputeId", amount, currency, reason,
  state, provider_state as "providerState", evidence_due_at as "evidenceDueAt", opened_at as "openedAt", closed_at as "closedAt"`;

/** A payment's disputes, oldest first. */
export async function listDisputes(db: Db, { paymentId }: { paymentId: number }): Promise<Dispute[]> {
  return await rows<Dispute>(
    db,
    `select ${DISPUTE_COLUMNS} from disputes where payment_id = :paymentId order by id`,
    { paymentId },
  );
}

/** All attempts at an order, newest first. */
export async function listPayments(db: Db, { orderId }: { orderId: number }): Promise<Payment[]> {
  return await rows<Payment>(
    db,
    `select ${COLUMNS} from payments where order_id = :orderId order by id desc`,
    { orderId },
  );
}

/** The attempt whose money an order lives on, also once all of it has gone back; null when there is none, or its bank took it back. */
export async function findPayingPayment(db: Db, { orderId }: { orderId: number }): Promise<Payment | null> {
  return await row<Payment>(
    db,
    // A second payment that no order could use was never `captured`.
    `select ${COLUMNS} from payments p
      where order_id = :orderId and (state in ('captured', 'partially_refunded')
         or state = 'refunded' and exists (select from payment_events e where e.payment_id = p.id and e.to_state = 'captured'))
      order by state = 'refunded', id desc limit 1`,
    { orderId },
  );
}

/** Attempts whose provider should be asked by now. */
export async function listDuePayments(
  db: Db,
  { now, limit }: { now: Date; limit: number },
): Promise<Payment[]> {
  return await rows<Payment>(
    db,
    `select ${COLUMNS} from payments where check_at <= :now and state in ('opened', 'pending', 'reversed') order by check_at limit :limit`,
    { now, limit },
  );
}

/** The secret that a deposit callback of this payment must carry; null while none is known. Never shown. */
export async function findDepositSecret(
  db: Db,
  { paymentId }: { paymentId: number },
): Promise<string | null> {
  const found = await row<{ secret: string | null }>(
    db,
    `select deposit_secret as secret from payments where id = :paymentId`,
    { paymentId },
  );
  return found?.secret ?? null;
}

/** A refund as its buyer and staff see it. Amount in the payment's smallest unit. */
export interface RefundRow {
  id: number;
  paymentId: number;
  amount: number;
  state: RefundState;
  failureCode: string | null;
  createdAt: Date;
}

/** Refunds of an order's payments that wait for an account to go to, oldest first. */
export async function listRefundsWithoutAccount(
  db: Db,
  { orderId }: { orderId: number },
): Promise<RefundRow[]> {
  return await rows<RefundRow>(
    db,
    `select r.id, r.payment_id as "paymentId", r.amount, r.state, r.failure_code as "failureCode", r.created_at as "createdAt"
       from refunds r join payments p on p.id = r.payment_id
      where p.order_id = :orderId and r.state = 'needs_account' and p.state <> 'reversed' order by r.id`,
    { orderId },
  );
}
