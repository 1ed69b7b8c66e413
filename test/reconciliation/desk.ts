import {
  askRepair,
  beginRun,
  listFindings,
  listRuns,
  type Finding,
  type Repair,
} from '../../src/reconciliation/index.js';
import { lockPayment, requestRefund } from '../../src/payments/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { MINUTE } from '../../src/lib/time.js';
import { payOrder, placeOrder, type Placed } from '../support/purchase.js';
import type { Shop } from '../support/shop.js';

export const EN = { locale: 'en', country: 'US', provider: 'stripe' } as const;
export const KO = { locale: 'ko', country: 'KR', provider: 'toss' } as const;
type Where = typeof EN | typeof KO;

export interface Bought extends Placed {
  orderId: number;
  paymentId: number;
  amount: number;
  reference: string;
}

/** What tests of the reconciliation do to a store and ask of it. */
export function reconciliationDesk(shop: Shop) {
  const { db } = shop;
  let sold = 0;

  async function place(where: Where = EN): Promise<Bought> {
    await db('rate_limits').delete();
    const placed = await placeOrder(shop, { ...where, skip: (sold += 1) % 10 });
    const payment = await db('payments')
      .where({ provider_id: placed.providerId })
      .first<{ id: number; order_id: number; amount: number; reference: string }>('*');
    const { id: paymentId, order_id: orderId, amount, reference } = payment;
    return { ...placed, paymentId, orderId, amount, reference };
  }

  const all = async (state: 'open' | 'all' = 'open'): Promise<Finding[]> =>
    (await listFindings(db, { state, kind: null, provider: null, before: null, limit: 100 })).findings;

  return {
    db,
    place,
    async paid(where: Where = EN): Promise<Bought> {
      const placed = await place(where);
      await payOrder(shop, placed, where.provider);
      return placed;
    },
    /** The provider takes the money and nobody ever tells us: no webhook, no return, no sweep. */
    async paidUnheard(): Promise<Bought> {
      const placed = await place();
      shop.stripe.trouble({ kind: 'webhooks-lost' });
      await shop.stripe.pay(placed.providerId);
      await shop.stripe.idle();
      shop.stripe.calm();
      await db('payments').where({ id: placed.paymentId }).update({ check_at: null });
      return placed;
    },
    /** Two minutes later, for what is younger than one is left out, the whole comparison runs. */
    async check(): Promise<Finding[]> {
      shop.advance(2 * MINUTE);
      await inTransaction(db, tx => beginRun(tx, { actor: 'sweep', now: shop.now() }));
      await shop.settled();
      return await all();
    },
    all,
    about: async (bought: Bought): Promise<Finding[]> =>
      (await all()).filter(({ paymentId }) => paymentId === bought.paymentId),
    lastRun: async () => (await listRuns(db, { limit: 1 }))[0]!,
    /** As a click of staff does. */
    ask: (finding: Finding, repair: Repair, actor = 'staff:1') =>
      inTransaction(db, tx => askRepair(tx, { findingId: finding.id, repair, actor, now: shop.now() })),
    async repair(finding: Finding, repair: Repair): Promise<Finding> {
      await inTransaction(db, tx =>
        askRepair(tx, { findingId: finding.id, repair, actor: 'staff:1', now: shop.now() }),
      );
      await shop.settled();
      return (await all('all')).find(({ id }) => id === finding.id)!;
    },
    payment: ({ paymentId }: Bought) =>
      db('payments')
        .where({ id: paymentId })
        .first<{ state: string; refunded_amount: number; provider_id: string; transaction_id: string }>('*'),
    order: ({ orderId }: Bought) =>
      db('orders').where({ id: orderId }).first<{ state: string; hold: string | null }>('*'),
    refunds: ({ paymentId }: Bought) =>
      db('refunds')
        .where({ payment_id: paymentId })
        .orderBy('id')
        .select<{ id: number; state: string; amount: number; imported: boolean }[]>(
          'id',
          'state',
          'amount',
          'imported',
        ),
    askRefund: ({ paymentId }: Bought, amount: number) =>
      inTransaction(db, async tx =>
        requestRefund(tx, await lockPayment(tx, { paymentId }), {
          amount,
          actor: 'test',
          cause: 'test',
          now: shop.now(),
        }),
      ),
    /** All that money and orders are, in one text: what a second repair must not change. */
    async everything(): Promise<string> {
      const tables = [
        'payments',
        'payment_events',
        'refunds',
        'orders',
        'order_events',
        'stock',
        'stock_movements',
      ];
      const sums: string[] = [];
      for (const table of tables) {
        const { rows } = await db.raw<{ rows: { sum: string }[] }>(
          `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ?? t`,
          [table],
        );
        sums.push(`${table} ${rows[0]!.sum}`);
      }
      return sums.join('\n');
    },
    events: async (type: string): Promise<number> =>
      (await db('events').where({ type }).count<{ count: number }[]>())[0]!.count,
  };
}
