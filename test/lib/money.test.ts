import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allocate,
  formatMoney,
  money,
  parseAmount,
  subtract,
  toDecimal,
  type Currency,
} from '../../src/lib/money.js';

const sumOf = (list: readonly number[]) => list.reduce((so, share) => so + share, 0);

describe('allocate', () => {
  it('gives shares that add up to the total, for any total and weights', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }),
        fc.array(fc.integer({ min: 0, max: 2_000_000_000 }), { minLength: 1, maxLength: 40 }),
        (total, weights) => sumOf(allocate(total, weights)) === total,
      ),
      { numRuns: 2_000 },
    );
  });

  it('is never further than one unit from the exact proportion', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.array(fc.integer({ min: 1, max: 5_000_000 }), { minLength: 1, maxLength: 20 }),
        (total, weights) => {
          const whole = sumOf(weights);
          return allocate(total, weights).every(
            (share, index) => Math.abs(share - (total * weights[index]!) / whole) < 1,
          );
        },
      ),
    );
  });

  it.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [0, [5, 7], [0, 0]],
    [7, [0, 0], [4, 3]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [5, [0, 1], [0, 5]],
  ])('shares %i by %j as %j', (total, weights, shares) => {
    expect(allocate(total, weights)).toEqual(shares);
  });

  it('refuses fractions and negative weights', () => {
    expect(() => allocate(1.5, [1])).toThrow(RangeError);
    expect(() => allocate(1, [0.5])).toThrow(RangeError);
    expect(() => allocate(1, [-1, 2])).toThrow(RangeError);
    expect(() => allocate(1, [])).toThrow(RangeError);
  });
});

describe('amounts', () => {
  it.each<[string, Currency, number | null]>([
    ['1299.50', 'USD', 129_950],
    ['1299.5', 'USD', 129_950],
    ['1299', 'USD', 129_900],
    ['0.015', 'USD', null],
    ['1290000', 'KRW', 1_290_000],
    ['1290000.00', 'KRW', 1_290_000],
    ['1290000.5', 'KRW', null],
    ['23900000', 'UZS', 2_390_000_000],
    ['-1', 'USD', null],
    ['1e3', 'USD', null],
    ['１２', 'USD', null],
    ['', 'USD', null],
  ])('reads %j in %s as %j', (text, currency, amount) => {
    expect(parseAmount(text, currency)?.amount ?? null).toBe(amount);
  });

  it('survives writing and reading again', () => {
    fc.assert(
      fc.property(
        fc.nat(10_000_000_000),
        fc.constantFrom<Currency>('USD', 'KRW', 'UZS'),
        (amount, currency) => {
          expect(parseAmount(toDecimal({ amount, currency }), currency)).toEqual({ amount, currency });
        },
      ),
    );
  });

  it.each<[number, Currency, string, string]>([
    [129_900, 'USD', 'en', '$1,299.00'],
    [1_290_000, 'KRW', 'ko', '₩1,290,000'],
    [1_690_000_000, 'UZS', 'uz', '16\u00a0900\u00a0000\u00a0soʻm'],
    [5, 'USD', 'en', '$0.05'],
  ])('shows %i %s in %s as %s', (amount, currency, locale, shown) => {
    expect(formatMoney({ amount, currency }, locale)).toBe(shown);
  });

  it('does not mix currencies or take fractions of a unit', () => {
    expect(() => subtract(money(1, 'USD'), money(1, 'KRW'))).toThrow(RangeError);
    expect(() => money(0.1, 'USD')).toThrow(RangeError);
    expect(() => money(2 ** 53, 'USD')).toThrow(RangeError);
  });
});
