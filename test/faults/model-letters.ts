import { grouped } from './facts.js';
import type { ModelCheck } from './model.js';

/** A letter that left just before the money came may arrive just after it. */
const ON_THE_WAY_MS = 3_000;

/** What the mailbox must agree with. */
export const LETTER_CHECKS: readonly ModelCheck[] = [
  {
    name: 'a paid order is told once: one event, one row, one Message-ID in the mailbox',
    run({ facts, books }) {
      const eventsOf = grouped(
        facts.events.filter(({ type }) => type === 'order.placed'),
        event => event.order_id,
      );
      const rowsOf = grouped(
        facts.letters.filter(({ kind }) => kind === 'order-placed'),
        letter => letter.event_id,
      );
      const arrivedFor = grouped(
        books.letters.filter(({ messageId }) => messageId?.includes('.order-placed.')),
        letter => /order-placed\.([\w-]+)@/.exec(letter.messageId ?? '')?.[1]?.toUpperCase() ?? '',
      );
      return facts.orders.flatMap(order => {
        const events = eventsOf(order.id);
        const rows = events.flatMap(({ id }) => rowsOf(id));
        const arrived = arrivedFor(order.number);
        const names = new Set(arrived.map(({ messageId }) => messageId));
        const wanted = order.paid_at === null ? 0 : 1;
        const ours = arrived.every(
          ({ to, text }) => to.join() === order.email && text.includes(order.number),
        );
        const sent = rows.every(({ sent_at, recipient }) => sent_at !== null && recipient === order.email);
        return [events.length, rows.length, names.size].every(number => number === wanted) && ours && sent
          ? []
          : `order ${order.number} (${order.state}): ${events.length} events, ${rows.length} rows, ${arrived.length} letters under ${names.size} names`;
      });
    },
  },
  {
    name: 'nobody who has paid is told afterwards that it did not work',
    run({ facts, books, clock }) {
      const byNumber = new Map(facts.orders.map(order => [order.number, order]));
      return books.letters.flatMap(({ messageId, receivedAt, subject }) => {
        const found = /\.(payment-failed|order-expired)\.([\w-]+)@/.exec(messageId ?? '');
        const order = byNumber.get(found?.[2]?.toUpperCase() ?? '');
        if (!found || !order?.paid_at) return [];
        const late = Date.parse(receivedAt) - clock.realOf(order.paid_at);
        return late > ON_THE_WAY_MS
          ? `order ${order.number} was paid, ${late} ms later came "${subject}"`
          : [];
      });
    },
  },
];
