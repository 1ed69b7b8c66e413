export { savePage, type PageDraft, type PageText } from './actions.js';
export { findPage, listPages, pagePath, type ContentPage, type PageLink } from './queries.js';
