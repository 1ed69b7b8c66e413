import type { AdminDeps } from '../deps.js';
import type { Desk } from '../desk.js';
import { reconciliationHandlers } from './controller.js';

export function reconciliationRoutes(desk: Desk, deps: AdminDeps): void {
  const { list, begin, show, repair, dismiss } = reconciliationHandlers(deps);
  desk.get('/reconciliation', 'reconciliation.read', list);
  desk.post('/reconciliation/runs', 'reconciliation.repair', begin);
  desk.get('/reconciliation/:finding', 'reconciliation.read', show);
  desk.post('/reconciliation/:finding/repairs', 'reconciliation.repair', repair);
  desk.post('/reconciliation/:finding/dismissal', 'reconciliation.repair', dismiss);
}
