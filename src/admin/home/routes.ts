import type { AdminDeps } from '../deps.js';
import type { Desk } from '../desk.js';
import { homeHandlers } from './controller.js';

export function homeRoutes(desk: Desk, deps: AdminDeps): void {
  const { show } = homeHandlers(deps);
  desk.get('/', 'orders.read', show);
}
