import type { AdminDeps } from '../deps.js';
import type { Desk } from '../desk.js';
import { bulkHandlers } from './bulk.js';
import { orderListHandlers } from './controller.js';

export function orderRoutes(desk: Desk, deps: AdminDeps): void {
  const { list, csv } = orderListHandlers(deps);
  desk.get('/orders', 'orders.read', list);
  desk.get('/orders.csv', 'orders.export', csv);

  const { send, outcome, slips } = bulkHandlers(deps);
  desk.post('/orders/bulk', 'orders.fulfil', send);
  desk.get('/orders/begun', 'orders.read', outcome);
  desk.get('/orders/slips', 'orders.fulfil', slips);
}
