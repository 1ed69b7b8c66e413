import { readDispatch, type Dispatch } from '../../../orders/index.js';
import { parseAmount, type Currency } from '../../../lib/money.js';
import { typedFields, type FieldError, type Read } from '../../../web/index.js';

/** How many pieces of each line, as fields `quantity_<line>`; also as typed, for showing the form again. */
export interface TypedPieces {
  typed: Record<string, string>;
  lines: { lineId: number; quantity: number }[];
  errors: FieldError[];
}

/** Pieces of these lines: nothing typed is none. Lines that the order does not have are not read at all. */
export function readPieces(source: unknown, lineIds: readonly number[]): TypedPieces {
  const typed = typedFields(
    source,
    lineIds.map(id => `quantity_${id}`),
  );
  const errors: FieldError[] = [];
  const lines = lineIds.flatMap(lineId => {
    const field = `quantity_${lineId}`;
    const text = typed[field]!.normalize('NFKC').trim();
    if (text === '') return [];
    if (!/^\d{1,5}$/.test(text)) {
      errors.push({ field, key: 'admin.pieces.error.number' });
      return [];
    }
    return Number(text) > 0 ? [{ lineId, quantity: Number(text) }] : [];
  });
  return { typed, lines, errors };
}

/** Carrier and tracking number, as typed and as read. */
export function readCarrier(source: unknown): { typed: Record<string, string>; read: Read<Dispatch> } {
  const typed = typedFields(source, ['carrier', 'tracking_number']);
  const found = readDispatch(typed.carrier, typed.tracking_number);
  if (found.ok)
    return {
      typed,
      read: { ok: true, value: { carrier: found.carrier, trackingNumber: found.trackingNumber } },
    };
  const { field, reason } = found;
  const name = field === 'carrier' ? 'carrier' : 'number';
  return { typed, read: { ok: false, errors: [{ field, key: `admin.parcel.error.${name}_${reason}` }] } };
}

export interface TypedRefund {
  /** Whether anything was chosen at all. */
  asked: boolean;
  typed: Record<string, string>;
  choice: {
    lines: { orderLineId: number; quantity: number; restock: boolean }[];
    shippingAmount: number;
  };
  cause: string;
  errors: FieldError[];
}

const CAUSE_LENGTH = 200;

/** What to give back: pieces, which of them go back on the shelf, a part of the delivery, and why. */
export function readRefund(source: unknown, lineIds: readonly number[], currency: Currency): TypedRefund {
  const pieces = readPieces(source, lineIds);
  const others = typedFields(source, ['delivery', 'cause', ...lineIds.map(id => `restock_${id}`)]);
  const errors = [...pieces.errors];
  const text = others.delivery!.normalize('NFKC').replace(/[\s,]/g, '');
  const delivery = text === '' ? { amount: 0 } : parseAmount(text, currency);
  if (!delivery) errors.push({ field: 'delivery', key: 'admin.refund.error.delivery' });
  const cause = others.cause!.replaceAll('\0', '').normalize('NFC').trim();
  if (cause.length > CAUSE_LENGTH) errors.push({ field: 'cause', key: 'admin.refund.error.cause' });
  const lines = pieces.lines.map(({ lineId, quantity }) => ({
    orderLineId: lineId,
    quantity,
    restock: others[`restock_${lineId}`] === 'yes',
  }));
  const shippingAmount = delivery?.amount ?? 0;
  return {
    asked: lines.length > 0 || shippingAmount > 0 || errors.length > 0,
    typed: { ...pieces.typed, ...others },
    choice: { lines, shippingAmount },
    cause: cause.slice(0, CAUSE_LENGTH) || 'refund by staff',
    errors,
  };
}
