export { closeCart } from './actions.js';
export { countPieces, findCart, findClosedCart, listLines, lockCart, type CartLine } from './queries.js';
export { cartRoutes } from './routes.js';
export type { Quote } from './rules.js';
export { cartView, loadCartView, quoteLines, type CartView } from './views.js';
