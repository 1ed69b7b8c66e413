export { saveTaxRate, type TaxRateDraft } from './actions.js';
export { findTaxRules } from './queries.js';
export {
  rateOf,
  STANDARD,
  taxationOf,
  taxOf,
  UNTAXED,
  type Tax,
  type Taxation,
  type TaxRules,
} from './rules.js';
