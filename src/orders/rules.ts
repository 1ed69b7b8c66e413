import type { Moves } from '../lib/moves.js';
import { HOUR } from '../lib/time.js';

export type OrderState =
  'pending' | 'paid' | 'fulfilling' | 'shipped' | 'delivered' | 'canceled' | 'refunded';

/** Why nothing of an order may be sent although its state would allow it: its money is in doubt. */
export type OrderHold = 'dispute' | 'deposit_reversed';

/** Whoever placed it as a guest may want to keep it in an account: once it is bought, and while it stands. */
export const offersAccount = ({ state }: { state: OrderState }): boolean =>
  state === 'paid' || state === 'fulfilling' || state === 'shipped' || state === 'delivered';

export const ORDER_MOVES: Moves<OrderState> = {
  pending: ['paid', 'canceled'],
  paid: ['fulfilling', 'canceled', 'refunded'],
  fulfilling: ['shipped', 'canceled', 'refunded'],
  shipped: ['delivered', 'refunded'],
  delivered: ['refunded'],
  // Money that came after an order's time ran out revives it, when the goods are still there.
  canceled: ['pending'],
  refunded: [],
};

/** States of an order that has its money and may give some of it back. */
export const holdsMoney = (state: OrderState): boolean =>
  state === 'paid' || state === 'fulfilling' || state === 'shipped' || state === 'delivered';

/**
 * Whether pieces of an order can be refunded. All money of a refunded one has gone back; where that was done by hand at the
 * provider, its pieces are still to be counted and may go on the shelf.
 */
export const mayRefund = (state: OrderState, allRefunded: boolean): boolean =>
  holdsMoney(state) || (state === 'refunded' && !allRefunded);

/** An order waits this long for its money, and its stock is held as long. */
export const PAYMENT_WINDOW_MS = 30 * 60 * 1_000;
/** Trying again prolongs the wait, up to this long after placing: stock is not held for ever. */
export const LAST_TRY_MS = 2 * HOUR;

/** Until when a new attempt to pay, made `now`, may hold the stock; null when it is too late for one. */
export function retryUntil(order: { state: OrderState; createdAt: Date }, now: Date): Date | null {
  const end = order.createdAt.getTime() + LAST_TRY_MS;
  if (order.state !== 'pending' || now.getTime() + PAYMENT_WINDOW_MS > end) return null;
  return new Date(now.getTime() + PAYMENT_WINDOW_MS);
}

/** Why an order was canceled, as its history keeps it. */
export const EXPIRED = 'time to pay ran out';
/** The buyer goes on with another order of the same cart, and hears of that one. */
export const REPLACED = 'replaced by a new checkout';
