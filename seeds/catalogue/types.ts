import type { Currency } from '../../src/lib/money.js';

/** One text in all three languages: the demo shop has no gaps. */
export interface Text3 {
  en: string;
  ko: string;
  uz: string;
}

export type CategoryCode =
  | 'cardio'
  | 'strength'
  | 'free-weights'
  | 'functional'
  | 'recovery'
  | 'wearables'
  | 'smart-training'
  | 'accessories';
export type BrandCode = 'trainium' | 'forge' | 'pulse' | 'flow';

export interface SeedCategory {
  code: CategoryCode;
  slug: Text3;
  name: Text3;
  description: Text3;
  /** Picture file (without extension) that stands for the category. */
  image: string;
}

/** What can be said about a product in one typed value; labels are translated once, here. */
export interface SeedAttribute {
  code: string;
  label: Text3;
  kind: 'number' | 'text' | 'flag';
  /** For numbers: the unit's sign as printed after the value, the same in all languages unless given per language. */
  unit?: string | Text3;
}

export type SeedSpecification =
  | { attribute: string; number: number }
  | { attribute: string; text: Text3 }
  | { attribute: string; flag: boolean };

export interface SeedOption {
  code: string; // 'colour', 'weight', 'size', 'resistance' …
  name: Text3;
  values: { code: string; label: Text3 }[];
}

export interface SeedVariant {
  sku: string;
  /** One value code per option of the product; empty for a product without options. */
  values: Record<string, string>;
  /** Major units as a shopper reads them: USD with cents, KRW and UZS whole. */
  prices: Partial<Record<Currency, number>>;
  /** Former price where the variant is reduced (only higher than the price). */
  compareAt?: Partial<Record<Currency, number>>;
  stock: number;
  weightGrams: number;
  /** Picture file that shows this variant, where one does. */
  image?: string;
}

export interface SeedProduct {
  slug: Text3;
  brand: BrandCode;
  category: CategoryCode;
  name: Text3;
  /** One sentence for cards and meta descriptions, at most 120 characters. */
  summary: Text3;
  /** HTML of p, ul, li, strong and h3 only: two to four paragraphs, perhaps one list. */
  description: Text3;
  specifications: SeedSpecification[];
  options: SeedOption[];
  variants: SeedVariant[];
  images: { file: string; alt: Text3 }[];
  /** Days since the product came into the range (smaller is newer), for "new" and the default order. */
  listedDaysAgo: number;
}
