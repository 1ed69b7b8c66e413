import type { MethodDraft, ZoneDraft } from '../src/shipping/index.js';
import type { Currency } from '../src/lib/money.js';
import type { Localized } from '../src/lib/locale.js';

/** Everywhere the parcel service goes besides home and Uzbekistan. */
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

/** Postcodes of islands without a bridge, as Korean carriers list them for their surcharge. */
const KOREAN_ISLANDS = [
  ['22386', '22388'], // Incheon, Jung-gu
  ['23004', '23010'], // Incheon, Ganghwa
  ['23100', '23116'], // Incheon, Ongjin
  ['23124', '23136'], // Incheon, Ongjin
  ['33411', '33411'], // Boryeong
  ['40200', '40240'], // Ulleungdo and Dokdo
  ['53031', '53033'], // Tongyeong
  ['53089', '53104'], // Tongyeong
  ['56347', '56349'], // Buan
  ['58800', '58810'], // Sinan
  ['58843', '58866'], // Sinan
  ['58953', '58958'], // Jindo
  ['59781', '59790'], // Yeosu
] as const;
/** Regions of Uzbekistan that are a day's drive or more from Toshkent. */
const FAR_REGIONS = ['UZ-QR', 'UZ-XO', 'UZ-SU'];

const KG = 1_000;
/** What one person can carry to a door; anything heavier comes by freight. */
const TWO_PEOPLE = 30 * KG;

const NAMES = {
  standard: { en: 'Standard delivery', ko: '일반 배송', uz: 'Oddiy yetkazib berish' },
  express: { en: 'Express', ko: '빠른 배송', uz: 'Tezkor yetkazib berish' },
  freight: {
    en: 'Freight, carried by two people',
    ko: '화물 배송 (2인 운반)',
    uz: 'Yuk tashish, ikki kishi olib keladi',
  },
} as const satisfies Record<string, Localized>;

/** [up to this many kilograms, amount, from this worth of the goods on]; Infinity: any weight. */
type Step = readonly [kilograms: number, amount: number, fromGoods?: number];
interface Figures {
  steps: readonly Step[];
  freeOver?: number;
  surcharge?: number;
  heavy?: number;
}

/** One method; figures in smallest units: won, cents, tiyin. */
function method(
  code: keyof typeof NAMES,
  [minBusinessDays, maxBusinessDays]: readonly [number, number],
  limits: Partial<Pick<MethodDraft, 'maxPieceGrams' | 'onlyOverGrams'>>,
  figures: Record<Currency, Figures>,
): MethodDraft {
  const rates = Object.entries(figures).map(([currency, { steps, freeOver, surcharge, heavy }]) => [
    currency,
    {
      brackets: steps.map(([kilograms, amount, fromGoods = 0]) => ({
        upToGrams: kilograms === Infinity ? null : kilograms * KG,
        fromGoods,
        amount,
      })),
      freeOver: freeOver ?? null,
      surcharge: surcharge ?? 0,
      heavySurcharge: heavy ?? 0,
    },
  ]);
  return {
    code,
    name: NAMES[code],
    minBusinessDays,
    maxBusinessDays,
    maxPieceGrams: null,
    onlyOverGrams: null,
    heavyOverGrams: TWO_PEOPLE,
    ...limits,
    rates: Object.fromEntries(rates) as MethodDraft['rates'],
  };
}

type Surcharges = Record<Currency, number>;
const NO_SURCHARGE: Surcharges = { KRW: 0, USD: 0, UZS: 0 };
const PARCEL = { maxPieceGrams: TWO_PEOPLE };
const FREIGHT = { onlyOverGrams: TWO_PEOPLE };
const EXPRESS = { maxPieceGrams: 20 * KG };

const korea = {
  standard: (days: readonly [number, number], extra: Surcharges) =>
    method('standard', days, PARCEL, {
      KRW: {
        steps: [
          [20, 3_000],
          [Infinity, 5_000],
        ],
        freeOver: 50_000,
        surcharge: extra.KRW,
      },
      USD: {
        steps: [
          [20, 2_50],
          [Infinity, 4_00],
        ],
        freeOver: 38_00,
        surcharge: extra.USD,
      },
      UZS: {
        steps: [
          [20, 28_000_00],
          [Infinity, 47_000_00],
        ],
        freeOver: 470_000_00,
        surcharge: extra.UZS,
      },
    }),
  freight: (days: readonly [number, number], extra: Surcharges) =>
    method('freight', days, FREIGHT, {
      KRW: { steps: [[Infinity, 10_000]], freeOver: 50_000, surcharge: extra.KRW, heavy: 20_000 },
      USD: { steps: [[Infinity, 7_50]], freeOver: 38_00, surcharge: extra.USD, heavy: 15_00 },
      UZS: { steps: [[Infinity, 94_000_00]], freeOver: 470_000_00, surcharge: extra.UZS, heavy: 188_000_00 },
    }),
};

