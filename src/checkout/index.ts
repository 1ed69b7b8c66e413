export { sweep } from './actions/sweep.js';
export { attemptOf, type Gateways } from './gateways.js';
export { checkoutRoutes } from './routes.js';
export { webhookRoutes } from './webhooks.js';
