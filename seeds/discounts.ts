import type { DiscountDraft } from '../src/discounts/index.js';
import type { CategoryCode } from './catalogue/types.js';

/** A discount of the demo: what a draft needs, with categories by the names that the demo's files use. */
export interface SeedDiscount extends Omit<DiscountDraft, 'productIds' | 'categoryIds'> {
  categories: CategoryCode[];
}

const plain = {
  rateBp: 0,
  amounts: {},
  buy: 0,
  get: 0,
  minimums: {},
  categories: [],
  startsAt: null,
  endsAt: null,
  firstOrderOnly: false,
  limitPerCustomer: null,
  limitTotal: null,
  exclusive: false,
} satisfies Partial<SeedDiscount>;

/** Smallest units: cents, won, tiyin. */
export const discounts: SeedDiscount[] = [
  {
    ...plain,
    code: null,
    name: {
      en: 'Buy 2, get 1 free on accessories',
      ko: '액세서리 2+1',
      uz: 'Aksessuarlar: 2 ta oling, 1 tasi bepul',
    },
    kind: 'buy_get',
    rateBp: 100_00,
    buy: 2,
    get: 1,
    categories: ['accessories'],
    position: 10,
  },
  {
    ...plain,
    code: 'WELCOME10',
    name: { en: '10% off your first order', ko: '첫 주문 10% 할인', uz: 'Birinchi buyurtmaga 10% chegirma' },
    kind: 'percent',
    rateBp: 10_00,
    firstOrderOnly: true,
    position: 10,
  },
  {
    ...plain,
    code: 'RECOVER-15',
    name: {
      en: 'A sum off recovery gear',
      ko: '회복 용품 정액 할인',
      uz: 'Tiklanish jihozlariga chegirma',
    },
    kind: 'amount',
    amounts: { USD: 15_00, KRW: 20_000, UZS: 190_000_00 },
    minimums: { USD: 75_00, KRW: 100_000, UZS: 950_000_00 },
    categories: ['recovery'],
    limitPerCustomer: 1,
    limitTotal: 500,
    position: 20,
  },
  {
    ...plain,
    code: 'FREEPOST',
    name: { en: 'Free delivery', ko: '무료 배송', uz: 'Bepul yetkazib berish' },
    kind: 'free_delivery',
    limitPerCustomer: 3,
    position: 30,
  },
];
