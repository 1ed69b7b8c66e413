import type { AdminDeps } from '../deps.js';
import type { Desk } from '../desk.js';
import { stockHandlers } from './controller.js';

export function stockRoutes(desk: Desk, deps: AdminDeps): void {
  const { list, show, receive, correct, setThreshold } = stockHandlers(deps);
  desk.get('/stock', 'stock.read', list);
  desk.get('/stock/:variantId', 'stock.read', show);
  desk.post('/stock/:variantId/receipt', 'stock.write', receive);
  desk.post('/stock/:variantId/correction', 'stock.write', correct);
  desk.post('/stock/:variantId/threshold', 'stock.write', setThreshold);
}
