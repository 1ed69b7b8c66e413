import { NotFound } from '../../../lib/errors.js';
import { readOrderNumber } from '../../../lib/ids.js';
import type { Currency } from '../../../lib/money.js';
import { findOrder, type Order, type OrderState } from '../../../orders/index.js';
import type { PaymentState, Provider } from '../../../payments/index.js';
import { row, rows, type Db } from '../../../platform/db.js';

/** The order of an address at the desk. @throws NotFound when no order has this number. */
export async function getDeskOrder(db: Db, { number }: { number: unknown }): Promise<Order> {
  const read = typeof number === 'string' ? readOrderNumber(number) : null;
  const found =
    read && (await row<{ id: number }>(db, `select id from orders where number = :number`, { number: read }));
  const order = found && (await findOrder(db, { orderId: found.id }));
  if (!order) throw new NotFound();
  return order;
}

/** A line as the desk shows it: what was paid, what has left, what has gone back. */
export interface DeskLine {
  id: number;
  variantId: number | null;
  sku: string;
  name: string;
  variantName: string;
  bundleName: string | null;
  quantity: number;
  unitAmount: number;
  discountShare: number;
  total: number;
  taxRate: number;
  taxAmount: number;
  taxAdded: boolean;
  shippedQuantity: number;
  canceledQuantity: number;
  refundedQuantity: number;
}

export async function listDeskLines(db: Db, { orderId }: { orderId: number }): Promise<DeskLine[]> {
  return await rows<DeskLine>(
    db,
    `select id, variant_id as "variantId", sku, name, variant_name as "variantName", bundle_name as "bundleName", quantity,
            unit_amount as "unitAmount", discount_share as "discountShare", total, tax_rate as "taxRate",
            tax_amount as "taxAmount", tax_added as "taxAdded", shipped_quantity as "shippedQuantity",
            canceled_quantity as "canceledQuantity", refunded_quantity as "refundedQuantity"
       from order_lines where order_id = :orderId order by position`,
    { orderId },
  );
}

/** One attempt to pay with all that its provider calls it, and what the provider has sent about it. */
export interface DeskPayment {
  id: number;
  reference: string;
  provider: Provider;
  providerId: string | null;
  transactionId: string | null;
  live: boolean;
  method: string;
  state: PaymentState;
  currency: Currency;
  amount: number;
  capturedAmount: number;
  /** Promised back: asked for, under way or done. */
  refundedAmount: number;
  failureCode: string | null;
  createdAt: Date;
  expiresAt: Date;
  capturedAt: Date | null;
  /** When the provider is asked next. */
  checkAt: Date | null;
  refunds: {
    id: number;
    reference: string;
    providerRefundId: string | null;
    amount: number;
    state: string;
    failureCode: string | null;
  }[];
  deliveries: { eventId: string; type: string; receivedAt: string }[];
  disputes: {
    id: string;
    amount: number;
    currency: Currency;
    reason: string;
    state: string;
    providerState: string;
    dueAt: string | null;
  }[];
}

/** All attempts at an order, newest first. */
export async function listDeskPayments(db: Db, { orderId }: { orderId: number }): Promise<DeskPayment[]> {
  return await rows<DeskPayment>(
    db,
    `select p.id, p.reference, p.provider, p.provider_id as "providerId", p.transaction_id as "transactionId", p.live, p.method,
            p.state, p.currency, p.amount, p.captured_amount as "capturedAmount", p.refunded_amount as "refundedAmount",
            p.failure_code as "failureCode", p.created_at as "createdAt", p.expires_at as "expiresAt",
            p.captured_at as "capturedAt", p.check_at as "checkAt",
            (select coalesce(json_agg(json_build_object('id', r.id, 'reference', r.reference, 'providerRefundId', r.provider_refund_id,
                    'amount', r.amount, 'state', r.state, 'failureCode', r.failure_code) order by r.id), '[]')
               from refunds r where r.payment_id = p.id) as refunds,
            (select coalesce(json_agg(json_build_object('eventId', g.event_id, 'type', g.type, 'receivedAt', g.received_at)
                    order by g.received_at), '[]') from gateway_events g where g.payment_id = p.id) as deliveries,
            (select coalesce(json_agg(json_build_object('id', d.provider_dispute_id, 'amount', d.amount, 'currency', d.currency,
                    'reason', d.reason, 'state', d.state, 'providerState', d.provider_state, 'dueAt', d.evidence_due_at)
                    order by d.id), '[]') from disputes d where d.payment_id = p.id) as disputes
       from payments p where p.order_id = :orderId order by p.id desc`,
    { orderId },
  );
}

/** One line of the whole story: of the order, of one of its payments, or a letter that left. */
export interface StoryLine {
  of: 'order' | 'payment' | 'letter';
  at: Date;
  kind: string;
  from: string | null;
  to: string | null;
  actor: string;
  cause: string;
  paymentId: number | null;
  data: Record<string, unknown> | null;
}

/** Everything that happened to an order, newest first. */
export async function listStory(db: Db, { orderId }: { orderId: number }): Promise<StoryLine[]> {
  return await rows<StoryLine>(
    db,
    `select "of", at, kind, "from", "to", actor, cause, "paymentId", data from (
       select 'order' as "of", e.created_at as at, e.kind, e.from_state as "from", e.to_state as "to", e.actor, e.cause,
              null::bigint as "paymentId", e.data, 0 as rank, e.id
         from order_events e where e.order_id = :orderId
       union all
       select 'payment', e.created_at, 'move', e.from_state, e.to_state, e.actor, e.cause, p.id, null, 1, e.id
         from payment_events e join payments p on p.id = e.payment_id where p.order_id = :orderId
       union all
       select 'letter', l.sent_at, 'letter', null, null, 'sweep', l.kind, null,
              jsonb_build_object('kind', l.kind, 'recipient', l.recipient, 'locale', l.locale,
                'letterId', case when v.type <> 'letter.resent' then l.id end), 2, l.id
         from events v join letters l on l.event_id = v.id
        where cast(v.payload ->> 'orderId' as bigint) = :orderId and l.sent_at is not null
     ) story order by at desc, rank, id desc`,
    { orderId },
  );
}

export interface OtherOrder {
  number: string;
  state: OrderState;
  createdAt: Date;
  total: number;
  currency: Currency;
}
const OTHERS = 20;

/** Further orders of the same e-mail, newest first. */
export async function listOtherOrders(
  db: Db,
  { orderId, email }: { orderId: number; email: string },
): Promise<OtherOrder[]> {
  return await rows<OtherOrder>(
    db,
    `select number, state, created_at as "createdAt", total, currency from orders
      where lower(email) = lower(:email) and id <> :orderId order by created_at desc, id desc limit :limit`,
    { orderId, email, limit: OTHERS },
  );
}
