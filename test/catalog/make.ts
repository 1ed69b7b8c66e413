import type { ProductDraft, ProductText, VariantDraft } from '../../src/catalog/index.js';

let made = 0;

/** Words that no other product of the run has. */
export function makeText(override: Partial<ProductText> = {}): ProductText {
  made += 1;
  return {
    name: `Bench ${made}`,
    slug: `bench-${made}x`,
    summary: 'A bench.',
    descriptionHtml: '<p>A bench.</p>',
    ...override,
  };
}

export function makeVariant(override: Partial<VariantDraft> = {}): VariantDraft {
  made += 1;
  return {
    sku: `SKU-${made}`,
    values: {},
    weightGrams: 1000,
    prices: { USD: { amount: 100_00, compareAt: null } },
    ...override,
  };
}

/** A new product that can be saved as it is: English, one variant, no options. */
export function makeDraft(override: Partial<ProductDraft> = {}): ProductDraft {
  return {
    productId: null,
    state: 'active',
    translations: { en: makeText() },
    options: [],
    variants: [makeVariant()],
    now: new Date('2026-11-20T08:00:00Z'),
    ...override,
  };
}

/** Two sizes and the variants that have them. */
export const SIZES = [
  {
    code: 'size',
    name: { en: 'Size', ko: '크기' },
    values: [
      { code: 's', label: { en: 'Small', ko: '작음' } },
      { code: 'l', label: { en: 'Large', ko: '큼' } },
    ],
  },
];
