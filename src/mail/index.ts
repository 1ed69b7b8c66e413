export type { MailDeps } from './deliver.js';
export { mailSubscriptions } from './jobs.js';
export { renderLetter, renderStockLetter, type LetterKind } from './views.js';
