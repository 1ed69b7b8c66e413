import type { Request, RequestHandler, Response } from 'express';
import { packDestination, type Destination } from '../../lib/destination.js';
import {
  destinationForm,
  errorTexts,
  localePath,
  readDestination,
  safeReturnTo,
  typedDestination,
  type Answer,
  type Cookies,
  type FieldError,
} from '../../web/index.js';
import { readCurrency, readTheme } from '../forms.js';
import { withoutPriceRange } from '../rules.js';

/** The small forms of the frame. Each keeps its choice in a cookie and leads back to the page it was on. */
export function preferenceHandlers({ answer, cookies }: { answer: Answer; cookies: Cookies }) {
  const home = (res: Response) => localePath(res.locals.locale, '/');

  /** "Where should we deliver?" as a page of its own: for what is typed wrong, and for the links of other pages. */
  const destination = (
    req: Request,
    res: Response,
    {
      shown,
      returnTo,
      errors = [],
    }: { shown: Destination; returnTo: string; errors?: readonly FieldError[] },
  ) => {
    const { t, countries = [] } = res.locals;
    const texts = errorTexts(t, errors);
    answer.page(req, res, {
      view: 'storefront/destination',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t('storefront.destination.title'), path: '/country', noindex: true },
      data: {
        form: destinationForm(shown, { countries, error: texts[0]?.text ?? null }),
        errors: texts,
        returnTo: safeReturnTo(returnTo, home(res)),
      },
    });
  };

  return {
    currency(req, res) {
      const { value, returnTo } = readCurrency(req.body);
      if (value) cookies.write(res, 'currency', value);
      answer.redirect(req, res, withoutPriceRange(safeReturnTo(returnTo, home(res))));
    },
    destination(req, res) {
      const { return_to: returnTo } = typedDestination(req.query);
      destination(req, res, { shown: res.locals.destination, returnTo });
    },
    country(req, res) {
      const typed = typedDestination(req.body);
      const { country, region, postal_code: postalCode, return_to: returnTo } = typed;
      const read = readDestination(typed);
      const offered = res.locals.countries?.some(({ code }) => code === country);
      if (!read.ok && offered)
        return destination(req, res, {
          shown: { country, region, postalCode },
          returnTo,
          errors: read.errors,
        });
      if (read.ok && offered) cookies.write(res, 'country', packDestination(read.value));
      answer.redirect(req, res, safeReturnTo(returnTo, home(res)));
    },
    theme(req, res) {
      const { value, returnTo } = readTheme(req.body);
      if (value === 'system') cookies.clear(res, 'theme');
      else if (value) cookies.write(res, 'theme', value);
      answer.redirect(req, res, safeReturnTo(returnTo, home(res)));
    },
  } satisfies Record<string, RequestHandler>;
}
