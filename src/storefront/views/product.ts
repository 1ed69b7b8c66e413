import { localize, type Locale } from '../../lib/locale.js';
import type { Money } from '../../lib/money.js';
import { formatDateRange } from '../../lib/time.js';
import { pictureView, type PictureView } from '../../catalog/index.js';
import { destinationName, unknownPart, type Destination } from '../../lib/destination.js';
import { offerDelivery, type Terms } from '../../shipping/index.js';
import type { Translate } from '../../platform/i18n.js';
import type { Attribute, ProductDetail, Variant } from '../queries/product.js';
import { chooseVariant, optionChoices, reduction, standingOf, stockWords, type Standing } from '../rules.js';
import { altText } from './cards.js';

interface LinkedValue {
  label: string;
  path: string;
  current: boolean;
  standing: Standing;
}

export interface ProductView {
  name: string;
  lang: Locale;
  brand: string | null;
  summary: string;
  descriptionHtml: string;
  category: { name: string; lang: Locale; path: string } | null;
  pictures: { id: string; picture: PictureView; thumb: PictureView; alt: string; lang: Locale | null }[];
  options: { code: string; name: string; values: LinkedValue[] }[];
  /** Null when nothing of the product is sold. */
  variant: {
    id: number;
    sku: string;
    standing: Standing;
    price: Money | null;
    compareAt: Money | null;
    reduction: number;
    stock: { state: 'out' | 'low' | 'in'; count: number };
  } | null;
  delivery: DeliveryView;
  specifications: { label: string; lang: Locale; value: string }[];
}

/** How one piece of the chosen variant gets to where the shopper is. */
export interface DeliveryView {
  place: string;
  /** Empty where it is not delivered; then `undelivered` says why. */
  options: { code: string; name: string; lang: Locale; cost: Money; dates: string }[];
  /** Goods of this much are delivered free; null when this piece is already, or nothing is. */
  freeOver: Money | null;
  undelivered: 'nowhere' | 'too-heavy' | null;
  /** What has not been said and might make it dearer. */
  unknown: 'postalCode' | 'region' | null;
}

interface ProductFacts {
  product: ProductDetail;
  /** `?variant=`, as it came. */
  wanted: unknown;
  /** Null where the store does not deliver. */
  terms: Terms | null;
  destination: Destination;
  locale: Locale;
  t: Translate;
  now: Date;
}

export function productView(facts: ProductFacts): ProductView {
  const { product, locale, t } = facts;
  const chosen = chooseVariant(product.variants, facts.wanted);
  const path = `/products/${product.slugs[locale]}`;
  const { category } = product;
  return {
    name: product.name,
    lang: product.lang,
    brand: product.brand,
    summary: product.summary,
    descriptionHtml: product.descriptionHtml,
    category: category && { name: category.name, lang: category.lang, path: `/categories/${category.slug}` },
    pictures: gallery(product, chosen, locale),
    options: chosen
      ? optionChoices(product.options, product.variants, chosen).map(({ code, name, values }) => ({
          code,
          name: localize(name, locale).text,
          values: values.map(({ label, sku, current, standing }) => ({
            label: localize(label, locale).text,
            // The anchor keeps the choices in sight: a plain link would start at the top again.
            path: `${path}?variant=${encodeURIComponent(sku)}#buy`,
            current,
            standing,
          })),
        }))
      : [],
    variant: chosen && variantView(chosen),
    delivery: deliveryView(facts, chosen),
    specifications: product.attributes.map(attribute => ({
      ...labelOf(attribute, locale),
      value: attributeText(attribute, locale, t),
    })),
  };
}

function variantView(variant: Variant): NonNullable<ProductView['variant']> {
  const { id, sku, price, compareAt, available } = variant;
  const reduced = price ? reduction(price, compareAt) : 0;
  return {
    id,
    sku,
    standing: standingOf(variant),
    price,
    compareAt,
    reduction: reduced,
    stock: stockWords(available),
  };
}

/** The picture of the chosen variant comes first. */
function gallery(
  { pictures }: ProductDetail,
  chosen: Variant | null,
  locale: Locale,
): ProductView['pictures'] {
  const own = (picture: { id: string }) => Number(picture.id === chosen?.imageId);
  return [...pictures]
    .sort((a, b) => own(b) - own(a))
    .map((picture, index) => ({
      id: `picture-${index + 1}`,
      picture: pictureView(picture, 1600),
      thumb: pictureView(picture, 160),
      ...altText(picture.alt, locale),
    }));
}

function deliveryView(
  { terms, destination, locale, now }: ProductFacts,
  chosen: Variant | null,
): DeliveryView {
  const place = destinationName(destination, locale);
  const unknown = unknownPart(destination);
  const price = chosen?.price;
  if (!price) return { place, options: [], freeOver: null, undelivered: null, unknown: null };
  const offer = offerDelivery(terms, { pieces: [{ grams: chosen.weightGrams, quantity: 1 }], now });
  if (!offer.ok) return { place, options: [], freeOver: null, undelivered: offer.reason, unknown: null };
  const options = offer.options.map(({ code, name, cost, from, to }) => ({
    code,
    name: localize(name, locale).text,
    lang: localize(name, locale).lang,
    cost: cost(price),
    dates: formatDateRange(from, to, locale),
  }));
  const anyFree = options.some(({ cost }) => cost.amount === 0);
  const freeOver = offer.options.find(option => option.freeOver !== null)?.freeOver ?? null;
  return { place, options, freeOver: anyFree ? null : freeOver, undelivered: null, unknown };
}

function labelOf({ label }: Attribute, locale: Locale): { label: string; lang: Locale } {
  const { text, lang } = localize(label, locale);
  return { label: text, lang };
}

const numberFormats = new Map<Locale, Intl.NumberFormat>();

/** A value with its unit: "98 kg", "98kg" in Korean, which sets no blank there. Signs stand close in every language. */
export function attributeText({ number, text, flag, unit }: Attribute, locale: Locale, t: Translate): string {
  if (text) return localize(text, locale).text;
  if (number === null) return t(flag ? 'storefront.product.yes' : 'storefront.product.no');
  let format = numberFormats.get(locale);
  if (!format)
    numberFormats.set(locale, (format = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })));
  const sign = unit ? localize(unit, locale).text : '';
  const close = locale === 'ko' || sign === '' || /^[%″°]/.test(sign);
  return format.format(number) + (close ? sign : `\u00A0${sign}`);
}
