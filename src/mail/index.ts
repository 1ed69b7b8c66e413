export { mailSubscriptions, type MailDeps } from './jobs.js';
export { renderLetter, type LetterKind } from './views.js';
