import type { Currency } from '../../../lib/money.js';
import type { OrderState } from '../../../orders/index.js';
import type { PaymentState, Provider } from '../../../payments/index.js';
import { row, rows, type Db } from '../../../platform/db.js';
import { ORDER_STATES, type Cursor, type OrderFilter } from '../rules.js';
import { matching, type Slice } from './filter.js';

export interface ListedOrder {
  id: number;
  /** Microseconds since 1970: a cursor loses nothing of the moment. */
  at: number;
  createdAt: Date;
  number: string;
  state: OrderState;
  hold: string | null;
  name: string;
  email: string;
  country: string;
  currency: Currency;
  total: number;
  pieces: number;
  paymentState: PaymentState | null;
  provider: Provider | null;
  refundFailed: boolean;
}

export interface OrderPage {
  orders: ListedOrder[];
  /** Places where the next pages start; null where there is none. */
  older: Cursor | null;
  newer: Cursor | null;
}

export const PAGE_SIZE = 50;

/** One page of the orders of a filter, newest first. */
export async function listDeskOrders(
  db: Db,
  { filter, after, before }: { filter: OrderFilter } & Omit<Slice, 'limit'>,
): Promise<OrderPage> {
  const { sql, bindings } = matching(filter, { after, before, limit: PAGE_SIZE + 1 });
  const found = await rows<ListedOrder>(
    db,
    `select o.id, cast(extract(epoch from o.created_at) * 1000000 as bigint) as at, o.created_at as "createdAt", o.number,
            o.state, o.hold, o.name, o.email, o.country, o.currency, o.total,
            (select sum(quantity)::int from order_lines l where l.order_id = o.id) as pieces,
            p.state as "paymentState", p.provider,
            exists (select from refunds r join payments each on each.id = r.payment_id
                     where each.order_id = o.id and r.state = 'failed') as "refundFailed"
       from (${sql}) found join orders o on o.id = found.id
       left join lateral (select state, provider from payments where order_id = o.id
                           order by captured_amount > 0 desc, id desc limit 1) p on true
      order by o.created_at desc, o.id desc`,
    bindings,
  );
  const backwards = after === null && before !== null;
  const more = found.length > PAGE_SIZE;
  const orders = backwards ? found.slice(more ? 1 : 0) : found.slice(0, PAGE_SIZE);
  const [first, last] = [orders[0], orders.at(-1)];
  const place = (order: ListedOrder | undefined): Cursor | null =>
    order ? { at: order.at, id: order.id } : null;
  return {
    orders,
    older: more || backwards ? place(last) : null,
    newer: (backwards && more) || after !== null ? place(first) : null,
  };
}

/** Beyond this many, a state's count is "more than": counting a year of orders would cost more than the page. */
export const COUNTED = 500;
/** Where each order has to be looked at, only so many of the newest are counted, whatever their states. */
const LOOKED_AT = 200;

export interface StateCounts {
  counts: Map<OrderState, number>;
  /** There are more than were counted, in whichever states. */
  cut: boolean;
}

/** Orders of a filter in each state, whatever state the filter itself names; bounded, however many there are. */
export async function countStates(db: Db, { filter }: { filter: OrderFilter }): Promise<StateCounts> {
  const { payment, refundFailed, text } = filter;
  return payment === null && !refundFailed && text === ''
    ? await countByIndex(db, filter)
    : await countFound(db, filter);
}

/** State, country, hold and days are in the indexes: each state is counted by itself, up to one more than `COUNTED`. */
async function countByIndex(db: Db, filter: OrderFilter): Promise<StateCounts> {
  const bindings: Record<string, unknown> = {};
  const counts = ORDER_STATES.map(state => {
    const slice = { after: null, before: null, limit: COUNTED + 1 };
    const found = matching({ ...filter, state }, slice, `in_${state}`);
    Object.assign(bindings, found.bindings);
    return `(select count(*) from (${found.sql}) o) as ${state}`;
  });
  const found = await row<Record<OrderState, number>>(db, `select ${counts.join(', ')}`, bindings);
  return { counts: new Map(ORDER_STATES.map(state => [state, found![state]])), cut: false };
}

/** Texts and payments are looked for once, and the newest that are found are told apart. */
async function countFound(db: Db, filter: OrderFilter): Promise<StateCounts> {
  const slice = { after: null, before: null, limit: LOOKED_AT };
  const { sql, bindings } = matching({ ...filter, state: null }, slice);
  const found = await rows<{ state: OrderState; count: number }>(
    db,
    `select o.state, count(*) as count from (${sql}) found join orders o on o.id = found.id group by o.state`,
    bindings,
  );
  return {
    counts: new Map(found.map(({ state, count }) => [state, count])),
    cut: found.reduce((sum, { count }) => sum + count, 0) >= LOOKED_AT,
  };
}
