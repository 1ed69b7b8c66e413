export { claimDiscounts, reclaimDiscounts, redeemDiscounts, releaseDiscounts } from './actions/claim.js';
export { scrubClaims } from './actions/scrub.js';
export {
  createDiscount,
  disableDiscount,
  ensureDiscount,
  updateDiscount,
  type SaveDiscountResult,
} from './actions/save.js';
export { foldCode, foldEmail, newCode } from './code.js';
export { considerDelivery, considerGoods, type Considered, type Outcome } from './consider.js';
export type { Amounts, Candidate, Customer, Discount, DiscountKind } from './discount.js';
export type { DiscountDraft, DraftProblem } from './draft.js';
export { findCode, findDiscount, listCandidates, listDiscounts, type DiscountUse } from './queries.js';
export type { Goods, Refusal } from './refusal.js';
export { priceStory, type PriceStory } from './story.js';
export { discountViews, type DiscountView } from './views.js';
