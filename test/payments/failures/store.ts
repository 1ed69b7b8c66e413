import Stripe from 'stripe';
import { lockCart } from '../../../src/cart/index.js';
import { reviewPayment, sweep } from '../../../src/checkout/index.js';
import { correctStock } from '../../../src/inventory/index.js';
import { cancelPendingOrder, EXPIRED, lockOrder } from '../../../src/orders/index.js';
import {
  createGateways,
  findPayment,
  lockPayment,
  movePayment,
  type Payment,
} from '../../../src/payments/index.js';
import { inTransaction } from '../../../src/platform/db.js';
import { payOrder, placeOrder, type Placed } from '../../support/purchase.js';
import { STRIPE_WEBHOOK_SECRET, type Shop } from '../../support/shop.js';

export const EN = { locale: 'en', country: 'US', provider: 'stripe' } as const;

/** An order placed up to Stripe's page, with the ids of its rows. */
export interface Attempted extends Placed {
  orderId: number;
  paymentId: number;
  reference: string;
  variantId: number;
  total: number;
}

/** One delivery as Stripe signs it. `secret` and `age` (seconds) are what forgers get wrong. */
export function signed(
  body: string,
  { secret = STRIPE_WEBHOOK_SECRET, age = 0 }: { secret?: string; age?: number } = {},
): Record<string, string> {
  const timestamp = Math.floor(Date.now() / 1_000) - age;
  return {
    'content-type': 'application/json',
    'stripe-signature': Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp }),
  };
}

/** What tests of failures do to a store and ask of it. */
export function failureDesk(shop: Shop) {
  const { db } = shop;
  const deps = () => ({ db, gateways: createGateways(shop.config), baseUrl: shop.config.baseUrl });
  const count = async (table: string, where: object): Promise<number> =>
    (await db(table).where(where).count<{ count: number }[]>())[0]!.count;

  return {
    db,
    count,
    async place(skip = 0): Promise<Attempted> {
      // Thirty orders in ten minutes are enough for an address, but not for a test.
      await db('rate_limits').delete();
      const placed = await placeOrder(shop, { ...EN, skip: skip % 12 });
      const order = await db('orders')
        .where({ number: placed.number })
        .first<{ id: number; total: number }>('id', 'total');
      const payment = await db('payments')
        .where({ order_id: order.id })
        .first<{ id: number; reference: string }>('id', 'reference');
      const line = await db('order_lines')
        .where({ order_id: order.id })
        .first<{ variant_id: number }>('variant_id');
      return {
        ...placed,
        orderId: order.id,
        paymentId: payment.id,
        reference: payment.reference,
        variantId: line.variant_id,
        total: order.total,
      };
    },
    pay: (placed: Placed) => payOrder(shop, placed, 'stripe'),
    /** What another process does by the clock, with connections to the providers of its own. */
    sweep: () => sweep(deps(), { now: shop.now() }),
    review: (paymentId: number) => reviewPayment(deps(), { paymentId, now: shop.now() }),
    deps,
    orderState: async ({ orderId }: Attempted): Promise<string> =>
      (await db('orders').where({ id: orderId }).first<{ state: string }>('state')).state,
    payment: async ({ paymentId }: Attempted): Promise<Payment> => (await findPayment(db, { paymentId }))!,
    paymentStates: async ({ orderId }: Attempted): Promise<string[]> =>
      (
        await db('payments').where({ order_id: orderId }).orderBy('id').select<{ state: string }[]>('state')
      ).map(({ state }) => state),
    refunds: ({ paymentId }: Attempted) =>
      db('refunds')
        .where({ payment_id: paymentId })
        .orderBy('id')
        .select<{ state: string; amount: number; actor: string; imported: boolean }[]>(
          'state',
          'amount',
          'actor',
          'imported',
        ),
    stock: ({ variantId }: { variantId: number }) =>
      db('stock')
        .where({ variant_id: variantId })
        .first<{ on_hand: number; reserved: number }>('on_hand', 'reserved'),
    setStock: (variantId: number, onHand: number) =>
      inTransaction(db, tx =>
        correctStock(tx, { variantId, onHand, actor: 'test', cause: 'counted', now: shop.now() }),
      ),
    letters: ({ number }: Placed): string[] =>
      shop.mail
        .letters()
        .map(({ subject }) => subject)
        .filter(subject => subject.includes(number)),
    moves: ({ orderId }: Attempted, to: string) => count('order_events', { order_id: orderId, to_state: to }),
    events: async (type: string, { orderId }: Attempted): Promise<number> =>
      (await db('events').where({ type }).select<{ payload: { orderId: number } }[]>('payload')).filter(
        ({ payload }) => payload.orderId === orderId,
      ).length,
    session: ({ providerId }: Placed) => shop.stripe.sessions().find(({ id }) => id === providerId)!,
    deliver: (body: string, headers: Record<string, string> = signed(body)) =>
      fetch(`${shop.origin}/webhooks/stripe`, { method: 'POST', body, headers }),
    /** We believe that its time ran out although its page can still be paid: the worst a lost answer can do. */
    wronglyEnd: ({ orderId, paymentId }: Attempted) =>
      inTransaction(db, async tx => {
        const because = { actor: 'sweep', cause: EXPIRED, now: shop.now() };
        const { cart_id: cartId } = await tx('orders')
          .where({ id: orderId })
          .first<{ cart_id: number }>('cart_id');
        await lockCart(tx, { cartId });
        const order = await lockOrder(tx, { orderId });
        await movePayment(tx, await lockPayment(tx, { paymentId }), 'expired', because);
        await cancelPendingOrder(tx, order, because);
      }),
    /** The queue waits longer each time; a test does not. */
    hurryJobs: () =>
      db.raw(
        `update graphile_worker._private_jobs set run_at = now() where attempts > 0 and locked_at is null`,
      ),
    /** The database refuses this many inserts into `table`, as a full disk or a lost connection would. */
    async failInserts(table: string, times: number): Promise<() => Promise<void>> {
      await db.raw(`create sequence trouble_seq`);
      await db.raw(
        `create function trouble() returns trigger language plpgsql as $$
         begin if nextval('trouble_seq') <= ${times} then raise exception 'no space left'; end if; return new; end $$`,
      );
      await db.raw(
        `create trigger trouble before insert on ${table} for each row execute function trouble()`,
      );
      return async () => {
        await db.raw(`drop trigger trouble on ${table}`);
        await db.raw(`drop function trouble()`);
        await db.raw(`drop sequence trouble_seq`);
      };
    },
  };
}
