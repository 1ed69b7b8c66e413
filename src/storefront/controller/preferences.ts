import type { RequestHandler } from 'express';
import { localePath, safeReturnTo, type Answer, type Cookies } from '../../web/index.js';
import { readCountry, readCurrency, readTheme } from '../forms.js';
import { withoutPriceRange } from '../rules.js';

/** The small forms of the frame. Each keeps its choice in a cookie and leads back to the page it was on. */
export function preferenceHandlers({ answer, cookies }: { answer: Answer; cookies: Cookies }) {
  return {
    currency(req, res) {
      const { value, returnTo } = readCurrency(req.body);
      if (value) cookies.write(res, 'currency', value);
      answer.redirect(
        req,
        res,
        withoutPriceRange(safeReturnTo(returnTo, localePath(res.locals.locale, '/'))),
      );
    },
    country(req, res) {
      const { value, returnTo } = readCountry(req.body);
      const offered = res.locals.countries?.some(({ code }) => code === value);
      if (value && offered) cookies.write(res, 'country', value);
      answer.redirect(req, res, safeReturnTo(returnTo, localePath(res.locals.locale, '/')));
    },
    theme(req, res) {
      const { value, returnTo } = readTheme(req.body);
      if (value === 'system') cookies.clear(res, 'theme');
      else if (value) cookies.write(res, 'theme', value);
      answer.redirect(req, res, safeReturnTo(returnTo, localePath(res.locals.locale, '/')));
    },
  } satisfies Record<string, RequestHandler>;
}
