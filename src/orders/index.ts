export { cancelPendingOrder } from './actions/cancel.js';
export { extendOrder } from './actions/extend.js';
export { openOrder, type OrderDraft } from './actions/open.js';
export { placeOrder } from './actions/place.js';
export { reviveOrder } from './actions/revive.js';
export type { Explanation } from './explanation.js';
export {
  findCancelCause,
  findOrder,
  findOrderForViewer,
  findOrderOfCart,
  listOrderLines,
  listOverdueOrders,
  lockLiveOrder,
  lockOrder,
  type Order,
  type OrderLine,
  type OrderViewer,
} from './queries.js';
export { orderRoutes } from './routes.js';
export { orderLinks, orderView, type OrderPageView } from './views.js';
export { rememberOrder, viewerOf } from './session.js';
export { EXPIRED, retryUntil, type OrderState } from './rules.js';
