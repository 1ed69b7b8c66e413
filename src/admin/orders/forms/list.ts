import { readOrderNumber } from '../../../lib/ids.js';
import type { CalendarDate } from '../../../lib/time.js';
import { isCountryCode, typedFields } from '../../../web/index.js';
import { HOLDS, ORDER_STATES, PAYMENT_STATES, readCursor, type Cursor, type OrderFilter } from '../rules.js';

const TEXT_LENGTH = 100;

export const FILTER_FIELDS = ['state', 'payment', 'hold', 'country', 'from', 'to', 'refund', 'q'] as const;

const oneOf = <T extends string>(list: readonly T[], value: string | undefined): T | null =>
  list.find(each => each === value) ?? null;

/** A day that exists, as a date field sends it. */
function readDay(text: string | undefined): CalendarDate | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text?.trim() ?? '');
  if (!match) return null;
  const day = new Date(`${match[0]}T00:00:00Z`);
  return Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== match[0] || match[1]! < '1970'
    ? null
    : match[0];
}

/** The filter of a list's address. What cannot be understood counts as not said; turned dates change places. */
export function readFilter(query: unknown): OrderFilter {
  const typed = typedFields(query, FILTER_FIELDS);
  const [from, to] = [readDay(typed.from), readDay(typed.to)];
  const turned = from !== null && to !== null && from > to;
  return {
    state: oneOf(ORDER_STATES, typed.state),
    payment: oneOf(PAYMENT_STATES, typed.payment),
    hold: oneOf(HOLDS, typed.hold),
    country: isCountryCode(typed.country) ? typed.country : null,
    from: turned ? to : from,
    to: turned ? from : to,
    refundFailed: typed.refund === 'failed',
    // A zero byte is in no order, and Postgres takes none.
    text: typed.q.replaceAll('\0', '').trim().slice(0, TEXT_LENGTH),
  };
}

/** Which page of a list: after or before a place; neither is the first one. */
export function readPlace(query: unknown): { after: Cursor | null; before: Cursor | null } {
  const { after, before } = typedFields(query, ['after', 'before']);
  return { after: readCursor(after), before: readCursor(before) };
}

/** A filter as the address says it, without what it does not say. */
export function filterQuery(filter: OrderFilter): URLSearchParams {
  const said: Record<(typeof FILTER_FIELDS)[number], string | null> = {
    state: filter.state,
    payment: filter.payment,
    hold: filter.hold,
    country: filter.country,
    from: filter.from,
    to: filter.to,
    refund: filter.refundFailed ? 'failed' : null,
    q: filter.text || null,
  };
  return new URLSearchParams(
    Object.entries(said).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : [])),
  );
}

/** As many as a page of the list shows. */
const MOST_AT_ONCE = 50;

/** Order numbers of checkboxes or of an address, each once; what is none is dropped. */
export function readNumbers(value: unknown): string[] {
  const texts = (Array.isArray(value) ? value : [value]).filter(each => typeof each === 'string');
  const numbers = texts.map(readOrderNumber).filter(number => number !== null);
  return [...new Set(numbers)].slice(0, MOST_AT_ONCE);
}
