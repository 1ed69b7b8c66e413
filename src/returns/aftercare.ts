import type { Locale } from '../lib/locale.js';
import type { Aftercare, Order } from '../orders/index.js';
import type { Db } from '../platform/db.js';
import { listReturnableLines, listReturnsOfOrder } from './queries.js';
import { aftercareView } from './views.js';

/** What the page of an order, which stands a floor below, says of sending its goods back. */
export async function loadAftercare(
  db: Db,
  { order, locale, now }: { order: Order; locale: Locale; now: Date },
): Promise<Aftercare> {
  const lines = await listReturnableLines(db, { orderId: order.id });
  const returns = await listReturnsOfOrder(db, { orderId: order.id });
  return aftercareView({ order, lines, returns, locale, now });
}
