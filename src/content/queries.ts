import { localize, type Locale, type Localized } from '../lib/locale.js';
import { row, rows, type Db } from '../platform/db.js';

/** Pages with an address of their own; all others are policies. */
const OWN_ADDRESS = new Set(['about', 'help', 'contact', 'accessibility']);

/** Path of a page below the locale. */
export const pagePath = (slug: string): string => (OWN_ADDRESS.has(slug) ? `/${slug}` : `/policies/${slug}`);

/** A page as a list of links names it. */
export interface PageLink {
  slug: string;
  path: string;
  title: string;
}

/** All pages in the order staff chose; titles fall back to English. */
export async function listPages(db: Db, { locale }: { locale: Locale }): Promise<PageLink[]> {
  const found = await rows<{ slug: string; titles: Localized }>(
    db,
    `select p.slug, json_object_agg(pt.locale, pt.title) as titles
       from pages p join page_translations pt on pt.page_slug = p.slug and pt.locale in ('en', :locale)
      group by p.slug having bool_or(pt.locale = 'en') order by p.position, p.slug`,
    { locale },
  );
  return found.map(({ slug, titles }) => ({
    slug,
    path: pagePath(slug),
    title: localize(titles, locale).text,
  }));
}

export interface ContentPage {
  slug: string;
  title: string;
  /** HTML, sanitised when it was written. */
  bodyHtml: string;
  /** English where the page is not translated. */
  lang: Locale;
}

/** The page of a slug in the reader's language or English; null when there is none. */
export async function findPage(
  db: Db,
  { slug, locale }: { slug: string; locale: Locale },
): Promise<ContentPage | null> {
  return await row<ContentPage>(
    db,
    `select page_slug as slug, title, body_html as "bodyHtml", locale as lang
       from page_translations where page_slug = :slug and locale in ('en', :locale)
      order by locale = :locale desc limit 1`,
    { slug, locale },
  );
}
