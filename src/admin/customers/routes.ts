import type { AdminDeps } from '../deps.js';
import type { Desk } from '../desk.js';
import { customerChanges } from './changes.js';
import { customerHandlers } from './controller.js';

export function customerRoutes(desk: Desk, deps: AdminDeps): void {
  const customers = { ...customerHandlers(deps), ...customerChanges(deps) };
  desk.get('/customers', 'customers.read', customers.list);
  desk.get('/customers/:id', 'customers.read', customers.show);
  desk.get('/customers/:id/role', 'customers.manage', customers.role);
  desk.post('/customers/:id/role', 'customers.manage', customers.changeRole);
  desk.get('/customers/:id/disabling', 'customers.manage', customers.disabling);
  desk.post('/customers/:id/disabling', 'customers.manage', customers.disable);
  desk.post('/customers/:id/enabling', 'customers.manage', customers.enable);
  desk.post('/customers/:id/sign-ins/end', 'customers.manage', customers.endSignIns);
  desk.post('/customers/:id/verification', 'customers.help', customers.resend);
  desk.get('/staff/invitation', 'staff.manage', customers.invitation);
  desk.post('/staff/invitation', 'staff.manage', customers.invite);
}
