import type { AdminDeps } from '../deps.js';
import type { Desk } from '../desk.js';
import { discountHandlers } from './controller.js';

export function discountRoutes(desk: Desk, deps: AdminDeps): void {
  const { list, newForm, create, editForm, update, disable } = discountHandlers(deps);
  desk.get('/discounts', 'discounts.read', list);
  desk.get('/discounts/new', 'discounts.write', newForm);
  desk.post('/discounts', 'discounts.write', create);
  desk.get('/discounts/:discount', 'discounts.write', editForm);
  desk.post('/discounts/:discount', 'discounts.write', update);
  desk.post('/discounts/:discount/disabling', 'discounts.write', disable);
}
