import type { RequestHandler, Response } from 'express';
import { listPages, type PageLink } from '../content/index.js';
import { sortedCountries } from '../lib/countries.js';
import type { Locale } from '../lib/locale.js';
import type { Db } from '../platform/db.js';
import { listCountries } from '../shipping/index.js';
import { remembered } from './remembered.js';
import { listCategories, type CategoryTile } from './queries/categories.js';

interface Frame {
  categories: CategoryTile[];
  pages: PageLink[];
  countries: { code: string; name: string }[];
}

declare global {
  namespace Express {
    interface Locals {
      /** The layout's categories with their pictures, for the home page and filters. */
      categoryTiles: CategoryTile[];
      /** Where the store delivers to, by name; missing on an error page that came before. */
      countries?: { code: string; name: string }[];
    }
  }
}

/**
 * Fills `res.locals.layout` for every page below a locale. Categories, pages and countries are remembered for half a
 * minute a language, so that a page costs one statement for its frame: the count of the cart.
 */
export function fillLayout({
  db,
  cartCount,
}: {
  db: Db;
  cartCount: (res: Response) => Promise<number>;
}): RequestHandler {
  const frameOf = remembered((locale: Locale) => loadFrame(db, locale));
  return async (_req, res, next) => {
    const [{ categories, pages, countries }, count] = await Promise.all([
      frameOf(res.locals.locale),
      cartCount(res),
    ]);
    res.locals.layout = { categories, pages, cartCount: count };
    res.locals.categoryTiles = categories;
    res.locals.countries = countries;
    next();
  };
}

async function loadFrame(db: Db, locale: Locale): Promise<Frame> {
  const [categories, pages, codes] = await Promise.all([
    listCategories(db, { locale }),
    listPages(db, { locale }),
    listCountries(db),
  ]);
  return { categories, pages, countries: sortedCountries(codes, locale) };
}
