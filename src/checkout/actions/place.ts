import { REPLACED, type Order } from '../../orders/index.js';
import { closeOrder } from './close.js';
import { startPayment, type PayDeps } from './pay.js';
import { prepareOrder, type PlaceInput, type PrepareResult } from './prepare.js';

export type PlaceResult =
  /**
   * `redirectUrl` is the provider's page; null when there is none to open, or when it was not opened: `problem` says
   * whether it may open later (the order page offers to try again) or takes no sum as small as this.
   */
  | { ok: true; order: Order; redirectUrl: string | null; problem: 'unavailable' | 'too-small' | null }
  | Exclude<Extract<PrepareResult, { ok: false }>, { reason: 'other-order' }>
  /** An earlier order of this cart could not be ended: its payment is being looked at. */
  | { ok: false; reason: 'earlier-order'; order: Order };

/**
 * Pressing Pay. An order of the same cart that was agreed to otherwise (other lines, address, provider) is ended first,
 * its payment closed at the provider and seen to be closed, so that two pages never can both be paid.
 */
export async function place(deps: PayDeps, input: PlaceInput): Promise<PlaceResult> {
  for (let round = 1; ; round += 1) {
    const prepared = await prepareOrder(deps.db, input);
    if (prepared.ok) return await openPage(deps, prepared, input.now);
    if (prepared.reason !== 'other-order') return prepared;
    const { order } = prepared;
    if (order.state !== 'pending' || round > 2) return { ok: false, reason: 'earlier-order', order };
    const closed = await closeOrder(deps, {
      orderId: order.id,
      actor: 'buyer',
      cause: REPLACED,
      now: input.now,
    });
    if (!closed.ok) return { ok: false, reason: 'earlier-order', order };
  }
}

async function openPage(
  deps: PayDeps,
  prepared: Extract<PrepareResult, { ok: true }>,
  now: Date,
): Promise<PlaceResult> {
  if (prepared.paymentId === null)
    return { ok: true, order: prepared.order, redirectUrl: null, problem: null };
  const started = await startPayment(deps, { paymentId: prepared.paymentId, now });
  if (started.ok) return { ok: true, order: prepared.order, redirectUrl: started.redirectUrl, problem: null };
  const problem = started.reason === 'too-small' ? 'too-small' : 'unavailable';
  return { ok: true, order: prepared.order, redirectUrl: null, problem };
}
