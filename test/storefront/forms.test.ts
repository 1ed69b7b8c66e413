import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterOf, readCurrency, readListQuery, readPrice, readTheme } from '../../src/storefront/forms.js';
import { readDestination, typedDestination } from '../../src/web/index.js';

const read = (query: object) => readListQuery(query, 'USD').request;

describe("a list's query", () => {
  it('is read whole', () => {
    const { request, page } = readListQuery(
      {
        q: ' qo’l  ',
        category: ['cardio', 'strength', 'cardio'],
        brand: 'forge',
        in_stock: '1',
        price_min: '10',
        price_max: '1,000.50',
        sort: 'price',
        page: '2',
      },
      'USD',
    );
    expect(request).toEqual({
      q: 'qo’l',
      categories: ['cardio', 'strength'],
      brands: ['forge'],
      inStock: true,
      priceMin: { amount: 1_000, currency: 'USD' },
      priceMax: { amount: 100_050, currency: 'USD' },
      sort: 'price',
    });
    expect(page).toBe('2');
  });

  it('that makes no sense is the plain list', () => {
    const hostile = {
      q: ['', 'x'],
      category: ["' or 1=1", '../..', 'A', 'x'.repeat(99)],
      brand: [['forge']],
      in_stock: 'yes',
      price_min: '-5',
      price_max: '1e9',
      sort: 'drop table',
      page: '-1',
      other: '1',
    };
    expect(read(hostile)).toEqual(read({}));
    expect(read(Object.assign(Object.create(null) as object, { q: 'a' })).q).toBe('a');
  });

  it('turned price bounds change places', () => {
    const { priceMin, priceMax } = read({ price_min: '90', price_max: '10' });
    expect([priceMin!.amount, priceMax!.amount]).toEqual([1_000, 9_000]);
  });

  it('never fails, whatever comes', () => {
    const anything = fc.dictionary(
      fc.constantFrom('q', 'category', 'brand', 'in_stock', 'price_min', 'price_max', 'sort', 'page'),
      fc.oneof(
        fc.string(),
        fc.constantFrom('\0', 'a\0b', '\uD800', '１２', '-0', '1e5', '０'),
        fc.array(fc.string()),
        fc.constant(undefined),
      ),
    );
    fc.assert(
      fc.property(anything, query => {
        const request = read(query);
        expect(request.q).not.toContain('\0');
        expect(request.q.length).toBeLessThanOrEqual(100);
        expect(filterOf(request).words.length).toBeLessThanOrEqual(8);
      }),
    );
  });
});

it('a price is taken as people write it', () => {
  const amounts = (texts: string[], currency: 'USD' | 'KRW' | 'UZS') =>
    texts.map(text => readPrice(text, currency)?.amount ?? null);
  expect(amounts(['99', '$99.50', '99,50', '1,299', ' 1 299 ', "1'299"], 'USD')).toEqual([
    9_900, 9_950, 9_950, 129_900, 129_900, 129_900,
  ]);
  expect(amounts(['₩1,290,000', '1290000원', '10.5', '１０００'], 'KRW')).toEqual([
    1_290_000,
    1_290_000,
    null,
    1_000,
  ]);
  expect(amounts(['16 900 000 soʻm', "500000 so'm"], 'UZS')).toEqual([1_690_000_000, 50_000_000]);
  expect(amounts(['', '0', '-1', 'abc', '9'.repeat(13), '1.999'], 'USD')).toEqual([
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
});

it('search words are folded, so that every apostrophe finds the same', () => {
  expect(filterOf(read({ q: 'QO’L  Gʻildirak' })).words).toEqual(['qoʻl', 'gʻildirak']);
  expect(filterOf(read({ q: '   ' })).words).toEqual([]);
});

it('the small forms take only what is offered', () => {
  expect(readCurrency({ currency: 'KRW', return_to: '/ko/' })).toEqual({ value: 'KRW', returnTo: '/ko/' });
  expect(readCurrency({ currency: 'EUR' }).value).toBeNull();
  expect(readTheme({ theme: ['dark'] }).value).toBeNull();
  expect(readTheme(undefined)).toEqual({ value: null, returnTo: '' });
});

it.each(['kr', 'KOR', '', 'K1', '__proto__'])('%j is no country that anything is delivered to', country => {
  expect(readDestination(typedDestination({ country }))).toEqual({
    ok: false,
    errors: [{ field: 'country', key: 'shared.destination.choose' }],
  });
});
