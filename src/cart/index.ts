export { closeCart, type Shopper } from './actions.js';
export { putAgain, type Again, type Wish } from './actions/again.js';
export { chooseDelivery, piecesOf } from './delivery.js';
export {
  countPieces,
  findCart,
  findClosedCart,
  findPricing,
  listLines,
  listMergedCarts,
  lockCart,
  lockOwnCarts,
  type Buyer,
  type CartLine,
} from './queries.js';
export { bringCart, loadCartHolder } from './bring.js';
export { keepCart, type CartHolder } from './holder.js';
export { forgetCarts } from './actions/forget.js';
export { mergeCarts, type MergeResult } from './actions/merge.js';
export { cartRoutes } from './routes.js';
export { quote, type Pricing, type Quote, type QuotedLine, type QuoteInput } from './quote/quote.js';
export type { QuoteLine } from './quote/line.js';
export { quoteLines } from './quote/quote-lines.js';
export { cartView, loadCartView, type CartView } from './views.js';
