import { Router } from 'express';
import { listPages } from '../content/index.js';
import { DEFAULT_LOCALE, LOCALES, type Locale } from '../lib/locale.js';
import type { Db } from '../platform/db.js';
import { escapeHtml, localePath } from '../web/index.js';
import { listSitemapEntries, type SitemapEntry } from './queries/sitemap.js';

interface Address {
  /** Path below the locale in each language. */
  paths: Record<Locale, string>;
  changedOn: string | null;
}

const HOUR_OF_SECONDS = 3_600;
const FOLDER: Record<SitemapEntry['kind'], string> = {
  product: 'products',
  category: 'categories',
  bundle: 'bundles',
};

/** `/sitemap.xml` and `/robots.txt`, for search engines. */
export function siteRoutes({ db, baseUrl }: { db: Db; baseUrl: string }): Router {
  const router = Router();
  router.get('/robots.txt', (_req, res) => {
    res.set('Cache-Control', `public, max-age=${HOUR_OF_SECONDS}`).type('text').send(robots(baseUrl));
  });
  router.get('/sitemap.xml', async (_req, res) => {
    const [entries, pages] = await Promise.all([
      listSitemapEntries(db),
      listPages(db, { locale: DEFAULT_LOCALE }),
    ]);
    const addresses: Address[] = [
      ...['/', '/products', '/bundles', ...pages.map(({ path }) => path)].map(path => ({
        paths: everywhere(path),
        changedOn: null,
      })),
      ...entries.map(({ kind, slugs, changedOn }) => ({
        paths: inEach(locale => `/${FOLDER[kind]}/${slugs[locale] ?? slugs.en}`),
        changedOn,
      })),
    ];
    res
      .set('Cache-Control', `public, max-age=${HOUR_OF_SECONDS}`)
      .type('application/xml')
      .send(sitemap(addresses, baseUrl));
  });
  return router;
}

const inEach = (path: (locale: Locale) => string): Record<Locale, string> =>
  Object.fromEntries(LOCALES.map(locale => [locale, path(locale)])) as Record<Locale, string>;
const everywhere = (path: string): Record<Locale, string> => inEach(() => path);

/** What is personal, or the same list in another order, is of no use to a search engine. */
function robots(baseUrl: string): string {
  const personal = LOCALES.flatMap(locale =>
    ['cart', 'checkout', 'orders', 'account'].map(path => `Disallow: /${locale}/${path}`),
  );
  return [
    'User-agent: *',
    ...personal,
    // Each visit leads to another company and begins a session.
    'Disallow: /auth/',
    'Disallow: /*?*sort=',
    '',
    `Sitemap: ${baseUrl}/sitemap.xml`,
    '',
  ].join('\n');
}

/** Each language's address names all of them, and the one for everybody else. */
export function sitemap(addresses: readonly Address[], baseUrl: string): string {
  const absolute = (locale: Locale, path: string) =>
    escapeHtml(encodeURI(baseUrl + localePath(locale, path)));
  const link = (lang: string, href: string) =>
    `<xhtml:link rel="alternate" hreflang="${lang}" href="${href}"/>`;
  const urls = addresses.flatMap(({ paths, changedOn }) => {
    const alternates =
      LOCALES.map(locale => link(locale, absolute(locale, paths[locale]))).join('') +
      link('x-default', absolute(DEFAULT_LOCALE, paths[DEFAULT_LOCALE]));
    const changed = changedOn ? `<lastmod>${changedOn}</lastmod>` : '';
    return LOCALES.map(
      locale => `<url><loc>${absolute(locale, paths[locale])}</loc>${changed}${alternates}</url>`,
    );
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ...urls,
    '</urlset>',
    '',
  ].join('\n');
}
