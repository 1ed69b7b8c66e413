import type { Currency } from '../lib/money.js';
import { row, rows, type Db, type Tx } from '../platform/db.js';
import type { Provider } from './gateways/gateway.js';
import type { PaymentState } from './rules.js';

/** One attempt to pay. Amounts in the currency's smallest unit. */
export interface Payment {
  id: number;
  reference: string;
  orderId: number;
  provider: Provider;
  providerId: string | null;
  live: boolean;
  state: PaymentState;
  currency: Currency;
  amount: number;
  capturedAmount: number;
  redirectUrl: string | null;
  failureCode: string | null;
  expiresAt: Date;
  checks: number;
}

const COLUMNS = `id, reference, order_id as "orderId", provider, provider_id as "providerId", live, state, currency, amount,
  captured_amount as "capturedAmount", redirect_url as "redirectUrl", failure_code as "failureCode",
  expires_at as "expiresAt", checks`;

/** Locks one payment. Only after its cart and its order. */
export async function lockPayment(tx: Tx, { paymentId }: { paymentId: number }): Promise<Payment> {
  const payment = await row<Payment>(tx, `select ${COLUMNS} from payments where id = :paymentId for update`, {
    paymentId,
  });
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

/** All attempts at an order, newest first. */
export async function listPayments(db: Db, { orderId }: { orderId: number }): Promise<Payment[]> {
  return await rows<Payment>(
    db,
    `select ${COLUMNS} from payments where order_id = :orderId order by id desc`,
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
    `select ${COLUMNS} from payments where check_at <= :now and state in ('opened', 'pending') order by check_at limit :limit`,
    { now, limit },
  );
}
