import { localize, type Locale } from '../../lib/locale.js';
import type { Money } from '../../lib/money.js';
import { DAY } from '../../lib/time.js';
import { pictureView, type PictureView } from '../../catalog/index.js';
import type { Card } from '../queries/cards.js';
import { reduction, stockWords } from '../rules.js';

export interface CardView {
  name: string;
  lang: Locale;
  path: string;
  brand: string | null;
  price: Money | null;
  compareAt: Money | null;
  priceVaries: boolean;
  /** Whole percent; 0 when not reduced. */
  reduction: number;
  isNew: boolean;
  /** Said only when there is little or nothing left. */
  stock: { state: 'out' | 'low'; count: number } | null;
  picture: PictureView | null;
}

const NEW_FOR = 45 * DAY;

export function cardView(card: Card, now: Date): CardView {
  const { state, count } = stockWords(card.available);
  return {
    name: card.name,
    lang: card.lang,
    path: `/products/${card.slug}`,
    brand: card.brand,
    price: card.price,
    compareAt: card.compareAt,
    priceVaries: card.priceVaries,
    reduction: card.price ? reduction(card.price, card.compareAt) : 0,
    isNew: now.getTime() - card.listedAt.getTime() < NEW_FOR,
    stock: state === 'in' ? null : { state, count },
    picture: card.picture && pictureView(card.picture),
  };
}

export interface TileView {
  name: string;
  lang: Locale;
  path: string;
  picture: PictureView | null;
}

export function tileView(category: {
  name: string;
  lang: Locale;
  slug: string;
  picture: Parameters<typeof pictureView>[0] | null;
}): TileView {
  const { name, lang, slug, picture } = category;
  return { name, lang, path: `/categories/${slug}`, picture: picture && pictureView(picture, 480) };
}

/** `alt` in the reader's language, and the language to mark it with where that is another one. */
export function altText(
  alt: Parameters<typeof localize>[0],
  locale: Locale,
): { alt: string; lang: Locale | null } {
  const { text, lang } = localize(alt, locale);
  return { alt: text, lang: lang === locale ? null : lang };
}
