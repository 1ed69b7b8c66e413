import type { ZoneDraft } from '../src/shipping/index.js';

/** Everywhere the parcel service goes besides home and Uzbekistan; customs are the buyer's. */
const WORLD = [
  ...['US', 'CA', 'MX', 'BR'],
  ...[
    'GB',
    'IE',
    'DE',
    'FR',
    'NL',
    'BE',
    'ES',
    'PT',
    'IT',
    'AT',
    'CH',
    'PL',
    'CZ',
    'SE',
    'NO',
    'DK',
    'FI',
    'TR',
  ],
  ...['JP', 'SG', 'HK', 'TW', 'AU', 'NZ', 'AE', 'SA'],
  ...['KZ', 'KG', 'TJ', 'TM', 'AZ', 'GE', 'MN'],
];

/** Smallest units: cents, won, tiyin. The page "delivery" (pages.ts) tells shoppers the same figures. */
export const zones: ZoneDraft[] = [
  {
    code: 'kr',
    position: 0,
    countries: ['KR'],
    rates: {
      KRW: { amount: 3_000, freeOver: 50_000, minBusinessDays: 1, maxBusinessDays: 3 },
      USD: { amount: 2_50, freeOver: 38_00, minBusinessDays: 1, maxBusinessDays: 3 },
      UZS: { amount: 28_000_00, freeOver: 470_000_00, minBusinessDays: 1, maxBusinessDays: 3 },
    },
  },
  {
    code: 'uz',
    position: 1,
    countries: ['UZ'],
    rates: {
      UZS: { amount: 35_000_00, freeOver: 600_000_00, minBusinessDays: 2, maxBusinessDays: 5 },
      USD: { amount: 3_00, freeOver: 48_00, minBusinessDays: 2, maxBusinessDays: 5 },
      KRW: { amount: 4_000, freeOver: 64_000, minBusinessDays: 2, maxBusinessDays: 5 },
    },
  },
  {
    code: 'world',
    position: 2,
    countries: WORLD,
    rates: {
      USD: { amount: 15_00, freeOver: 150_00, minBusinessDays: 5, maxBusinessDays: 12 },
      KRW: { amount: 20_000, freeOver: 200_000, minBusinessDays: 5, maxBusinessDays: 12 },
      UZS: { amount: 190_000_00, freeOver: 1_900_000_00, minBusinessDays: 5, maxBusinessDays: 12 },
    },
  },
];
