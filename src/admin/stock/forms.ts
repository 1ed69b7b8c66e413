import { isCorrectionReason, MOST_PIECES, type CorrectionReason } from '../../inventory/index.js';
import { typedFields, type FieldError, type Read } from '../../web/index.js';

export const STOCK_LISTS = ['all', 'low', 'out'] as const;
export type StockList = (typeof STOCK_LISTS)[number];

export interface StockQuery {
  list: StockList;
  /** A part of a SKU or a product's name, as typed, trimmed. */
  text: string;
  /** The SKU after which the page begins; empty for the first page. */
  after: string;
}

const TEXT_LENGTH = 100;
// A zero byte is in no text, and Postgres takes none.
const plain = (text: string | undefined) =>
  (text ?? '').replaceAll('\0', '').normalize('NFC').trim().slice(0, TEXT_LENGTH);

/** What a list's address asks for. What cannot be understood counts as not said. */
export function readStockQuery(query: unknown): StockQuery {
  const typed = typedFields(query, ['list', 'q', 'after']);
  return {
    list: STOCK_LISTS.find(list => list === typed.list) ?? 'all',
    text: plain(typed.q),
    after: plain(typed.after),
  };
}

/** Pieces as typed: ASCII digits only, at most `MOST_PIECES`; null for everything else. */
function readPieces(text: string | undefined): number | null {
  const digits = (text ?? '').trim();
  if (!/^\d{1,6}$/.test(digits)) return null;
  const pieces = Number(digits);
  return pieces <= MOST_PIECES ? pieces : null;
}

const NOTE_LENGTH = 200;

/** One line of text: control characters would break the ledger's lines. */
const readNote = (text: string | undefined): string =>
  (text ?? '')
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();

/** What makes a form the same one when it arrives twice; a form without it is none of ours, and counts each time. */
const readOnce = (text: string | undefined): { once?: string } =>
  text !== undefined && /^[\w-]{20,40}$/.test(text) ? { once: text } : {};

export type Typed = Record<string, string>;

export const typedReceipt = (body: unknown): Typed => typedFields(body, ['quantity', 'note', 'once']);

export function readReceipt(typed: Typed): Read<{ quantity: number; note: string; once?: string }> {
  const errors: FieldError[] = [];
  const quantity = readPieces(typed.quantity);
  if (!quantity)
    errors.push({ field: 'quantity', key: 'admin.stock.error.quantity', values: { most: MOST_PIECES } });
  const note = readNote(typed.note);
  if (note.length > NOTE_LENGTH) errors.push({ field: 'note', key: 'admin.stock.error.long' });
  if (!quantity || errors.length > 0) return { ok: false, errors };
  return { ok: true, value: { quantity, note, ...readOnce(typed.once) } };
}

export const typedCorrection = (body: unknown): Typed =>
  typedFields(body, ['on_hand', 'reason', 'why', 'seen', 'once']);

export interface Correction {
  onHand: number;
  reason: CorrectionReason;
  note: string;
  /** What the page said was on hand. */
  seen?: number;
  once?: string;
}

export function readCorrection(typed: Typed): Read<Correction> {
  const errors: FieldError[] = [];
  const onHand = readPieces(typed.on_hand);
  if (onHand === null)
    errors.push({ field: 'on_hand', key: 'admin.stock.error.onHand', values: { most: MOST_PIECES } });
  const { reason } = typed;
  if (!isCorrectionReason(reason)) errors.push({ field: 'reason-count', key: 'admin.stock.error.reason' });
  const note = readNote(typed.why);
  if (note.length > NOTE_LENGTH) errors.push({ field: 'why', key: 'admin.stock.error.long' });
  // "Other" alone says nothing to whoever reads the ledger in a year.
  if (reason === 'other' && note === '') errors.push({ field: 'why', key: 'admin.stock.error.why' });
  if (onHand === null || !isCorrectionReason(reason) || errors.length > 0) return { ok: false, errors };
  const seen = readPieces(typed.seen);
  return {
    ok: true,
    value: { onHand, reason, note, ...(seen === null ? {} : { seen }), ...readOnce(typed.once) },
  };
}

export const typedThreshold = (body: unknown): Typed => typedFields(body, ['threshold']);

export function readThreshold(typed: Typed): Read<{ threshold: number }> {
  const threshold = readPieces(typed.threshold);
  if (threshold !== null) return { ok: true, value: { threshold } };
  return {
    ok: false,
    errors: [{ field: 'threshold', key: 'admin.stock.error.threshold', values: { most: MOST_PIECES } }],
  };
}
