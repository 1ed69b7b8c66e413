export { myAccountRoutes } from './routes.js';
