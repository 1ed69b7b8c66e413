import type { TaxRateDraft } from '../src/tax/index.js';

/** Prices at home hold the tax. */
const contained = (country: string, standard: number): TaxRateDraft[] => [
  { country, region: null, taxClass: 'standard', rateBp: standard, contained: true },
  { country, region: null, taxClass: 'zero', rateBp: 0, contained: true },
];

/** Where the store is registered, it adds the country's tax; elsewhere goods leave untaxed and the buyer pays at the border. */
const added = (country: string, standard: number, reduced: number | null): TaxRateDraft[] => [
  { country, region: null, taxClass: 'standard', rateBp: standard, contained: false },
  ...(reduced === null
    ? []
    : [{ country, region: null, taxClass: 'reduced', rateBp: reduced, contained: false }]),
  { country, region: null, taxClass: 'zero', rateBp: 0, contained: false },
];

/** Standard and reduced rates in basis points, as of 2026. The pages "delivery" and "terms" (pages.ts) name the countries. */
export const taxRates: TaxRateDraft[] = [
  ...contained('KR', 10_00),
  ...contained('UZ', 12_00),
  ...added('GB', 20_00, 5_00),
  ...added('DE', 19_00, 7_00),
  ...added('FR', 20_00, 5_50),
  ...added('JP', 10_00, 8_00),
  ...added('SG', 9_00, null),
];
