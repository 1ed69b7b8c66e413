import { grouped, sumOf, type Facts } from './facts.js';
import type { ModelCheck } from './model.js';
import type { Capture } from './provider-books.js';

const HELD = new Set(['captured', 'partially_refunded', 'refunded', 'refund_due']);
/** A provider said no, or the buyer has not said where the money goes: a person's turn, not the clock's. */
const STUCK = new Set(['failed', 'needs_account']);

interface Ledger {
  order: Facts['orders'][number];
  /** What providers took for this order's attempts, with the attempt's row. */
  taken: { capture: Capture; payment: Facts['payments'][number] }[];
  /** The full price taken for an attempt that the order lives on, and not all of it given back. */
  kept: Capture[];
}

function ledgers(facts: Facts, captures: readonly Capture[]): Ledger[] {
  const paymentsOf = grouped(facts.payments, payment => payment.order_id);
  const capturesOf = grouped(captures, capture => capture.reference);
  return facts.orders.map(order => {
    const taken = paymentsOf(order.id).flatMap(payment =>
      capturesOf(payment.reference).map(capture => ({ capture, payment })),
    );
    const kept = taken
      .filter(
        ({ capture: { amount, currency, returned }, payment }) =>
          amount === order.total &&
          currency === order.currency &&
          returned < amount &&
          payment.state !== 'refund_due',
      )
      .map(({ capture }) => capture);
    return { order, taken, kept };
  });
}

const words = ({ provider, providerId, amount, currency, returned }: Capture): string =>
  `${provider} ${providerId.slice(0, 16)}: ${amount} ${currency}${returned > 0 ? `, ${returned} went back` : ''}`;

