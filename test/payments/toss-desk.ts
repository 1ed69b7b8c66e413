import { sweep } from '../../src/checkout/index.js';
import { createGateways, lockPayment, requestRefund, type PayChoice } from '../../src/payments/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { payOrder, placeOrder, type Placed } from '../support/purchase.js';
import type { Shop } from '../support/shop.js';

export const KO = { locale: 'ko', country: 'KR', provider: 'toss' } as const;

export interface Bought extends Placed {
  orderId: number;
  paymentId: number;
  reference: string;
  total: number;
}

/** What tests of Toss do to a store and ask of it. */
export function tossDesk(shop: Shop) {
  const { db, toss } = shop;
  const deps = () => ({ db, gateways: createGateways(shop.config), baseUrl: shop.config.baseUrl });

  async function place(way: PayChoice = 'toss', skip = 0): Promise<Bought> {
    // Thirty orders in ten minutes are enough for an address, but not for a test.
    await db('rate_limits').delete();
    const placed = await placeOrder(shop, { ...KO, way, skip });
    const order = await db('orders')
      .where({ number: placed.number })
      .first<{ id: number; total: number }>('id', 'total');
    const payment = await db('payments')
      .where({ order_id: order.id })
      .first<{ id: number; reference: string }>('id', 'reference');
    return {
      ...placed,
      orderId: order.id,
      paymentId: payment.id,
      reference: payment.reference,
      total: order.total,
    };
  }
  const payment = ({ paymentId }: Bought) =>
    db('payments').where({ id: paymentId }).first<{
      state: string;
      method: string;
      refunded_amount: number;
      captured_amount: number;
      deposit_secret: string | null;
      instructions: { accountNumber: string; due: string } | null;
      expires_at: Date;
    }>();
  const order = ({ orderId }: Bought) =>
    db('orders')
      .where({ id: orderId })
      .first<{ state: string; hold: string | null; expires_at: Date }>('state', 'hold', 'expires_at');

  return {
    place,
    payment,
    order,
    /** Up to the account number: the buyer has agreed in the window and is back on the order's page. */
    async awaiting(skip = 0): Promise<Bought & { page: string }> {
      const bought = await place('toss_virtual_account', skip);
      const { text } = await payOrder(shop, bought, 'toss');
      return { ...bought, page: text };
    },
    pay: (bought: Bought) => payOrder(shop, bought, 'toss'),
    async deposit(bought: Bought): Promise<void> {
      await toss.deposit(bought.providerId);
      await shop.settled();
    },
    /** What another process does by the clock. */
    async sweep(): Promise<void> {
      await sweep(deps(), { now: shop.now() });
      await shop.settled();
    },
    /** One delivery of Toss's webhook, with the answer's status. */
    async deliver(body: object, id?: string): Promise<number> {
      const answered = await fetch(`${shop.origin}/webhooks/toss`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: {
          'content-type': 'application/json',
          ...(id ? { 'tosspayments-webhook-transmission-id': id } : {}),
        },
      });
      return answered.status;
    },
    /** Toss's own record of the payment. */
    atToss: ({ providerId }: Bought) => toss.payments().find(({ paymentKey }) => paymentKey === providerId)!,
    refund: ({ paymentId }: Bought, amount: number) =>
      inTransaction(db, async tx =>
        requestRefund(tx, await lockPayment(tx, { paymentId }), {
          amount,
          actor: 'test',
          cause: 'returned',
          now: shop.now(),
        }),
      ),
    refunds: ({ paymentId }: Bought) =>
      db('refunds').where({ payment_id: paymentId }).orderBy('id').select<
        {
          id: number;
          state: string;
          amount: number;
          actor: string;
          imported: boolean;
          failure_code: string | null;
          refund_account: { bank: string; accountNumber: string; holderName: string } | null;
        }[]
      >(),
    /** Runs the jobs that wait for another try, now. */
    async hurry(): Promise<void> {
      await db.raw(
        `update graphile_worker._private_jobs set run_at = now(), attempts = 0 where locked_at is null and attempts > 0`,
      );
      await shop.settled();
    },
    events: async (type: string, { orderId }: Bought): Promise<number> =>
      (await db('events').where({ type }).whereRaw(`(payload ->> 'orderId')::bigint = ?`, [orderId])).length,
    letters: ({ number }: Bought): string[] =>
      shop.mail
        .letters()
        .map(({ subject }) => subject)
        .filter(subject => subject.includes(number)),
    async stock({ orderId }: Bought): Promise<{ on_hand: number; reserved: number }> {
      const { variant_id } = await db('order_lines')
        .where({ order_id: orderId })
        .first<{ variant_id: number }>('variant_id');
      return await db('stock')
        .where({ variant_id })
        .first<{ on_hand: number; reserved: number }>('on_hand', 'reserved');
    },
  };
}
