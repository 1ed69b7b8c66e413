import { grouped, sumOf } from './facts.js';
import type { ModelCheck } from './model.js';

/** Events that a person must hear of, each with the kind of its notice. */
const TOLD = [
  'dispute.opened',
  'payment.reversed',
  'payment.mismatch',
  'refund.failed',
  'reconciliation.found',
];

/** What discounts, parcels, receipts and notices must agree with. */
export const DESK_CHECKS: readonly ModelCheck[] = [
  {
    name: 'discounts keep their limits, in all and by customer',
    run({ facts }) {
      const living = facts.claims.filter(({ state }) => state !== 'released');
      const of = grouped(living, claim => claim.discount_id);
      return facts.discounts.flatMap(({ id, code, limit_total, limit_per_customer }) => {
        const claims = of(id);
        const customers = grouped(claims, claim => claim.customer);
        const over = [...new Set(claims.map(({ customer }) => customer))].filter(
          customer => limit_per_customer !== null && customers(customer).length > limit_per_customer,
        );
        return (limit_total !== null && claims.length > limit_total) || over.length > 0
          ? `${code ?? id}: ${claims.length} of ${limit_total ?? 'any number'}, too often by ${over.join(', ') || 'nobody'}`
          : [];
      });
    },
  },
  {
    name: 'a discount is redeemed by orders that were paid, and by no others',
    run({ facts }) {
      const orders = new Map(facts.orders.map(order => [order.id, order]));
      return facts.claims.flatMap(({ discount_id, order_id, state }) => {
        const order = orders.get(order_id);
        const wanted = order?.paid_at ? 'redeemed' : order?.state === 'pending' ? 'claimed' : 'released';
        // An order that late money revived was released first and claimed again: the older claim stays as it is.
        return state === wanted || (state === 'released' && order?.paid_at)
          ? []
          : `discount ${discount_id} of order ${order?.number}: ${state}, the order is ${order?.state}`;
      });
    },
  },
  {
    name: 'no piece leaves twice, goes back twice, or leaves after it was given up',
    run({ facts }) {
      const gone = new Set(facts.parcels.filter(({ state }) => state !== 'preparing').map(({ id }) => id));
      const leftOf = grouped(
        facts.parcelLines.filter(({ shipment_id }) => gone.has(shipment_id)),
        line => `${line.order_id} ${line.variant_id}`,
      );
      const linesOf = grouped(facts.lines, line => `${line.order_id} ${line.variant_id}`);
      const counters = facts.lines
        .filter(
          line =>
            line.shipped_quantity + line.canceled_quantity > line.quantity ||
            line.refunded_quantity > line.quantity ||
            line.canceled_quantity > line.refunded_quantity,
        )
        .map(line => `order id ${line.order_id}, variant ${line.variant_id}: counters`);
      const parcels = [...new Set(facts.lines.map(line => `${line.order_id} ${line.variant_id}`))].flatMap(
        key => {
          const left = sumOf(leftOf(key), line => line.quantity);
          const counted = sumOf(linesOf(key), line => line.shipped_quantity);
          return left === counted
            ? []
            : `order and variant ${key}: ${left} in parcels that left, ${counted} counted`;
        },
      );
      return [...counters, ...parcels];
    },
  },
  {
    name: 'an order is where its parcels are, and nothing left for one that was not paid or was canceled',
    run({ facts }) {
      const parcelsOf = grouped(facts.parcels, parcel => parcel.order_id);
      const linesOf = grouped(facts.lines, line => line.order_id);
      return facts.orders.flatMap(order => {
        const parcels = parcelsOf(order.id);
        const gone = parcels.filter(({ state }) => state !== 'preparing');
        const waiting = sumOf(
          linesOf(order.id),
          line => line.quantity - line.shipped_quantity - line.canceled_quantity,
        );
        const fits =
          (gone.length === 0 || (order.paid_at !== null && order.state !== 'canceled')) &&
          (order.state !== 'shipped' || waiting === 0) &&
          (order.state !== 'delivered' ||
            (waiting === 0 && gone.every(({ state }) => state === 'delivered'))) &&
          (order.state !== 'paid' || parcels.length === 0);
        return fits
          ? []
          : `order ${order.number} is ${order.state}: ${gone.length} parcels left, ${waiting} pieces wait`;
      });
    },
  },
  {
    name: 'nobody sends back more pieces than left',
    run({ facts }) {
      const linesOf = grouped(facts.lines, line => line.order_id);
      const returnsOf = grouped(
        facts.returns.filter(({ state }) => !['refused', 'closed'].includes(state)),
        one => one.order_id,
      );
      return facts.orders.flatMap(({ id, number }) => {
        const back = sumOf(returnsOf(id), one => one.pieces);
        const left = sumOf(linesOf(id), line => line.shipped_quantity);
        return back > left ? `order ${number}: ${back} of ${left} come back` : [];
      });
    },
  },
  {
    name: 'receipts are numbered 1 to n in each year, one for each order that was paid',
    run({ facts }) {
      const paid = new Set(facts.orders.filter(({ paid_at }) => paid_at !== null).map(({ id }) => id));
      const given = new Set(facts.receipts.map(({ order_id }) => order_id));
      const of = grouped(facts.receipts, receipt => receipt.year);
      return [
        ...[...paid].filter(id => !given.has(id)).map(id => `order id ${id} has no receipt`),
        ...[...given].filter(id => !paid.has(id)).map(id => `order id ${id} has a receipt and was not paid`),
        ...[...new Set(facts.receipts.map(({ year }) => year))].flatMap(year => {
          const numbers = of(year)
            .map(({ number }) => number)
            .toSorted((a, b) => a - b);
          return numbers.every((number, index) => number === index + 1)
            ? []
            : `${year}: ${numbers.join(' ')}`;
        }),
      ];
    },
  },
  {
    name: 'staff are told once of what only a person can mend, and a disputed order is held',
    run({ facts }) {
      const noticesOf = grouped(facts.notices, notice => notice.event_id);
      const orderOf = new Map(facts.payments.map(payment => [payment.id, payment.order_id]));
      const orders = new Map(facts.orders.map(order => [order.id, order]));
      const disputed = facts.disputes.filter(({ state }) => state !== 'won');
      return [
        ...facts.events
          .filter(({ type, id }) => TOLD.includes(type) && noticesOf(id).length !== 1)
          .map(({ type, id }) => `event ${id} (${type}): ${noticesOf(id).length} notices`),
        ...disputed.flatMap(({ payment_id, state }) => {
          const order = orders.get(orderOf.get(payment_id) ?? 0);
          const living = order && ['paid', 'fulfilling', 'shipped', 'delivered'].includes(order.state);
          return living && order.hold === null
            ? `order ${order.number}: a dispute is ${state}, nothing is held`
            : [];
        }),
      ];
    },
  },
];
