import { readText, type Cursor, type OrderFilter } from '../rules.js';

/** The payment that counts: one that took money before one that did not, then the newest. */
const COUNTS_MORE = '(q.captured_amount > 0, q.id) > (p.captured_amount > 0, p.id)';

/** WHERE of an order `o` by everything but its text. Conditions are written here; what was typed is bound. */
function conditions(
  filter: OrderFilter,
  stateName: string,
): {
  where: string[];
  bindings: Record<string, unknown>;
} {
  const where: string[] = [];
  const bindings: Record<string, unknown> = {};
  const add = (name: string, value: string | null, condition: string) => {
    if (value === null) return;
    where.push(condition);
    bindings[name] = value;
  };
  add(stateName, filter.state, `o.state = :${stateName}`);
  add('country', filter.country, 'o.country = :country');
  if (filter.hold === 'any') where.push('o.hold is not null');
  else add('hold', filter.hold, 'o.hold = :hold');
  // Days begin at midnight in Korea, where the warehouse is.
  add(
    'from',
    filter.from,
    `o.created_at >= cast(cast(:from as date) as timestamp) at time zone 'Asia/Seoul'`,
  );
  add('to', filter.to, `o.created_at < cast(cast(:to as date) + 1 as timestamp) at time zone 'Asia/Seoul'`);
  add(
    'payment',
    filter.payment,
    `exists (select from payments p where p.order_id = o.id and p.state = :payment
       and not exists (select from payments q where q.order_id = p.order_id and ${COUNTS_MORE}))`,
  );
  if (filter.refundFailed)
    where.push(
      `exists (select from refunds r join payments p on p.id = r.payment_id where p.order_id = o.id and r.state = 'failed')`,
    );
  return { where, bindings };
}

/** How a page is read: newest first, or (towards the newest) the other way round. */
export interface Slice {
  after: Cursor | null;
  before: Cursor | null;
  limit: number;
}

const PLACE = `(timestamptz 'epoch' + :at * interval '1 microsecond', cast(:cursor as bigint))`;

/**
 * A statement that gives `id, created_at` of the orders of a filter, at most `limit`. A text is looked for in several
 * ways, each of which stops by itself: glued together with OR, no index would serve. `stateName` is what the filter's
 * state is bound as, where several such statements stand in one.
 */
export function matching(
  filter: OrderFilter,
  slice: Slice,
  stateName = 'state',
): { sql: string; bindings: Record<string, unknown> } {
  const { where, bindings } = conditions(filter, stateName);
  const cursor = slice.after ?? slice.before;
  if (cursor) {
    where.push(slice.after ? `(o.created_at, o.id) < ${PLACE}` : `(o.created_at, o.id) > ${PLACE}`);
    Object.assign(bindings, { at: cursor.at, cursor: cursor.id });
  }
  const order = !slice.after && slice.before ? 'o.created_at, o.id' : 'o.created_at desc, o.id desc';
  const branch = (condition: string) => `(select o.id, o.created_at from orders o
      where ${[...where, condition].join(' and ')} order by ${order} limit :limit)`;
  Object.assign(bindings, { limit: slice.limit });

  const text = readText(filter.text);
  if (text === null) return { sql: branch('true'), bindings };
  Object.assign(bindings, text);
  const ways = [
    ...(text.number === null ? [] : ['o.number = :number']),
    ...(text.email === null ? [] : ['lower(o.email) like :email']),
    ...(text.words === null ? [] : ['o.search_words like :words']),
  ];
  return {
    sql: `select o.id, o.created_at from (${ways.map(branch).join(' union ')}) o order by ${order} limit :limit`,
    bindings,
  };
}
