import { countryName } from '../../../lib/countries.js';
import type { Locale } from '../../../lib/locale.js';
import { money, type Money } from '../../../lib/money.js';
import { formatMoment } from '../../../lib/time.js';
import type { OrderState } from '../../../orders/index.js';
import { filterQuery } from '../forms/list.js';
import { COUNTED, type ListedOrder, type OrderPage, type StateCounts } from '../queries/list.js';
import { HOLDS, ORDER_STATES, PAYMENT_STATES, printCursor, type Cursor, type OrderFilter } from '../rules.js';

/** How a state is set off: what somebody has to do, what went well, what went wrong. */
export const STATE_BADGE: Record<OrderState, string> = {
  pending: '',
  paid: 'lime',
  fulfilling: 'warn',
  shipped: '',
  delivered: 'done',
  canceled: '',
  refunded: '',
};

export const PAYMENT_BADGE: Record<string, string> = {
  captured: 'done',
  mismatch: 'danger',
  reversed: 'danger',
  failed: 'danger',
  refund_due: 'warn',
};

interface Row {
  number: string;
  href: string;
  createdAt: string;
  state: OrderState;
  stateBadge: string;
  hold: string | null;
  payment: string | null;
  paymentBadge: string;
  provider: string | null;
  refundFailed: boolean;
  name: string;
  email: string;
  country: string;
  total: Money;
  pieces: number;
}

export interface ListView {
  filter: OrderFilter;
  /** "All" and each state: its count under the rest of the filter, and the address that shows it. */
  states: { state: OrderState | 'all'; count: string; href: string; current: boolean }[];
  rows: Row[];
  choices: {
    states: readonly string[];
    payments: readonly string[];
    holds: readonly string[];
    countries: { code: string; name: string }[];
  };
  /** Filters that are on, each with the address without it. `value` is null where the name says it all. */
  applied: { name: string; value: string; href: string }[];
  newer: string | null;
  older: string | null;
  csv: string | null;
  /** This very page, to come back to. */
  here: string;
  /** Whether orders can be chosen for what is done to several at once. */
  bulk: boolean;
}

const address = (query: URLSearchParams): string => {
  const text = query.toString();
  return `/admin/orders${text ? `?${text}` : ''}`;
};

function placeAddress(filter: OrderFilter, name: 'after' | 'before', cursor: Cursor | null): string | null {
  if (!cursor) return null;
  const query = filterQuery(filter);
  query.set(name, printCursor(cursor));
  return address(query);
}

const printCount = (count: number, cut: boolean): string =>
  cut ? `${count}+` : count > COUNTED ? `${COUNTED}+` : String(count);

function rowView(order: ListedOrder, locale: Locale): Row {
  return {
    number: order.number,
    href: `/admin/orders/${order.number}`,
    createdAt: formatMoment(order.createdAt, locale),
    state: order.state,
    stateBadge: STATE_BADGE[order.state],
    hold: order.hold,
    payment: order.paymentState,
    paymentBadge: PAYMENT_BADGE[order.paymentState ?? ''] ?? '',
    provider: order.provider,
    refundFailed: order.refundFailed,
    name: order.name,
    email: order.email,
    country: countryName(order.country, locale),
    total: money(order.total, order.currency),
    pieces: order.pieces,
  };
}

export function listView(facts: {
  filter: OrderFilter;
  page: OrderPage;
  counted: StateCounts;
  countries: { code: string; name: string }[];
  locale: Locale;
  here: string;
  mayFulfil: boolean;
  mayExport: boolean;
}): ListView {
  const { filter, page, countries, locale } = facts;
  const { counts, cut } = facts.counted;
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const query = filterQuery(filter);
  const without = (name: string) => {
    const rest = new URLSearchParams(query);
    rest.delete(name);
    return address(rest);
  };
  return {
    filter,
    states: [
      {
        state: 'all' as const,
        count: printCount(all, cut),
        href: without('state'),
        current: filter.state === null,
      },
      ...ORDER_STATES.map(state => ({
        state,
        count: printCount(counts.get(state) ?? 0, cut),
        href: address(filterQuery({ ...filter, state })),
        current: filter.state === state,
      })),
    ],
    rows: page.orders.map(order => rowView(order, locale)),
    choices: { states: ORDER_STATES, payments: PAYMENT_STATES, holds: HOLDS, countries },
    applied: [...query].map(([name, value]) => ({
      name,
      value: name === 'country' ? countryName(value, locale) : value,
      href: without(name),
    })),
    newer: placeAddress(filter, 'before', page.newer),
    older: placeAddress(filter, 'after', page.older),
    csv: facts.mayExport ? `/admin/orders.csv${query.size > 0 ? `?${query.toString()}` : ''}` : null,
    here: facts.here,
    bulk: facts.mayFulfil,
  };
}
