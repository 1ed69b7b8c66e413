import type { Locale, Localized } from '../lib/locale.js';
import type { Currency } from '../lib/money.js';

/**
 * What a product shall be, as staff, the seed or an import say it. What is left out (`?`) stays as it is: an import that
 * knows English and dollars leaves the Korean name and the price in won alone.
 */
export interface ProductDraft {
  /** The product to change; null makes a new one. */
  productId: number | null;
  brandId?: number | null;
  categoryId?: number | null;
  state: 'draft' | 'active' | 'archived';
  /** When it came into the range, for "new" and the default order; only a new product takes it, else `now`. */
  listedAt?: Date;
  /** Where an import found it, and what the import said, hashed. */
  imported?: { handle: string; digest: string };
  translations: { en: ProductText } & Partial<Record<Locale, ProductText>>;
  /** In order. Options and values that are not named any more are removed. */
  options: readonly OptionDraft[];
  /** In order, at least one. Variants that are not named any more become inactive. */
  variants: readonly VariantDraft[];
  /** In order; replaces the gallery. */
  images?: readonly ImageDraft[];
  /** In order; replaces the specification. */
  attributes?: readonly AttributeDraft[];
  now: Date;
}

export interface ProductText {
  name: string;
  /** A wish: saved as a slug, with -2, -3 … where another product has it or once had it. */
  slug: string;
  summary: string;
  /** Cleaned with lib/html when saved. */
  descriptionHtml: string;
}

export interface OptionDraft {
  /** Names the option within its product, for ever: "size". */
  code: string;
  name: Localized;
  values: readonly { code: string; label: Localized }[];
}

export interface VariantDraft {
  /** Finds the variant again; unique in the whole store. */
  sku: string;
  /** For each option's code the code of one of its values. */
  values: Readonly<Record<string, string>>;
  weightGrams: number;
  imageId?: string | null;
  /** Smallest units; null takes the variant out of sale in that currency. */
  prices: Partial<Record<Currency, { amount: number; compareAt: number | null } | null>>;
}

export interface ImageDraft {
  imageId: string | null;
  /** Where an import named the picture; one of the two is there. */
  sourceUrl: string | null;
  alt: Localized;
}

export type AttributeDraft =
  { code: string; number: number } | { code: string; text: Localized } | { code: string; flag: boolean };

/**
 * What is wrong with a draft that no database could tell: every variant needs one known value for each option, and no
 * two of them the same. Null when nothing is.
 */
export function draftProblem({
  options,
  variants,
}: Pick<ProductDraft, 'options' | 'variants'>): string | null {
  if (variants.length === 0) return 'no variants';
  const seen = new Map<string, string>();
  for (const { sku, values } of variants) {
    if (Object.keys(values).length !== options.length) return `variant ${sku} has values for other options`;
    for (const option of options) {
      if (!option.values.some(({ code }) => code === values[option.code]))
        return `variant ${sku} has no ${option.code}`;
    }
    const chosen = JSON.stringify(options.map(({ code }) => values[code]));
    const other = seen.get(chosen);
    if (other !== undefined) return `variants ${other} and ${sku} have the same values`;
    seen.set(chosen, sku);
  }
  return new Set(variants.map(({ sku }) => sku)).size === variants.length
    ? null
    : 'two variants with one SKU';
}
