import type { AdminDeps } from '../deps.js';
import type { Desk } from '../desk.js';
import { homeHandlers } from './controller.js';

export function homeRoutes(desk: Desk, deps: AdminDeps): void {
  const { show, handle } = homeHandlers(deps);
  desk.get('/', 'orders.read', show);
  desk.post('/notices/:notice', 'notices.handle', handle);
}
