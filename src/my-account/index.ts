export { scrubDueOrders } from './actions/erase.js';
export { forgetExports } from './actions/export.js';
export { myAccountSubscriptions } from './jobs.js';
export { myAccountRoutes } from './routes.js';
