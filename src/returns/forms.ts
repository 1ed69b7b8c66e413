import { newToken } from '../lib/ids.js';
import { typedFields, type FieldError, type Read } from '../web/index.js';
import type { ReturnableLine } from './queries.js';
import {
  NOTE_LENGTH,
  piecesToReturn,
  REASONS,
  type Reason,
  type ReturnKind,
  type ReturnLine,
} from './rules.js';

/** The field of a line's number of pieces. */
export const quantityField = (orderLineId: number): string => `quantity-${orderLineId}`;

export type TypedReturn = Record<string, string>;

/** Every field of the form as it was typed. A form that was never sent draws a token of its own. */
export function typedReturn(body: unknown, lines: readonly ReturnableLine[]): TypedReturn {
  const names = ['reason', 'note', 'token', ...lines.map(({ orderLineId }) => quantityField(orderLineId))];
  const typed = typedFields(body, names);
  return { ...typed, token: /^[\w-]{20,40}$/.test(typed.token ?? '') ? typed.token! : newToken() };
}

export interface ReturnForm {
  lines: ReturnLine[];
  reason: Reason | null;
  note: string;
  token: string;
}

const isReason = (text: string | undefined): text is Reason => REASONS.some(reason => reason === text);

/** What the buyer sends back and why. How many there are is asked again under the order's lock. */
export function readReturn(
  typed: TypedReturn,
  { kind, lines }: { kind: ReturnKind; lines: readonly ReturnableLine[] },
): Read<ReturnForm> {
  const errors: FieldError[] = [];
  const chosen: ReturnLine[] = [];
  for (const line of lines) {
    const field = quantityField(line.orderLineId);
    const text = (typed[field] ?? '').trim();
    if (text === '' || text === '0') continue;
    const most = piecesToReturn(line);
    const quantity = /^\d{1,3}$/.test(text) ? Number(text) : NaN;
    if (quantity >= 1 && quantity <= most) chosen.push({ orderLineId: line.orderLineId, quantity });
    else errors.push({ field, key: 'returns.error.quantity', values: { name: line.name, count: most } });
  }
  const first = lines.find(line => piecesToReturn(line) > 0);
  if (chosen.length === 0 && errors.length === 0 && first)
    errors.push({ field: quantityField(first.orderLineId), key: 'returns.error.nothing' });

  const { reason: given } = typed;
  const reason = kind === 'return' && isReason(given) ? given : null;
  if (kind === 'return' && reason === null) errors.push({ field: 'reason', key: 'returns.error.reason' });
  const note = (typed.note ?? '').normalize('NFC').replace(/\r\n/g, '\n').trim();
  if (note.length > NOTE_LENGTH)
    errors.push({ field: 'note', key: 'returns.error.note', values: { count: NOTE_LENGTH } });
  if (reason === 'other' && note === '') errors.push({ field: 'note', key: 'returns.error.other' });
  return errors.length > 0
    ? { ok: false, errors }
    : { ok: true, value: { lines: chosen, reason, note, token: typed.token! } };
}
