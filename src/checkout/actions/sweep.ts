import { EXPIRED, findOrder, listOverdueOrders } from '../../orders/index.js';
import { listDuePayments, postponeCheck, type Payment } from '../../payments/index.js';
import { log } from '../../platform/log.js';
import { closeOrder } from './close.js';
import { askAndSettle, type PayDeps } from './pay.js';
import type { Settled } from './settled.js';

/** How many payments and orders one sweep looks at; the next one follows in a minute. */
const BATCH = 200;

/**
 * Step E of a purchase: what neither the browser's return nor a webhook has settled. Asks the provider about payments
 * that have been quiet; ends orders whose time is over, always asking the provider first. Any number may run at once.
 */
export async function sweep(deps: PayDeps, { now }: { now: Date }): Promise<void> {
  for (const payment of await listDuePayments(deps.db, { now, limit: BATCH })) {
    await guarded('payment', payment.id, async () => {
      const { settled } = await askAndSettle(deps, {
        payment,
        question: { how: await howToAsk(deps, payment) },
        actor: 'sweep',
        now,
      });
      if (STILL_OPEN.has(settled)) await postponeCheck(deps.db, { payment, now });
    });
  }
  for (const order of await listOverdueOrders(deps.db, { now, limit: BATCH })) {
    await guarded('order', order.id, () =>
      closeOrder(deps, { orderId: order.id, actor: 'sweep', cause: EXPIRED, now }),
    );
  }
}

const STILL_OPEN = new Set<Settled>(['open', 'pending', 'reversed', 'stale']);

/**
 * A confirmation without a known answer is said again; an account whose order has ended is closed, since a deposit into
 * it would find nothing to pay.
 */
async function howToAsk({ db }: PayDeps, payment: Payment): Promise<'ask' | 'resume' | 'close'> {
  if (payment.state === 'opened') return payment.confirmingAt ? 'resume' : 'ask';
  const order = await findOrder(db, { orderId: payment.orderId });
  return order?.state === 'canceled' ? 'close' : 'ask';
}

/** One bad row must not stop the others; it is found again by the next sweep. */
async function guarded(what: string, id: number, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.error('sweep', {
      [what]: id,
      error: error instanceof Error ? `${error.name}: ${error.message.slice(0, 120)}` : 'unknown',
    });
  }
}
