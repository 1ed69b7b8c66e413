import { grouped, sumOf, type Facts } from './facts.js';
import type { ModelCheck } from './model.js';
import type { Capture } from './provider-books.js';

const KEEPS = new Set(['captured', 'partially_refunded']);
const GAVE_BACK = new Set(['refund_due', 'refunded']);

interface Ledger {
  order: Facts['orders'][number];
  /** What providers took for this order's attempts, with the attempt's row. */
  taken: { capture: Capture; payment: Facts['payments'][number] }[];
  /** The full price taken and never given back. */
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
      .map(({ capture }) => capture)
      .filter(
        ({ amount, currency, returned }) =>
          amount === order.total && currency === order.currency && returned === 0,
      );
    return { order, taken, kept };
  });
}

const words = ({ provider, providerId, amount, currency, returned }: Capture): string =>
  `${provider} ${providerId.slice(0, 16)}: ${amount} ${currency}${returned > 0 ? `, ${returned} went back` : ''}`;

/** What the providers' books must agree with. */
export const MONEY_CHECKS: readonly ModelCheck[] = [
  {
    name: 'an order is paid if and only if a provider keeps its total, once',
    run: ({ facts, books }) =>
      ledgers(facts, books.captures).flatMap(({ order, taken, kept }) => {
        const wanted = order.paid_at === null ? 0 : 1;
        const isPaid = !['pending', 'canceled'].includes(order.state);
        if (kept.length === wanted && isPaid === (wanted === 1)) return [];
        const all = taken.map(({ capture }) => words(capture)).join('; ');
        return `order ${order.number} is ${order.state}, ${order.total} ${order.currency}; taken: ${all || 'nothing'}`;
      }),
  },
  {
    name: 'every capture at a provider is known to the store for what it is',
    run({ facts, books }) {
      const byReference = new Map(facts.payments.map(payment => [payment.reference, payment]));
      return books.captures.flatMap(capture => {
        const payment = byReference.get(capture.reference);
        if (!payment) return `${words(capture)} belongs to no payment`;
        const { id, state, amount, currency, captured_amount, provider_id } = payment;
        const asAsked = capture.amount === amount && capture.currency === currency;
        const fits = asAsked ? KEEPS.has(state) || GAVE_BACK.has(state) : state === 'mismatch';
        const exact = captured_amount === capture.amount && provider_id === capture.providerId;
        const back = (state === 'refunded') === (capture.returned === capture.amount);
        return fits && exact && back
          ? []
          : `${words(capture)} is payment ${id} (${state}, captured ${captured_amount} of ${amount})`;
      });
    },
  },
  {
    name: 'the store believes in no money that no provider has',
    run({ facts, books }) {
      const taken = new Set(books.captures.map(({ reference }) => reference));
      return facts.payments
        .filter(({ reference, captured_amount }) => captured_amount > 0 && !taken.has(reference))
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
          const kept = byCart(cart).flatMap(ledger => ledger.kept);
          return kept.length > 1 ? `cart ${cart}: ${kept.map(words).join('; ')}` : [];
        }),
        ...books.captures
          .filter(({ charges, amount, returned }) => charges > 1 || returned > amount)
          .map(capture => `${words(capture)} in ${capture.charges} charges`),
      ];
    },
  },
  {
    name: 'totals follow from prices, quantities and delivery rates',
    run({ facts }) {
      const linesOf = grouped(facts.lines, line => line.order_id);
      return facts.orders.flatMap(order => {
        const lines = linesOf(order.id);
        const goods = sumOf(lines, line => line.price * line.quantity);
        const delivery = order.delivery_due ?? NaN;
        const wrong =
          lines.length === 0 ||
          lines.some(line => line.unit_amount !== line.price || line.total !== line.price * line.quantity) ||
          order.lines_total !== goods ||
          order.shipping_total !== delivery ||
          order.discount_total + order.tax_total !== 0 ||
          order.total !== goods + delivery;
        const asked = facts.payments.filter(
          payment =>
            payment.order_id === order.id &&
            (payment.amount !== order.total || payment.currency !== order.currency),
        );
        return wrong || asked.length > 0
          ? `order ${order.number}: ${order.lines_total} + ${order.shipping_total} = ${order.total}, should be ${goods} + ${delivery}; ${asked.length} payments ask for another sum`
          : [];
      });
    },
  },
];