/** What the providers' books must agree with. */
export const MONEY_CHECKS: readonly ModelCheck[] = [
  {
    name: 'an order lives on its total, taken once; one that ended keeps nothing but what a person must still give back',
    run({ facts, books }) {
      const refundsOf = grouped(facts.refunds, refund => refund.payment_id);
      const disputed = new Set(facts.disputes.map(({ payment_id }) => payment_id));
      return ledgers(facts, books.captures).flatMap(({ order, taken, kept }) => {
        const all = taken.map(({ capture }) => words(capture)).join('; ') || 'nothing';
        const says = `order ${order.number} is ${order.state} (${order.hold ?? 'no hold'}), ${order.total} ${order.currency}; taken: ${all}`;
        if (['paid', 'fulfilling', 'shipped', 'delivered'].includes(order.state)) {
          const wanted = order.total === 0 || order.hold === 'deposit_reversed' ? 0 : 1;
          return kept.length === wanted ? [] : says;
        }
        const unjust = taken.some(({ capture, payment }) => {
          if (payment.state === 'mismatch' || disputed.has(payment.id)) return false;
          const stuck = sumOf(
            refundsOf(payment.id).filter(({ state }) => STUCK.has(state)),
            refund => refund.amount,
          );
          return capture.amount - capture.returned > stuck;
        });
        return unjust ? says : [];
      });
    },
  },
  {
    name: 'every capture at a provider is known to the store for what it is, and every refund',
    run({ facts, books }) {
      const byReference = new Map(facts.payments.map(payment => [payment.reference, payment]));
      const refundsOf = grouped(facts.refunds, refund => refund.payment_id);
      return books.captures.flatMap(capture => {
        const payment = byReference.get(capture.reference);
        if (!payment) return `${words(capture)} belongs to no payment`;
        const { id, state, amount, currency, captured_amount, provider_id, refunded_amount } = payment;
        const refunds = refundsOf(id);
        const done = sumOf(
          refunds.filter(refund => refund.state === 'succeeded'),
          refund => refund.amount,
        );
        const promised = sumOf(
          refunds.filter(refund => refund.state !== 'failed'),
          refund => refund.amount,
        );
        const asAsked = capture.amount === amount && capture.currency === currency;
        const fits = asAsked ? HELD.has(state) : state === 'mismatch' || state === 'refunded';
        const exact = captured_amount === capture.amount && provider_id === capture.providerId;
        const back = done === capture.returned && promised === refunded_amount && promised <= captured_amount;
        return fits && exact && back
          ? []
          : `${words(capture)} is payment ${id} (${state}, captured ${captured_amount} of ${amount}, promised back ${refunded_amount}, refunds done ${done} of ${promised})`;
      });
    },
  },
  {
    name: 'a refund is made once at its provider, and only what was made by hand is booked as such',
    run({ facts, books }) {
      const madeFor = grouped(books.given, ({ reference }) => reference);
      const ours = new Set(books.given.map(({ providerRefundId }) => providerRefundId));
      return facts.refunds.flatMap(({ id, reference, amount, imported, provider_refund_id }) => {
        const made = madeFor(reference);
        const fits = made.length <= 1 && made.every(one => one.amount === amount);
        const foreign = !imported || provider_refund_id === null || !ours.has(provider_refund_id);
        return fits && foreign
          ? []
          : `refund ${id} of ${amount}${imported ? ', booked as made by hand,' : ''} was made ${made.length} times: ${made.map(one => one.amount).join(', ')}`;
      });
    },
  },
  {
    name: 'the store believes in no money that no provider has',
    run({ facts, books }) {
      const taken = new Set(books.captures.map(({ reference }) => reference));
      return facts.payments
        .filter(
          ({ reference, captured_amount, state }) =>
            // A deposit that the bank took back was there once.
            captured_amount > 0 && !taken.has(reference) && state !== 'reversed' && state !== 'canceled',
        )
        .map(({ id, state }) => `payment ${id} is ${state}, its provider took nothing`);
    },
  },
  {
    name: 'nobody is charged twice for one cart',
    run({ facts, books }) {
      const all = ledgers(facts, books.captures);
      const byCart = grouped(all, ({ order }) => order.cart_id);
      const carts = [...new Set(all.map(({ order }) => order.cart_id))];
      return [
        ...carts.flatMap(cart => {
          const kept = byCart(cart)
            .filter(({ order }) => order.state !== 'canceled')
            .flatMap(ledger => ledger.kept);
          return kept.length > 1 ? `cart ${cart}: ${kept.map(words).join('; ')}` : [];
        }),
        ...books.captures
          .filter(({ charges, amount, returned }) => charges > 1 || returned > amount)
          .map(capture => `${words(capture)} in ${capture.charges} charges`),
      ];
    },
  },
  {
    name: 'totals follow from prices, quantities, discounts and delivery rates',
    run({ facts }) {
      const linesOf = grouped(facts.lines, line => line.order_id);
      const free = new Set(
        facts.discounts.filter(({ code }) => code?.includes('DELIVERY')).map(({ id }) => id),
      );
      const freed = new Set(
        facts.claims.filter(({ discount_id }) => free.has(discount_id)).map(claim => claim.order_id),
      );
      return facts.orders.flatMap(order => {
        const lines = linesOf(order.id);
        const goods = sumOf(lines, line => line.price * line.quantity);
        const off = sumOf(lines, line => line.discount_share);
        const due = order.delivery_due ?? NaN;
        const delivered = freed.has(order.id)
          ? order.shipping_total >= 0 && order.shipping_total <= due
          : order.shipping_total === due;
        const wrong =
          lines.length === 0 ||
          lines.some(
            line =>
              line.unit_amount !== line.price ||
              line.total !== line.price * line.quantity - line.discount_share ||
              line.total < 0,
          ) ||
          order.lines_total !== goods ||
          order.discount_total !== off ||
          !delivered ||
          order.tax_total !== 0 ||
          order.total !== goods - off + order.shipping_total;
        const asked = facts.payments.filter(
          payment =>
            payment.order_id === order.id &&
            (payment.amount !== order.total || payment.currency !== order.currency),
        );
        return wrong || asked.length > 0
          ? `order ${order.number}: ${order.lines_total} − ${order.discount_total} + ${order.shipping_total} = ${order.total}, should be ${goods} − ${off} + ${due}; ${asked.length} payments ask for another sum`
          : [];
      });
    },
  },
  {
    name: 'sets cost what they say',
    run: ({ facts }) =>
      facts.sets
        .filter(({ total, sets, most, price }) => sets !== most || total !== price * sets)
        .map(
          ({ order_id, bundle_id, total, sets, most, price }) =>
            `order id ${order_id}: ${sets}–${most} of set ${bundle_id} at ${price} come to ${total}`,
        ),
  },
];
