import { describe, expect, it } from 'vitest';
import { formerPrice, lineProblem } from '../../src/cart/rules.js';
import { money } from '../../src/lib/money.js';

const usd = (amount: number) => money(amount, 'USD');
const price = usd(1_000);

describe('lineProblem', () => {
  it.each([
    ['nothing when all is well', { quantity: 2, variant: { active: true, price }, available: 2 }, null],
    ['gone', { quantity: 1, variant: null, available: 5 }, { reason: 'gone' }],
    ['inactive', { quantity: 1, variant: { active: false, price }, available: 5 }, { reason: 'inactive' }],
    [
      'unpriced',
      { quantity: 1, variant: { active: true, price: null }, available: 5 },
      { reason: 'unpriced' },
    ],
    ['sold-out', { quantity: 1, variant: { active: true, price }, available: 0 }, { reason: 'sold-out' }],
    [
      'too-few',
      { quantity: 3, variant: { active: true, price }, available: 2 },
      { reason: 'too-few', available: 2 },
    ],
  ])('says %s', (_name, facts, problem) => expect(lineProblem(facts)).toEqual(problem));
});

describe('formerPrice', () => {
  it('is the price agreed to, when another is asked now', () => {
    expect(formerPrice(usd(900), price)).toEqual(usd(900));
    expect(formerPrice(usd(1_000), price)).toBeNull();
    expect(formerPrice(money(900, 'KRW'), price)).toBeNull();
    expect(formerPrice(usd(900), null)).toBeNull();
  });
});
