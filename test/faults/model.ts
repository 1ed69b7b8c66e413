import type { Book } from './book.js';
import type { MovedClock } from './clock.js';
import { grouped, sumOf, type Facts } from './facts.js';
import { DESK_CHECKS } from './model-desk.js';
import { LETTER_CHECKS } from './model-letters.js';
import { MONEY_CHECKS } from './model-money.js';
import type { ProviderBooks } from './provider-books.js';

export interface Evidence {
  facts: Facts;
  books: ProviderBooks;
  book: Book;
  clock: MovedClock;
}

/** One thing that must hold after any run: says what does not, one line each. */
export interface ModelCheck {
  name: string;
  run: (evidence: Evidence) => string[];
}

/** From where to where an order or a payment may go; written down here a second time, on purpose. */
const LATE = ['captured', 'refund_due', 'mismatch'];
const MOVES: Readonly<Record<'order' | 'payment', Readonly<Record<string, readonly string[]>>>> = {
  order: {
    '': ['pending'],
    pending: ['paid', 'canceled'],
    paid: ['fulfilling', 'canceled', 'refunded'],
    fulfilling: ['shipped', 'canceled', 'refunded'],
    shipped: ['delivered', 'refunded'],
    delivered: ['refunded'],
    canceled: ['pending'],
  },
  payment: {
    '': ['opened'],
    opened: ['pending', 'failed', 'expired', 'canceled', ...LATE],
    pending: ['failed', 'expired', 'canceled', ...LATE],
    failed: LATE,
    expired: LATE,
    canceled: LATE,
    captured: ['partially_refunded', 'refunded', 'reversed'],
    partially_refunded: ['captured', 'refunded', 'reversed'],
    refunded: ['captured', 'partially_refunded', 'refund_due', 'mismatch'],
    refund_due: ['refunded', 'reversed'],
    mismatch: ['refunded'],
    reversed: ['captured', 'refund_due', 'canceled'],
  },
};

/** Orders whose money is of another sum: a person must look, so they wait and hold their goods. */
function underReview({ payments }: Facts): ReadonlySet<number> {
  return new Set(payments.filter(({ state }) => state === 'mismatch').map(({ order_id }) => order_id));
}

/** Until when an order that nobody ended waits, and for which attempts to pay. */
function waitsFor({ id, expires_at }: Facts['orders'][number], { payments }: Facts): string {
  const attempts = payments
    .filter(({ order_id }) => order_id === id)
    .map(
      ({ provider, state, check_at }) =>
        `${provider} ${state}, asked again ${check_at?.toISOString() ?? 'never'}`,
    );
  return `until ${expires_at.toISOString()}: ${attempts.join('; ') || 'no payment'}`;
}

