import { isLocale } from '../lib/locale.js';
import { safeReturnTo, typedFields } from '../web/index.js';
import type { AdminDeps } from './deps.js';
import type { Desk } from './desk.js';

/** Desk addresses are the same in all languages: the cookie says which one is read. */
export function languageRoutes(desk: Desk, { answer, cookies }: AdminDeps): void {
  desk.post('/language', 'open', (req, res) => {
    const { language, return_to } = typedFields(req.body, ['language', 'return_to']);
    if (isLocale(language)) cookies.write(res, 'language', language);
    const path = safeReturnTo(return_to, '/admin');
    answer.redirect(req, res, /^\/admin(?:[/?]|$)/.test(path) ? path : '/admin');
  });
}
