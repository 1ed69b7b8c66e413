import type { Moves } from '../../lib/moves.js';
import type { OrderState } from '../rules.js';

export type ShipmentState = 'preparing' | 'shipped' | 'delivered';

export const SHIPMENT_MOVES: Moves<ShipmentState> = {
  preparing: ['shipped'],
  shipped: ['delivered'],
  delivered: [],
};

/** What of a line has left, and what never will. */
export interface LinePieces {
  id: number;
  quantity: number;
  shippedQuantity: number;
  /** Refunded before they left. */
  canceledQuantity: number;
}

/** A parcel as the rules see it. */
export interface ParcelFacts {
  state: ShipmentState;
  lines: readonly { lineId: number; quantity: number }[];
}

/** Pieces of a line that still have to leave. */
export const piecesToShip = (line: LinePieces): number =>
  line.quantity - line.shippedQuantity - line.canceledQuantity;

/** Pieces of a line that lie in no parcel yet. Never below zero, also where packed pieces were refunded since. */
export function piecesToPack(line: LinePieces, parcels: readonly ParcelFacts[]): number {
  const packed = parcels
    .filter(parcel => parcel.state === 'preparing')
    .flatMap(parcel => parcel.lines)
    .filter(({ lineId }) => lineId === line.id)
    .reduce((sum, { quantity }) => sum + quantity, 0);
  return Math.max(0, piecesToShip(line) - packed);
}

/** States of an order whose goods may leave. */
export const isShippable = (state: OrderState): boolean => state === 'paid' || state === 'fulfilling';

/**
 * Where an order stands by what its parcels have done: `shipped` when every piece that is not canceled has left,
 * `delivered` when every parcel that left has arrived. An order of which nothing left stays what it is.
 */
export function progress(
  lines: readonly LinePieces[],
  parcels: readonly ParcelFacts[],
): 'shipped' | 'delivered' | null {
  const left = parcels.filter(parcel => parcel.state !== 'preparing');
  if (left.length === 0 || lines.some(line => piecesToShip(line) > 0)) return null;
  return left.every(parcel => parcel.state === 'delivered') ? 'delivered' : 'shipped';
}

export type PackProblem =
  { reason: 'empty' } | { reason: 'unknown-line'; lineId: number } | { reason: 'too-many'; lineId: number };

/** Why these pieces cannot go into a parcel; null when they can. `room` says how many of a line may. */
export function packProblem(
  wanted: readonly { lineId: number; quantity: number }[],
  lines: readonly LinePieces[],
  room: (line: LinePieces) => number,
): PackProblem | null {
  if (wanted.length === 0) return { reason: 'empty' };
  const seen = new Set<number>();
  for (const { lineId, quantity } of wanted) {
    const line = lines.find(({ id }) => id === lineId);
    if (!line || seen.has(lineId) || !Number.isSafeInteger(quantity) || quantity < 1)
      return { reason: 'unknown-line', lineId };
    if (quantity > room(line)) return { reason: 'too-many', lineId };
    seen.add(lineId);
  }
  return null;
}
