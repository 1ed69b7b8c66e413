export { considerDelivery, considerGoods, type Considered, type Outcome } from './consider.js';
export type { Candidate, Customer, Discount, DiscountKind } from './discount.js';
export type { Goods, Refusal } from './refusal.js';