const CHECKS: readonly ModelCheck[] = [
  {
    name: 'pieces are conserved: came in + counted + came back = on the shelf + sold',
    run({ facts, book }) {
      const paid = new Set(facts.orders.filter(order => order.paid_at !== null).map(({ id }) => id));
      const soldOf = grouped(
        facts.lines.filter(line => paid.has(line.order_id)),
        line => line.variant_id,
      );
      const backOf = grouped(facts.restocked, line => line.variant_id);
      const countedOf = new Map(facts.counted.map(({ variant_id, delta }) => [variant_id, delta]));
      return facts.stock.flatMap(({ variant_id, on_hand }) => {
        const came = (book.received.get(variant_id) ?? 0) + (countedOf.get(variant_id) ?? 0);
        const back = sumOf(backOf(variant_id), line => line.quantity);
        const sold = sumOf(soldOf(variant_id), line => line.quantity);
        return came + back === on_hand + sold && on_hand >= 0
          ? []
          : `variant ${variant_id}: ${came} came in or were counted, ${back} came back, ${on_hand} on the shelf, ${sold} sold`;
      });
    },
  },
  {
    name: 'after settling, goods are held only for orders under review',
    run({ facts }) {
      const review = underReview(facts);
      const held = new Map<number, number>();
      for (const order of facts.orders) {
        if (order.state !== 'pending' || !review.has(order.id)) continue;
        for (const line of facts.lines.filter(({ order_id }) => order_id === order.id))
          held.set(line.variant_id, (held.get(line.variant_id) ?? 0) + line.quantity);
      }
      return facts.stock.flatMap(({ variant_id, reserved }) =>
        reserved === (held.get(variant_id) ?? 0)
          ? []
          : `variant ${variant_id}: ${reserved} held, ${held.get(variant_id) ?? 0} for orders under review`,
      );
    },
  },
  {
    name: 'after settling, nothing waits but for a person',
    run({ facts }) {
      const review = underReview(facts);
      const disputed = new Set(facts.disputes.map(({ payment_id }) => payment_id));
      const stuck = new Set(
        facts.refunds
          .filter(({ state }) => state === 'failed' || state === 'needs_account')
          .map(refund => refund.payment_id),
      );
      const forPerson = (id: number) => disputed.has(id) || stuck.has(id);
      return [
        ...facts.orders
          .filter(({ id, state }) => state === 'pending' && !review.has(id))
          .map(order => `order ${order.number} is still pending, ${waitsFor(order, facts)}`),
        ...facts.payments
          .filter(
            ({ id, state }) =>
              state === 'opened' || state === 'pending' || (state === 'refund_due' && !forPerson(id)),
          )
          .map(({ id, order_id, state }) => `payment ${id} of order ${order_id} is still ${state}`),
        ...facts.refunds
          .filter(({ state }) => state === 'requested' || state === 'pending')
          .map(({ id, payment_id, state }) => `refund ${id} of payment ${payment_id} is ${state}`),
        ...facts.deadJobs.map(({ task_identifier, last_error }) => `job ${task_identifier}: ${last_error}`),
      ];
    },
  },
  ...MONEY_CHECKS,
  ...LETTER_CHECKS,
  ...DESK_CHECKS,
  {
    name: 'a cart is closed if and only if its order is paid, and has one such order',
    run({ facts }) {
      const living = grouped(
        facts.orders.filter(({ state }) => state !== 'canceled'),
        order => order.cart_id,
      );
      const paidOf = grouped(
        facts.orders.filter(({ paid_at }) => paid_at !== null),
        order => order.cart_id,
      );
      return facts.carts.flatMap(({ id, state }) => {
        const orders = living(id);
        const paid = paidOf(id);
        const fits = (state === 'closed') === (paid.length === 1) && paid.length <= 1 && orders.length <= 1;
        const list = orders.map(order => `${order.number} ${order.state}`).join(', ');
        return fits ? [] : `cart ${id} is ${state}, its orders: ${list || 'none'}`;
      });
    },
  },
  {
    name: 'deliveries of webhooks are noted once, about the right payment, and only real ones',
    run({ facts, books, book }) {
      const seen = new Set<string>();
      const payments = new Map(facts.payments.map(payment => [payment.id, payment]));
      return facts.gatewayEvents.flatMap(({ provider, event_id, payment_id }) => {
        const key = `${provider} ${event_id}`;
        const twice = seen.has(key);
        seen.add(key);
        const foreign = payments.get(payment_id)?.provider !== provider;
        // Toss' deliveries are unsigned: a forged one may be noted, it only makes the store ask.
        const forged =
          provider === 'stripe' && (book.forgeries.has(event_id) || !books.stripeEvents.has(event_id));
        return twice || foreign || forged ? `${key} (payment ${payment_id})` : [];
      });
    },
  },
  {
    name: 'histories are unbroken chains of allowed moves',
    run({ facts }) {
      const movesOf = grouped(facts.moves, ({ subject, subject_id }) => `${subject} ${subject_id}`);
      const check = (subject: 'order' | 'payment', id: number, state: string): string[] => {
        let at: string | null = null;
        for (const { from_state, to_state, actor, cause } of movesOf(`${subject} ${id}`)) {
          const allowed: readonly string[] = MOVES[subject][at ?? ''] ?? [];
          if (from_state !== at || !allowed.includes(to_state) || !actor || !cause)
            return [`${subject} ${id}: ${from_state ?? 'nothing'} → ${to_state} after ${at ?? 'nothing'}`];
          at = to_state;
        }
        return at === state ? [] : [`${subject} ${id} is ${state}, its history says ${at ?? 'nothing'}`];
      };
      return [
        ...facts.orders.flatMap(({ id, state }) => check('order', id, state)),
        ...facts.payments.flatMap(({ id, state }) => check('payment', id, state)),
      ];
    },
  },
];

/** Names of all checks, for the report. */
export const checkNames = (): string[] => CHECKS.map(({ name }) => name);

/** Runs the model: what the database says against what the providers, the mailbox and the buyers say. */
export function checkModel(evidence: Evidence): { check: string; text: string }[] {
  const { book } = evidence;
  return [
    ...CHECKS.flatMap(({ name, run }) => run(evidence).map(text => ({ check: name, text }))),
    ...book.violations,
    ...book.failures().unexcused.map(({ process, what }) => ({
      check: 'no failure without a cut connection',
      text: `${process}: ${what}`,
    })),
  ];
}
