export { readAddress, typedAddress, type TypedAddress } from './address-form.js';
export { addressFieldViews, contactFields, type FieldView } from './field-views.js';
export { askAndSettle, askProvider, type PayDeps } from './actions/pay.js';
export { closeOrder, type CloseResult } from './actions/close.js';
export { giveBack, type GiveBackResult } from './actions/give-back.js';
export { reviewPayment } from './actions/review.js';
export { sweep } from './actions/sweep.js';
export { checkoutRoutes } from './routes.js';
export { webhookRoutes } from './webhooks.js';
