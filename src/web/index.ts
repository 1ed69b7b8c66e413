import './locals.js';

export { createAnswer, type Answer, type Fragment, type Head, type Page } from './answer.js';
export { loadAssets, type Assets } from './assets.js';
export { isCountryCode, isTheme, localeContext } from './context.js';
export { createCookies, plainCookies, type Cookies } from './cookies.js';
export { errorPages, notFound } from './errors.js';
export { takeFlash, type Flash } from './flash.js';
export { errorTexts, fieldErrors, readId, typedFields, type FieldError, type Read } from './forms.js';
export type { Frame, Layout, Theme } from './locals.js';
export { inLocale, localePath, safeReturnTo } from './paths.js';
export { createRateLimit, type RateLimit } from './rate-limit.js';
export { requestLog } from './request-log.js';
export { readUploads, type Uploads } from './uploads.js';
export { sameSiteOnly, securityHeaders } from './security.js';
export { escapeHtml, render } from './views.js';
export { destinationForm, readDestination, typedDestination, type DestinationForm } from './destination.js';
export { saveSession } from './session.js';
export {
  CONFIRMED_FOR_MS,
  createRoutes,
  isConfirmed,
  toConfirmation,
  type Access,
  type AccessGuard,
  type Routes,
} from './routes.js';
export type { Viewer } from './viewer.js';
