export type { AdminDeps } from './deps.js';
export { adminRoutes } from './routes.js';
