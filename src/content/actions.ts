import { cleanHtml } from '../lib/html.js';
import { LOCALES, type Locale } from '../lib/locale.js';
import type { Tx } from '../platform/db.js';

/** A page of words: help, terms, about. */
export interface PageDraft {
  /** The same in all languages, and for ever: "privacy". */
  slug: string;
  position: number;
  /** Languages that are left out stay as they are. Bodies are cleaned when saved; their highest heading is h2. */
  translations: { en: PageText } & Partial<Record<Locale, PageText>>;
}

export interface PageText {
  title: string;
  bodyHtml: string;
}

/** Makes the page of this slug what the draft says. */
export async function savePage(tx: Tx, { slug, position, translations }: PageDraft): Promise<void> {
  await tx('pages').insert({ slug, position }).onConflict('slug').merge();
  const texts = LOCALES.flatMap(locale => {
    const text = translations[locale];
    return text ? [{ locale, ...text }] : [];
  });
  await tx('page_translations')
    .insert(
      texts.map(({ locale, title, bodyHtml }) => ({
        page_slug: slug,
        locale,
        title,
        body_html: cleanHtml(bodyHtml, { topHeading: 2 }),
      })),
    )
    .onConflict(['page_slug', 'locale'])
    .merge();
}
