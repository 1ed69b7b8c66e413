import type { RequestHandler } from 'express';
import { unpackDestination } from '../lib/destination.js';
import { LOCALE_COUNTRY, LOCALE_CURRENCY, type Locale } from '../lib/locale.js';
import { isCurrency } from '../lib/money.js';
import { translator } from '../platform/i18n.js';
import type { Cookies } from './cookies.js';
import { takeFlash } from './flash.js';
import type { Theme } from './locals.js';

const THEMES: readonly Theme[] = ['light', 'dark', 'system'];
export const isTheme = (value: unknown): value is Theme => THEMES.includes(value as Theme);
export const isCountryCode = (value: unknown): value is string =>
  typeof value === 'string' && /^[A-Z]{2}$/.test(value);

/** What a request below `/:locale` is read in: language from the address, the rest from cookies or the language. */
export function localeContext(locale: Locale, cookies: Cookies): RequestHandler {
  return (req, res, next) => {
    const currency = cookies.read(req, 'currency');
    const destination = unpackDestination(cookies.read(req, 'country'));
    const theme = cookies.read(req, 'theme');
    res.locals.locale = locale;
    res.locals.t = translator(locale);
    res.locals.currency = isCurrency(currency) ? currency : LOCALE_CURRENCY[locale];
    res.locals.destination = destination ?? { country: LOCALE_COUNTRY[locale], region: '', postalCode: '' };
    res.locals.country = res.locals.destination.country;
    res.locals.theme = isTheme(theme) ? theme : 'system';
    res.locals.flash = req.method === 'GET' ? takeFlash(cookies, req, res) : null;
    if (cookies.read(req, 'language') !== locale) cookies.write(res, 'language', locale);
    next();
  };
}
