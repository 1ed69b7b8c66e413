import type { Locale } from '../lib/locale.js';
import { formatCalendarDay, formatMoment } from '../lib/time.js';
import type { Aftercare, Order } from '../orders/index.js';
import type { Translate } from '../platform/i18n.js';
import { errorTexts, type FieldError } from '../web/index.js';
import { mayReturn } from './actions/declare.js';
import { quantityField, type TypedReturn } from './forms.js';
import type { Return, ReturnableLine } from './queries.js';
import {
  isInTime,
  lastDay,
  MOST_PHOTOS,
  piecesToReturn,
  REASONS,
  type Reason,
  type ReturnKind,
  type ReturnState,
} from './rules.js';

/** Paths of an order's returns below its locale, each carrying the key of the permanent link. */
export function returnLinks(order: { number: string; accessKey: string }) {
  const path = (rest: string) => `/orders/${order.number}${rest}?key=${order.accessKey}`;
  return {
    order: path(''),
    cancellation: path('/cancellation'),
    withdrawal: path('/withdrawal'),
    returns: path('/returns'),
    one: (number: number) => path(`/returns/${number}`),
    photo: (number: number, position: number) => path(`/returns/${number}/photos/${position}`),
  };
}

/** Why a form is not there: nothing has left, the time is over, all pieces are back or on their way, the order has ended. */
export type NotOpen = 'early' | 'late' | 'all' | 'ended';

/** Whether goods of this order can be sent back now, and why not. */
export function notOpen(
  kind: ReturnKind,
  order: Order,
  lines: readonly ReturnableLine[],
  now: Date,
): NotOpen | null {
  if (order.state === 'pending' || order.state === 'paid') return 'early';
  if (!mayReturn(order)) return 'ended';
  if (lines.every(line => line.shippedQuantity === 0)) return 'early';
  if (!isInTime(kind, order.country, order.deliveredAt, now)) return 'late';
  return lines.some(line => piecesToReturn(line) > 0) ? null : 'all';
}

/** The last day of the period in words; null before it runs. */
const lastDayOf = (kind: ReturnKind, order: Order, locale: Locale): string | null =>
  order.deliveredAt && formatCalendarDay(lastDay(kind, order.country, order.deliveredAt), locale);

export interface NotOpenView {
  kind: ReturnKind;
  why: NotOpen;
  date: string | null;
  /** Where to go instead. */
  order: string;
  cancellation: string | null;
}

export function notOpenView(kind: ReturnKind, why: NotOpen, order: Order, locale: Locale): NotOpenView {
  const links = returnLinks(order);
  return {
    kind,
    why,
    date: lastDayOf(kind, order, locale),
    order: links.order,
    cancellation: why === 'early' ? links.cancellation : null,
  };
}

export interface ReturnFormView {
  kind: ReturnKind;
  number: string;
  action: string;
  order: string;
  /** Last day in words; null while nothing has arrived. */
  date: string | null;
  lines: {
    field: string;
    name: string;
    variantName: string;
    most: number;
    value: string;
    error: string | null;
  }[];
  reasons: readonly Reason[];
  typed: TypedReturn;
  mostPhotos: number;
  errors: { field: string; text: string }[];
  errorOf: Record<string, string>;
}

export function returnFormView(facts: {
  t: Translate;
  kind: ReturnKind;
  order: Order;
  lines: readonly ReturnableLine[];
  typed: TypedReturn;
  errors: readonly FieldError[];
  locale: Locale;
}): ReturnFormView {
  const { t, kind, order, lines, typed, locale } = facts;
  const links = returnLinks(order);
  const errors = errorTexts(t, facts.errors);
  const errorOf = Object.fromEntries(errors.map(({ field, text }) => [field, text]));
  return {
    kind,
    number: order.number,
    action: kind === 'withdrawal' ? links.withdrawal : links.returns,
    order: links.order,
    date: lastDayOf(kind, order, locale),
    lines: lines
      .filter(line => piecesToReturn(line) > 0)
      .map(line => {
        const field = quantityField(line.orderLineId);
        const { name, variantName } = line;
        const value = typed[field] ?? '';
        return { field, name, variantName, most: piecesToReturn(line), value, error: errorOf[field] ?? null };
      }),
    reasons: REASONS,
    typed,
    mostPhotos: MOST_PHOTOS,
    errors,
    errorOf,
  };
}

export interface ReturnView {
  /** Order number and number within it, as people read it aloud. */
  name: string;
  kind: ReturnKind;
  state: ReturnState;
  reason: Reason | null;
  note: string;
  refusal: string;
  createdAt: string;
  lines: { name: string; variantName: string; quantity: number }[];
  photos: string[];
  order: string;
  path: string;
}

/** A return as its buyer sees it, on its page and in letters. */
export function returnView(found: Return, order: Order, locale: Locale): ReturnView {
  const links = returnLinks(order);
  return {
    name: `${order.number}-${found.number}`,
    kind: found.kind,
    state: found.state,
    reason: found.reason,
    note: found.note,
    refusal: found.refusal,
    createdAt: formatMoment(found.createdAt, locale),
    lines: found.lines.map(({ name, variantName, quantity }) => ({ name, variantName, quantity })),
    photos: Array.from({ length: found.photos }, (_, index) => links.photo(found.number, index + 1)),
    order: links.order,
    path: links.one(found.number),
  };
}

/** What the order's page says of sending goods back: what can be asked for, and what has been. */
export function aftercareView(facts: {
  order: Order;
  lines: readonly ReturnableLine[];
  returns: readonly Return[];
  locale: Locale;
  now: Date;
}): Aftercare {
  const { order, lines, returns, locale, now } = facts;
  const links = returnLinks(order);
  const isOpen = (kind: ReturnKind) => notOpen(kind, order, lines, now) === null;
  return {
    withdrawal: isOpen('withdrawal')
      ? { path: links.withdrawal, date: lastDayOf('withdrawal', order, locale) }
      : null,
    request: isOpen('return') ? links.returns : null,
    returns: returns.map(found => {
      const { name, kind, state, createdAt, path } = returnView(found, order, locale);
      return { name, kind, state, createdAt, path };
    }),
  };
}
