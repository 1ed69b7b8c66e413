import { setsAvailable, type BundleForSale } from '../../bundles/index.js';
import { pictureView, type PictureView } from '../../catalog/index.js';
import type { Locale } from '../../lib/locale.js';
import type { Money } from '../../lib/money.js';
import { stockWords } from '../rules.js';

/** A set as lists and its own page print it. */
export interface BundleView {
  id: number;
  name: string;
  lang: Locale;
  summary: string;
  descriptionHtml: string;
  path: string;
  price: Money | null;
  /** What the parts cost one by one, where that is more. */
  compareAt: Money | null;
  saving: Money | null;
  stock: { state: 'out' | 'low' | 'in'; count: number };
  buyable: boolean;
  parts: {
    name: string;
    lang: Locale;
    variantName: string;
    path: string;
    quantity: number;
    unit: Money | null;
    picture: PictureView | null;
  }[];
}

export function bundleView(
  bundle: BundleForSale,
  available: ReadonlyMap<number, number>,
  locale: Locale,
): BundleView {
  const { bundleId, name, lang, summary, descriptionHtml, slugs, price, partsTotal, saving } = bundle;
  const sets = setsAvailable(
    bundle.parts.map(({ variant: { variantId }, quantity }) => ({ variantId, quantity })),
    available,
  );
  const saves = price !== null && saving.amount > 0;
  return {
    id: bundleId,
    name,
    lang,
    summary,
    descriptionHtml,
    path: `/bundles/${slugs[locale]}`,
    price,
    compareAt: saves ? partsTotal : null,
    saving: saves ? saving : null,
    stock: stockWords(sets),
    buyable: price !== null && sets > 0,
    parts: bundle.parts.map(({ variant, quantity }) => ({
      name: variant.name,
      lang: variant.lang,
      variantName: variant.variantName,
      path: `/products/${variant.slug}?variant=${encodeURIComponent(variant.sku)}`,
      quantity,
      unit: variant.price,
      picture: variant.picture && pictureView(variant.picture, 720),
    })),
  };
}
