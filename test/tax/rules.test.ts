import { describe, expect, it } from 'vitest';
import { money, type Currency } from '../../src/lib/money.js';
import { rateOf, taxOf, UNTAXED, type TaxRules } from '../../src/tax/index.js';

const contained = (standard: number): TaxRules => ({ contained: true, rates: { standard } });
const added = (standard: number): TaxRules => ({ contained: false, rates: { standard } });

describe('the tax of an amount', () => {
  it.each<[string, TaxRules, Currency, number, number]>([
    ['Korea, 10 % of a round price', contained(1_000), 'KRW', 11_000, 1_000],
    ['Korea, below half is down', contained(1_000), 'KRW', 11_004, 1_000], // 1000.36
    ['Korea, half is up', { contained: true, rates: { standard: 10_000 } }, 'KRW', 3, 2], // 1.5
    ['Korea, one won', contained(1_000), 'KRW', 1, 0],
    ['Uzbekistan, whole soʻm', contained(1_200), 'UZS', 1_120_050_00, 120_005_00], // 120 005.357
    ['Britain, cents', added(2_000), 'USD', 99_99, 20_00], // 19.998
    ['Britain, half a cent is up', added(2_000), 'USD', 13, 3], // 2.6
    ['Finland, half per cents', added(2_550), 'USD', 10_00, 2_55],
    ['nothing of nothing', added(2_000), 'USD', 0, 0],
    ['everything that is safe', added(10_000), 'USD', 9_007_199_254_740_991, 9_007_199_254_740_991],
  ])('%s', (_name, rules, currency, amount, tax) =>
    expect(taxOf(rules, 'standard', money(amount, currency)).amount).toEqual(money(tax, currency)),
  );

  it('is said to be added only where there is any', () => {
    expect(taxOf(added(2_000), 'standard', money(1_00, 'USD')).added).toBe(true);
    expect(taxOf(contained(1_000), 'standard', money(1_00, 'USD')).added).toBe(false);
    expect(
      taxOf({ contained: false, rates: { standard: 2_000, zero: 0 } }, 'zero', money(1_00, 'USD')),
    ).toEqual({
      rateBp: 0,
      amount: money(0, 'USD'),
      added: false,
    });
  });
});

describe('the rate of a class', () => {
  const rules: TaxRules = { contained: false, rates: { standard: 1_900, reduced: 700, zero: 0 } };
  it.each([
    ['standard', 1_900],
    ['reduced', 700],
    ['zero', 0],
    ['a class the country does not know', 1_900],
  ])('%s: %i', (taxClass, rate) => expect(rateOf(rules, taxClass)).toBe(rate));
  it('is nothing where nothing is taxed', () => expect(rateOf(UNTAXED, 'standard')).toBe(0));
});