const uzbekistan = {
  standard: (days: readonly [number, number], extra: Surcharges) =>
    method('standard', days, PARCEL, {
      UZS: {
        steps: [
          [20, 35_000_00],
          [Infinity, 60_000_00],
        ],
        freeOver: 600_000_00,
        surcharge: extra.UZS,
      },
      USD: {
        steps: [
          [20, 3_00],
          [Infinity, 5_00],
        ],
        freeOver: 48_00,
        surcharge: extra.USD,
      },
      KRW: {
        steps: [
          [20, 4_000],
          [Infinity, 7_000],
        ],
        freeOver: 64_000,
        surcharge: extra.KRW,
      },
    }),
  freight: (days: readonly [number, number], extra: Surcharges) =>
    method('freight', days, FREIGHT, {
      UZS: { steps: [[Infinity, 120_000_00]], freeOver: 600_000_00, surcharge: extra.UZS, heavy: 250_000_00 },
      USD: { steps: [[Infinity, 10_00]], freeOver: 48_00, surcharge: extra.USD, heavy: 21_00 },
      KRW: { steps: [[Infinity, 14_000]], freeOver: 64_000, surcharge: extra.KRW, heavy: 28_000 },
    }),
};

/** The page "delivery" (pages.ts) tells shoppers the same figures; a test compares them. */
export const zones: ZoneDraft[] = [
  {
    code: 'kr',
    position: 0,
    calendar: 'KR',
    areas: [{ country: 'KR' }],
    methods: [
      korea.standard([1, 3], NO_SURCHARGE),
      method('express', [1, 1], EXPRESS, {
        KRW: {
          steps: [
            [5, 7_000],
            [20, 9_000],
          ],
        },
        USD: {
          steps: [
            [5, 5_50],
            [20, 7_00],
          ],
        },
        UZS: {
          steps: [
            [5, 66_000_00],
            [20, 84_000_00],
          ],
        },
      }),
      korea.freight([3, 6], NO_SURCHARGE),
    ],
  },
  {
    code: 'kr-jeju',
    position: 1,
    calendar: 'KR',
    areas: [{ country: 'KR', postal: { from: '63000', to: '63644' } }],
    methods: [
      korea.standard([2, 4], { KRW: 3_000, USD: 2_50, UZS: 28_000_00 }),
      korea.freight([5, 9], { KRW: 40_000, USD: 30_00, UZS: 376_000_00 }),
    ],
  },
  {
    // Ferries take no freight.
    code: 'kr-islands',
    position: 2,
    calendar: 'KR',
    areas: KOREAN_ISLANDS.map(([from, to]) => ({ country: 'KR', postal: { from, to } })),
    methods: [korea.standard([3, 7], { KRW: 5_000, USD: 4_00, UZS: 47_000_00 })],
  },
  {
    code: 'uz',
    position: 3,
    calendar: 'UZ',
    areas: [{ country: 'UZ' }],
    methods: [
      uzbekistan.standard([2, 5], NO_SURCHARGE),
      method('express', [2, 3], EXPRESS, {
        UZS: {
          steps: [
            [5, 95_000_00],
            [20, 150_000_00],
          ],
        },
        USD: {
          steps: [
            [5, 8_00],
            [20, 12_50],
          ],
        },
        KRW: {
          steps: [
            [5, 11_000],
            [20, 17_000],
          ],
        },
      }),
      uzbekistan.freight([6, 12], NO_SURCHARGE),
    ],
  },
  {
    code: 'uz-far',
    position: 4,
    calendar: 'UZ',
    areas: FAR_REGIONS.map(region => ({ country: 'UZ', region })),
    methods: [
      uzbekistan.standard([4, 8], { UZS: 20_000_00, USD: 1_75, KRW: 2_300 }),
      uzbekistan.freight([9, 16], { UZS: 150_000_00, USD: 12_50, KRW: 17_000 }),
    ],
  },
  {
    code: 'world',
    position: 5,
    calendar: null,
    areas: WORLD.map(country => ({ country })),
    methods: [
      method('standard', [5, 12], PARCEL, {
        USD: {
          steps: [
            [5, 15_00],
            [20, 35_00],
            [Infinity, 60_00],
          ],
          freeOver: 150_00,
        },
        KRW: {
          steps: [
            [5, 20_000],
            [20, 47_000],
            [Infinity, 80_000],
          ],
          freeOver: 200_000,
        },
        UZS: {
          steps: [
            [5, 190_000_00],
            [20, 440_000_00],
            [Infinity, 750_000_00],
          ],
          freeOver: 1_900_000_00,
        },
      }),
      // From the second worth on the parcel is insured.
      method('express', [3, 5], EXPRESS, {
        USD: {
          steps: [
            [5, 39_00],
            [5, 49_00, 500_00],
            [20, 89_00],
            [20, 99_00, 500_00],
          ],
        },
        KRW: {
          steps: [
            [5, 52_000],
            [5, 65_000, 670_000],
            [20, 119_000],
            [20, 132_000, 670_000],
          ],
        },
        UZS: {
          steps: [
            [5, 490_000_00],
            [5, 615_000_00, 6_250_000_00],
            [20, 1_110_000_00],
            [20, 1_240_000_00, 6_250_000_00],
          ],
        },
      }),
      method(
        'freight',
        [15, 30],
        { ...FREIGHT, maxPieceGrams: 200 * KG },
        {
          USD: { steps: [[Infinity, 60_00]], freeOver: 150_00, heavy: 120_00 },
          KRW: { steps: [[Infinity, 80_000]], freeOver: 200_000, heavy: 160_000 },
          UZS: { steps: [[Infinity, 750_000_00]], freeOver: 1_900_000_00, heavy: 1_500_000_00 },
        },
      ),
    ],
  },
];
