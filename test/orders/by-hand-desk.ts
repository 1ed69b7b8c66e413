import { expect } from 'vitest';
import {
  cancelPaidOrder,
  listOrderRefunds,
  refundOrder,
  retryRefund,
  type RefundChoice,
  type RefundResult,
} from '../../src/orders/index.js';
import { rows } from '../../src/platform/db.js';
import { inTransaction, type Tx } from '../../src/platform/db.js';
import type { Shop } from '../support/shop.js';
import type { Bought } from './paid.js';

export type Provider = 'stripe' | 'toss';
export const STAFF = 'staff:7';

/** What happens in these tests, told in short: refunds in the providers' consoles and in the shop, and what became of them. */
export function byHandDesk(shop: Shop) {
  let forms = 0;
  const run = <Input, Result>(act: (tx: Tx, input: Input) => Promise<Result>, input: Input) =>
    inTransaction(shop.db, tx => act(tx, input));
  const because = () => ({ actor: STAFF, cause: 'as agreed', now: shop.now() });

  /** Runs everything that waits for a later try. A job asked for again while it ran is spent: its successor does the work. */
  async function untilQuiet(): Promise<void> {
    await expect
      .poll(
        async () => {
          await shop.db.raw(
            `update graphile_worker._private_jobs set run_at = now() where attempts > 0 and locked_at is null`,
          );
          await shop.settled();
          const { rows: left } = await shop.db.raw<{ rows: { left: number }[] }>(
            `select count(*)::int as left from graphile_worker.jobs
              where task_identifier in ('payments.refund', 'payments.review', 'event', 'hear') and attempts < max_attempts`,
          );
          return left[0]!.left;
        },
        { timeout: 20_000, interval: 50 },
      )
      .toBe(0);
  }

  return {
    run,
    because,
    untilQuiet,
    /** Somebody gives back at the provider, without the shop. Without an amount: all that is left. */
    async giveByHand(provider: Provider, { providerId }: Bought, amount?: number): Promise<void> {
      if (provider === 'stripe') shop.stripe.refundByHand(providerId, amount);
      else await shop.toss.cancelByHand(providerId, amount === undefined ? {} : { amount });
    },
    /** Sums that went back at the provider, oldest first. */
    givenAt(provider: Provider, { providerId }: Bought): number[] {
      if (provider === 'toss')
        return (shop.toss.payments().find(({ paymentKey }) => paymentKey === providerId)?.cancels ?? []).map(
          ({ cancelAmount }) => cancelAmount,
        );
      const intent = shop.stripe.sessions().find(({ id }) => id === providerId)?.payment_intent;
      return shop.stripe
        .refunds()
        .filter(({ payment_intent, status }) => payment_intent === intent && status !== 'failed')
        .map(({ amount }) => amount);
    },
    refund: (
      { orderId }: Bought,
      choice: Partial<RefundChoice> & { token?: string; expected?: number },
    ): Promise<RefundResult> =>
      run(refundOrder, {
        orderId,
        token: `form-${(forms += 1)}`,
        lines: [],
        shippingAmount: 0,
        ...because(),
        ...choice,
      }),
    cancel: ({ orderId }: Bought) =>
      run(cancelPaidOrder, { orderId, actor: 'buyer', cause: 'canceled by the buyer', now: shop.now() }),
    retry: ({ orderId }: Bought, orderRefundId: number) =>
      run(retryRefund, { orderId, orderRefundId, ...because() }),
    stateOf: async ({ orderId, paymentId }: Bought) => {
      const order = await shop.db('orders').where({ id: orderId }).first<{ state: string }>('state');
      const payment = await shop
        .db('payments')
        .where({ id: paymentId })
        .first<{ state: string; refunded_amount: number }>('state', 'refunded_amount');
      return { order: order.state, payment: payment.state, promised: payment.refunded_amount };
    },
    onHand: async ({ lines }: Bought) =>
      (
        await shop
          .db('stock')
          .where({ variant_id: lines[0]!.variantId })
          .first<{ on_hand: number }>('on_hand')
      ).on_hand,
    /** Refunds of the order as lists show them: state, what goes back, what counts as given by hand. */
    listed: async ({ orderId }: Bought) =>
      (await listOrderRefunds(shop.db, { orderId })).map(({ state, amount, givenBefore }) => [
        state,
        amount,
        givenBefore,
      ]),
    refundId: async ({ orderId }: Bought) =>
      (await listOrderRefunds(shop.db, { orderId })).find(({ orderRefundId }) => orderRefundId !== null)!
        .orderRefundId!,
    imported: ({ paymentId }: Bought) =>
      rows<{ state: string; amount: number; providerRefundId: string }>(
        shop.db,
        `select state, amount, provider_refund_id as "providerRefundId" from refunds
          where payment_id = :paymentId and imported order by id`,
        { paymentId },
      ),
    pieces: ({ lines }: Bought, quantity: number, restock = false) => [
      { orderLineId: lines[0]!.id, quantity, restock },
    ],
  };
}
