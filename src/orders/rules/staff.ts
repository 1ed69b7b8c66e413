import type { OrderState } from '../rules.js';
import { isShippable, piecesToPack, type LinePieces, type ParcelFacts } from './parcels.js';

/** What staff may do with an order. Refunds and returns have conditions of their own; here is what the state allows. */
export type StaffAction =
  | 'start-fulfilling'
  | 'ship' // pieces into a new parcel, sent at once or later
  | 'ship-parcel' // a parcel that is packed
  | 'deliver'
  | 'correct-tracking'
  | 'cancel'
  | 'refund'
  | 'resend-letter'
  | 'note';

/** The actions that an order in this state allows, and no others. A held order ships nothing; a disputed one refunds nothing. */
export function staffActions({
  state,
  hold,
  lines,
  parcels,
}: {
  state: OrderState;
  hold: string | null;
  lines: readonly (LinePieces & { refundedQuantity: number })[];
  parcels: readonly ParcelFacts[];
}): StaffAction[] {
  const some = (of: ParcelFacts['state']) => parcels.some(parcel => parcel.state === of);
  const ships = isShippable(state) && hold === null;
  const left = some('shipped') || some('delivered');
  // All money went back by hand at the provider: its pieces are still to be counted, and may go on the shelf.
  const uncounted = state === 'refunded' && lines.some(line => line.refundedQuantity < line.quantity);
  const paid = state !== 'pending' && state !== 'canceled' && state !== 'refunded';
  const allowed: Record<StaffAction, boolean> = {
    'start-fulfilling': state === 'paid' && hold === null,
    ship: ships && lines.some(line => piecesToPack(line, parcels) > 0),
    'ship-parcel': ships && some('preparing'),
    deliver: some('shipped'),
    'correct-tracking': left,
    cancel: (state === 'pending' || isShippable(state)) && !left && hold !== 'dispute',
    refund: (paid || uncounted) && hold !== 'dispute',
    'resend-letter': true,
    note: true,
  };
  return (Object.keys(allowed) as StaffAction[]).filter(action => allowed[action]);
}
