import type { AdminDeps } from '../deps.js';
import type { Desk } from '../desk.js';
import { returnHandlers } from './controller.js';

export function returnRoutes(desk: Desk, deps: AdminDeps): void {
  const { list, show, photo, accept, refuse, close, receive } = returnHandlers(deps);
  desk.get('/returns', 'orders.read', list);
  desk.get('/orders/:number/returns/:return', 'orders.read', show);
  desk.get('/orders/:number/returns/:return/photos/:photo', 'orders.read', photo);
  desk.post('/orders/:number/returns/:return/acceptance', 'returns.decide', accept);
  desk.post('/orders/:number/returns/:return/refusal', 'returns.decide', refuse);
  desk.post('/orders/:number/returns/:return/closing', 'returns.decide', close);
  desk.post('/orders/:number/returns/:return/receipt', 'orders.refund', receive);
}
