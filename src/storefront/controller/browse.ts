import type { Request, RequestHandler, Response } from 'express';
import { listBundles } from '../../bundles/index.js';
import { NotFound } from '../../lib/errors.js';
import type { Locale } from '../../lib/locale.js';
import type { Currency } from '../../lib/money.js';
import { offsetOf, paginate } from '../../lib/paging.js';
import type { Db } from '../../platform/db.js';
import type { Answer } from '../../web/index.js';
import { filterOf, readListQuery, readSlug } from '../forms.js';
import { listCards, type Card } from '../queries/cards.js';
import { findCategory, type CategoryDetail } from '../queries/categories.js';
import { countFacets } from '../queries/facets.js';
import { EVERYTHING } from '../queries/filter.js';
import { remembered } from '../remembered.js';
import { withoutRepeats } from '../rules.js';
import { moved, pathsOf } from './addresses.js';
import { bundleViews } from './bundles.js';
import { cardView, tileView } from '../views/cards.js';
import { listView } from '../views/list.js';
import { breadcrumbData, siteData } from '../views/structured-data.js';

export interface BrowseDeps {
  db: Db;
  answer: Answer;
  now: () => Date;
  baseUrl: string;
}

const PAGE_SIZE = 12;
export const SECTION_SIZE = 4;
const BUNDLES_AT_HOME = 4;

/** The pages that show what is sold. */
export function browseHandlers({ db, answer, now, baseUrl }: BrowseDeps) {
  // The set's own page and the cart look anew.
  const bundlesAtHome = remembered(async (key: `${Locale} ${Currency}`) => {
    const [locale, currency] = key.split(' ') as [Locale, Currency];
    const bundles = (await listBundles(db, { locale, currency })).slice(0, BUNDLES_AT_HOME);
    return await bundleViews(db, bundles, locale);
  });

  /** A list of products: all of them, or a category's. */
  const list = async (req: Request, res: Response, category: CategoryDetail | null) => {
    const { locale, currency, t, categoryTiles } = res.locals;
    const read = readListQuery(req.query, currency);
    const request = category ? { ...read.request, categories: [category.code] } : read.request;
    const filter = filterOf(request);
    const facets = await countFacets(db, { currency, filter });
    const page = paginate(facets.total, PAGE_SIZE, read.page);
    const cards =
      facets.total === 0
        ? await listCards(db, { locale, currency, filter: EVERYTHING, sort: 'best', limit: SECTION_SIZE })
        : await listCards(db, {
            locale,
            currency,
            filter,
            sort: request.sort,
            limit: PAGE_SIZE,
            offset: offsetOf(page),
          });
    const path = category ? `/categories/${category.slugs[locale]}` : '/products';
    const view = listView({
      path,
      request,
      fixedCategory: category !== null,
      facets,
      page,
      categoryNames: categoryTiles,
      locale,
      t,
    });
    const heading =
      category?.name ??
      (request.q ? t('storefront.list.found', { q: request.q }) : t('storefront.list.title'));
    answer.page(req, res, {
      view: 'storefront/list',
      head: {
        title:
          page.number > 1
            ? t('shared.titlePage', { title: heading, page: page.number, pages: page.count })
            : heading,
        description: category?.description || t('storefront.list.description'),
        noindex: view.applied.length > 0 || facets.total === 0,
        ...(category ? { paths: pathsOf('categories', category.slugs) } : {}),
        jsonLd: category
          ? [
              breadcrumbData({ baseUrl, locale }, [
                { name: t('shared.home'), path: '/' },
                { name: category.name, path },
              ]),
            ]
          : [],
      },
      data: { list: view, heading, category, page, cards: cards.map(card => cardView(card, now())) },
    });
  };

  return {
    async home(req, res) {
      const { locale, currency, t, shop, categoryTiles } = res.locals;
      const section = (sort: 'best' | 'newest' | 'reduced', filter = EVERYTHING) =>
        listCards(db, { locale, currency, filter, sort, limit: 3 * SECTION_SIZE });
      const [fresh, best, deals] = withoutRepeats(
        await Promise.all([
          section('newest'),
          section('best'),
          section('reduced', { ...EVERYTHING, reduced: true }),
        ]),
        SECTION_SIZE,
      );
      const show = (cards: readonly Card[] = []) => cards.map(card => cardView(card, now()));
      answer.page(req, res, {
        view: 'storefront/home',
        head: {
          title: t('storefront.home.title'),
          description: t('storefront.home.description'),
          jsonLd: siteData({ baseUrl, locale }, shop),
        },
        data: {
          tiles: categoryTiles.map(tileView),
          best: show(best),
          // "Best sellers" is said only of what has been sold.
          anySold: best?.some(card => card.sold) ?? false,
          fresh: show(fresh),
          deals: show(deals),
          bundles: await bundlesAtHome(`${locale} ${currency}`),
        },
      });
    },

    products: (req, res) => list(req, res, null),

    async category(req, res) {
      const { locale } = res.locals;
      const slug = readSlug(req.params.slug);
      const category = slug && (await findCategory(db, { slug, locale }));
      if (!category) throw new NotFound();
      if (category.slugs[locale] !== slug) return moved(req, res, `/categories/${category.slugs[locale]}`);
      await list(req as Request, res, category);
    },
  } satisfies Record<string, RequestHandler<{ slug: string }>>;
}
