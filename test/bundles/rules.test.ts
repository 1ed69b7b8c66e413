import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { offerOf, setsAvailable } from '../../src/bundles/rules.js';
import { money } from '../../src/lib/money.js';

const won = (amount: number) => money(amount, 'KRW');
const part = (amount: number | null, quantity = 1) => ({
  quantity,
  price: amount === null ? null : won(amount),
});

describe('what a set costs', () => {
  it.each([
    ['less than its parts', won(90), [part(60), part(40)], 90, 100, 10],
    ['as much as its parts', won(100), [part(60), part(40)], 100, 100, 0],
    [
      'as much as its parts when they have become cheaper than the set',
      won(120),
      [part(60), part(40)],
      100,
      100,
      0,
    ],
    ['with several pieces of one part', won(250), [part(100, 2), part(80)], 250, 280, 30],
  ] as const)('%s', (_name, price, parts, costs, alone, saves) => {
    const offer = offerOf('KRW', price, parts);
    expect(offer.price?.amount).toBe(costs);
    expect(offer.partsTotal?.amount).toBe(alone);
    expect(offer.saving.amount).toBe(saves);
  });

  it.each([
    ['the set has no price', null, [part(60)]],
    ['a part has no price', won(90), [part(60), part(null)]],
    ['nothing is in it', won(90), []],
  ] as const)('is not said in a currency in which %s', (_name, price, parts) => {
    const offer = offerOf('KRW', price, parts);
    expect(offer.price).toBeNull();
    expect(offer.saving.amount).toBe(0);
  });

  test('price and saving add up to what the parts cost alone', () => {
    const amounts = fc.integer({ min: 1, max: 10_000_000 });
    const parts = fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 99 }), amount: amounts }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(amounts, parts, (price, list) => {
        const offer = offerOf(
          'KRW',
          won(price),
          list.map(({ quantity, amount }) => part(amount, quantity)),
        );
        expect(offer.price!.amount + offer.saving.amount).toBe(offer.partsTotal!.amount);
        expect(offer.saving.amount).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('how many sets there are', () => {
  const parts = [
    { variantId: 1, quantity: 1 },
    { variantId: 2, quantity: 3 },
  ];
  it.each([
    ['the scarcest part decides', { 1: 10, 2: 8 }, 2],
    ['pieces for less than one set make none', { 1: 10, 2: 2 }, 0],
    ['a part without stock makes none', { 1: 10 }, 0],
    ['what is held for others does not count below zero', { 1: -1, 2: 9 }, 0],
  ] as const)('%s', (_name, available, sets) => {
    expect(
      setsAvailable(parts, new Map(Object.entries(available).map(([id, count]) => [Number(id), count]))),
    ).toBe(sets);
  });
  test('a set of nothing cannot be had', () => expect(setsAvailable([], new Map())).toBe(0));
});
