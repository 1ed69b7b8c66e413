export { fillLayout } from './layout.js';
export { storefrontRoutes } from './routes.js';
export { siteRoutes } from './site.js';
