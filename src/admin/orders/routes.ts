import type { AdminDeps } from '../deps.js';
import type { Desk } from '../desk.js';
import { bulkHandlers } from './controller/bulk.js';
import { cancelHandlers } from './controller/cancel.js';
import { detailHandlers } from './controller/detail.js';
import { orderListHandlers } from './controller/list.js';
import { parcelHandlers } from './controller/parcels.js';
import { refundAccountHandlers } from './controller/refund-account.js';
import { refundHandlers } from './controller/refunds.js';

export function orderRoutes(desk: Desk, deps: AdminDeps): void {
  const { list, csv } = orderListHandlers(deps);
  desk.get('/orders', 'orders.read', list);
  desk.get('/orders.csv', 'orders.export', csv);

  const { send, outcome, slips } = bulkHandlers(deps);
  desk.post('/orders/bulk', 'orders.fulfil', send);
  desk.get('/orders/begun', 'orders.read', outcome);
  desk.get('/orders/slips', 'orders.fulfil', slips);

  const { show, fulfil, note, resend } = detailHandlers(deps);
  desk.get('/orders/:number', 'orders.read', show);
  desk.post('/orders/:number/fulfilment', 'orders.fulfil', fulfil);
  desk.post('/orders/:number/notes', 'orders.fulfil', note);
  desk.post('/orders/:number/letters/:letter', 'orders.fulfil', resend);

  const parcels = parcelHandlers(deps);
  desk.get('/orders/:number/parcels', 'orders.fulfil', parcels.form);
  desk.post('/orders/:number/parcels', 'orders.fulfil', parcels.pack);
  desk.get('/orders/:number/parcels/:parcel', 'orders.fulfil', parcels.dispatchForm);
  desk.post('/orders/:number/parcels/:parcel', 'orders.fulfil', parcels.dispatch);
  desk.post('/orders/:number/parcels/:parcel/delivery', 'orders.fulfil', parcels.deliver);
  desk.post('/orders/:number/parcels/:parcel/unpacking', 'orders.fulfil', parcels.unpack);

  const refunds = refundHandlers(deps);
  desk.get('/orders/:number/refund', 'orders.refund', refunds.preview);
  desk.post('/orders/:number/refund', 'orders.refund', refunds.refund);
  desk.post('/orders/:number/payments/:payment/giving-back', 'orders.refund', refunds.giveBack);
  desk.post('/orders/:number/refunds/:refund/retry', 'orders.refund', refunds.retry);
  desk.post('/orders/:number/refunds/:refund/taking-back', 'orders.refund', refunds.takeBack);
  desk.post('/orders/:number/refunds/:refund/paid-elsewhere', 'orders.refund', refunds.paidElsewhere);

  const account = refundAccountHandlers(deps);
  desk.get('/orders/:number/refund-account', 'orders.refund', account.form);
  desk.post('/orders/:number/refund-account', 'orders.refund', account.give);

  const { form: cancelForm, cancel } = cancelHandlers(deps);
  desk.get('/orders/:number/cancellation', 'orders.fulfil', cancelForm);
  // Of a paid order it asks for `orders.refund` besides: which of the two it is, only the order tells.
  desk.post('/orders/:number/cancellation', 'orders.fulfil', cancel);
}
