export { saveBundle, type BundleDraft, type BundleText, type SaveBundleResult } from './actions.js';
export { findBundle, listBundles, listBundlesById, type BundleForSale, type BundlePart } from './queries.js';
export { setsAvailable } from './rules.js';
