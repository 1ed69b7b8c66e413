import type { Request, Response } from 'express';
import { LOCALES, type Locale } from '../../lib/locale.js';
import { localePath, type Head } from '../../web/index.js';

/** The same product or category has another slug here: 301 to it, with the query. */
export function moved(req: Request<{ slug: string }>, res: Response, path: string): void {
  const query = req.originalUrl.indexOf('?');
  res.redirect(
    301,
    encodeURI(localePath(res.locals.locale, path)) + (query < 0 ? '' : req.originalUrl.slice(query)),
  );
}

/** A page's path in every language, for the document's head. */
export const pathsOf = (folder: string, slugs: Record<Locale, string>): NonNullable<Head['paths']> =>
  Object.fromEntries(LOCALES.map(locale => [locale, encodeURI(`/${folder}/${slugs[locale]}`)]));
