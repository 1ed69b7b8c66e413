import { describe, expect, it } from 'vitest';
import type { Currency } from '../../src/lib/money.js';
import { leastCharge, minimumCharge, type Provider } from '../../src/payments/index.js';

describe('the least that can be paid', () => {
  it.each<[Provider, string, Currency, number]>([
    ['stripe', '', 'KRW', 50],
    ['stripe', '', 'USD', 50],
    ['stripe', '', 'UZS', 1_000_000],
    ['toss', '', 'KRW', 100],
    ['toss', 'card', 'KRW', 100],
    ['toss', 'transfer', 'KRW', 200],
    ['toss', 'virtual_account', 'KRW', 200],
  ])('%s %s in %s: %i', (provider, method, currency, amount) =>
    expect(minimumCharge({ provider, method }, currency)).toEqual({ amount, currency }),
  );

  it.each<[Currency, string, number]>([
    ['KRW', 'KR', 50],
    ['USD', 'US', 50],
    ['UZS', 'UZ', 1_000_000],
  ])('at all in %s for %s: %i', (currency, country, amount) =>
    expect(leastCharge(currency, country)).toEqual({ amount, currency }),
  );
});
