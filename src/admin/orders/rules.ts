import { readOrderNumber } from '../../lib/ids.js';
import { fold, literally } from '../../lib/text.js';
import type { CalendarDate } from '../../lib/time.js';
import type { OrderState } from '../../orders/index.js';
import type { PaymentState } from '../../payments/index.js';

export const ORDER_STATES = [
  'pending',
  'paid',
  'fulfilling',
  'shipped',
  'delivered',
  'canceled',
  'refunded',
] as const satisfies readonly OrderState[];

export const PAYMENT_STATES = [
  'opened',
  'pending',
  'captured',
  'failed',
  'expired',
  'canceled',
  'refund_due',
  'mismatch',
  'partially_refunded',
  'refunded',
  'reversed',
] as const satisfies readonly PaymentState[];

export const HOLDS = ['any', 'dispute', 'deposit_reversed'] as const;

/** Which orders a list shows. Each part that is null or false lets all of them through. */
export interface OrderFilter {
  state: OrderState | null;
  /** State of the payment that counts: the one that took money, or the newest. */
  payment: PaymentState | null;
  hold: (typeof HOLDS)[number] | null;
  /** ISO 3166-1 alpha-2, where it goes. */
  country: string | null;
  /** Days in the warehouse's calendar, both included. */
  from: CalendarDate | null;
  to: CalendarDate | null;
  /** Only orders with a refund that failed. */
  refundFailed: boolean;
  /** As typed. */
  text: string;
}

/** A place in the list: the order after or before which a page starts. `at` is in microseconds since 1970. */
export interface Cursor {
  at: number;
  id: number;
}

export const printCursor = ({ at, id }: Cursor): string => `${at}-${id}`;

export function readCursor(text: unknown): Cursor | null {
  const match = typeof text === 'string' ? /^(\d{1,16})-(\d{1,15})$/.exec(text) : null;
  return match && Number.isSafeInteger(Number(match[1]))
    ? { at: Number(match[1]), id: Number(match[2]) }
    : null;
}

/** Three letters in a row are what the index knows a text by. */
const INDEXED_LENGTH = 3;

/**
 * What a typed text is looked for as, all at once: an order number; the start of an e-mail address, where the text says so
 * by its "@", else a part of number, e-mail, name or SKU (a text too short for the index: the start of a word). All but the
 * number are patterns for LIKE.
 */
export interface TextSearch {
  number: string | null;
  email: string | null;
  words: string | null;
}

export function readText(text: string): TextSearch | null {
  const folded = fold(text);
  if (folded === '') return null;
  const pattern = literally(folded);
  const isAddress = /^[^\s@]+@[^\s@]*$/.test(text.trim());
  return {
    number: readOrderNumber(text),
    email: isAddress ? `${literally(text.normalize('NFC').trim().toLowerCase())}%` : null,
    words: isAddress ? null : [...folded].length < INDEXED_LENGTH ? `% ${pattern}%` : `%${pattern}%`,
  };
}
