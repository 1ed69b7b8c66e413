export { saveZone, type RateDraft, type ZoneDraft } from './actions.js';
export { findRate, listCountries, type DeliveryRate } from './queries.js';
export { deliveryCost, deliveryDates } from './rules.js';
