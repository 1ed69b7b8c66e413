export { saveHolidays, saveZone, type MethodDraft, type ZoneDraft } from './actions.js';
export { findDelivery, findTerms, listCountries } from './queries.js';
export { plainParts, type CostParts, type Pieces, type PlainParts } from './rules/cost.js';
export { offerDelivery, type DeliveryOffer, type DeliveryOption, type Terms } from './rules/offer.js';
