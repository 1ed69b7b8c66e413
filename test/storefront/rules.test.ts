import { describe, expect, it } from 'vitest';
import { money } from '../../src/lib/money.js';
import type { Option, Variant } from '../../src/storefront/queries/product.js';
import {
  appliedFilters,
  chooseVariant,
  listQuery,
  optionChoices,
  reduction,
  standingOf,
  stockWords,
  withoutPriceRange,
  withoutRepeats,
  type ListRequest,
} from '../../src/storefront/rules.js';

const usd = (amount: number) => money(amount, 'USD');
const variant = (over: Partial<Variant>): Variant => ({
  id: 1,
  sku: 'A',
  values: {},
  price: usd(10_000),
  compareAt: null,
  weightGrams: 1_000,
  available: 3,
  imageId: null,
  ...over,
});

describe('the variant a product page shows', () => {
  const soldOut = variant({ id: 1, sku: 'OUT', available: 0 });
  const unpriced = variant({ id: 2, sku: 'FREE', price: null });
  const good = variant({ id: 3, sku: 'GOOD' });

  it('is the one that the address names by SKU or id, even sold out', () => {
    expect(chooseVariant([soldOut, unpriced, good], 'OUT')).toBe(soldOut);
    expect(chooseVariant([soldOut, unpriced, good], '2')).toBe(unpriced);
  });

  it('is the first that can be bought when the address names none, or nonsense', () => {
    for (const wanted of [undefined, '', 'nope', ['GOOD', 'OUT'], { a: 1 }, '__proto__']) {
      expect(chooseVariant([soldOut, unpriced, good], wanted)).toBe(good);
    }
  });

  it('is a priced one before an unpriced one when nothing can be bought', () => {
    expect(chooseVariant([unpriced, soldOut], undefined)).toBe(soldOut);
    expect(chooseVariant([unpriced], undefined)).toBe(unpriced);
    expect(chooseVariant([], undefined)).toBeNull();
  });
});

describe('option choices', () => {
  const label = (en: string) => ({ en });
  const options: Option[] = [
    {
      code: 'colour',
      name: label('Colour'),
      values: ['black', 'lime', 'gold'].map(code => ({ code, label: label(code) })),
    },
    { code: 'size', name: label('Size'), values: ['s', 'l'].map(code => ({ code, label: label(code) })) },
  ];
  const variants = [
    variant({ id: 1, sku: 'BS', values: { colour: 'black', size: 's' } }),
    variant({ id: 2, sku: 'BL', values: { colour: 'black', size: 'l' }, available: 0 }),
    variant({ id: 3, sku: 'LL', values: { colour: 'lime', size: 'l' }, price: null }),
  ];
  const [colour, size] = optionChoices(options, variants, variants[0]!);

  it('keeps what cannot be bought, marked, and leaves out what no variant has', () => {
    expect(colour!.values.map(value => [value.code, value.standing])).toEqual([
      ['black', 'buyable'],
      ['lime', 'unpriced'],
    ]);
    expect(size!.values.map(value => [value.code, value.standing])).toEqual([
      ['s', 'buyable'],
      ['l', 'sold-out'],
    ]);
  });

  it('leads to the variant that differs least', () => {
    expect(size!.values.map(value => value.sku)).toEqual(['BS', 'BL']);
    expect(colour!.values.map(value => value.sku)).toEqual(['BS', 'LL']);
  });

  it('marks the present value and leads it to the present variant', () => {
    const [, sizes] = optionChoices(options, variants, variants[1]!);
    expect(sizes!.values.filter(value => value.current).map(value => value.sku)).toEqual(['BL']);
  });
});

describe('words', () => {
  it('count pieces only while they are few', () => {
    expect([-1, 0, 1, 5, 6, 99].map(pieces => stockWords(pieces).state)).toEqual([
      'out',
      'out',
      'low',
      'low',
      'in',
      'in',
    ]);
    expect(stockWords(4).count).toBe(4);
  });

  it('name a missing price before missing stock', () => {
    expect(standingOf(variant({ price: null, available: 0 }))).toBe('unpriced');
    expect(standingOf(variant({ available: 0 }))).toBe('sold-out');
  });

  it('never promise more reduction than there is', () => {
    expect(reduction(usd(2_790), usd(3_490))).toBe(20);
    expect(reduction(usd(9_999), usd(10_000))).toBe(0);
    expect(reduction(usd(100), null)).toBe(0);
  });
});

describe('the address of a list', () => {
  const plain: ListRequest = {
    q: '',
    categories: [],
    brands: [],
    inStock: false,
    priceMin: null,
    priceMax: null,
    sort: 'newest',
  };
  const full: ListRequest = {
    q: 'qoʻl & 덤벨',
    categories: ['cardio', 'strength'],
    brands: ['forge'],
    inStock: true,
    priceMin: usd(1_050),
    priceMax: usd(50_000),
    sort: '-price',
  };

  it('is empty for the plain list and names everything else', () => {
    expect(listQuery(plain)).toBe('');
    const query = new URLSearchParams(listQuery(full, 3));
    expect(query.get('q')).toBe('qoʻl & 덤벨');
    expect(query.getAll('category')).toEqual(['cardio', 'strength']);
    expect(query.get('price_min')).toBe('10.50');
    expect(query.get('price_max')).toBe('500');
    expect(query.get('page')).toBe('3');
  });

  it('lists every filter that is on, each with what is left without it', () => {
    const applied = appliedFilters(full);
    expect(applied.map(({ kind }) => kind)).toEqual([
      'q',
      'category',
      'category',
      'brand',
      'price_min',
      'price_max',
      'in_stock',
    ]);
    expect(applied[1]!.without.categories).toEqual(['strength']);
    expect(applied[1]!.without.q).toBe(full.q);
    expect(appliedFilters(plain)).toEqual([]);
  });

  it('loses its price range when the currency changes', () => {
    expect(withoutPriceRange('/en/products?q=a&price_min=5&price_max=9&page=2')).toBe('/en/products?q=a');
    expect(withoutPriceRange('/en/products?price_min=5')).toBe('/en/products');
    expect(withoutPriceRange('/en/cart')).toBe('/en/cart');
  });
});

it('sections of the home page do not repeat one another', () => {
  const ids = (...list: number[]) => list.map(productId => ({ productId }));
  const sections = withoutRepeats([ids(1, 2, 3), ids(2, 1, 4, 5), ids(5, 4)], 2);
  expect(sections.map(section => section.map(({ productId }) => productId))).toEqual([[1, 2], [4, 5], []]);
});
