export { forgetStockLetters } from './actions.js';
export type { MailDeps } from './deliver.js';
export { mailSubscriptions } from './jobs.js';
export { listOrderLetters, type SentLetter } from './queries.js';
export { resendLetter, type ResendResult } from './resend.js';
export { renderLetter, renderStockLetter, type LetterKind } from './views.js';
