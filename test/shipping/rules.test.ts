import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holidays } from '../../seeds/holidays.js';
import { zones } from '../../seeds/shipping.js';
import { CURRENCIES, money, type Currency } from '../../src/lib/money.js';
import { areaOf } from '../../src/shipping/rules/areas.js';
import {
  bracketsRise,
  deliveryCost,
  type Bracket,
  type Method,
  type Pieces,
} from '../../src/shipping/rules/cost.js';
import { deliveryDates } from '../../src/shipping/rules/dates.js';
import { offerDelivery, type Terms } from '../../src/shipping/rules/offer.js';

const usd = (amount: number) => money(amount, 'USD');
const NOON = new Date('2026-11-26T03:00:00Z'); // a Thursday, noon in Korea
const areas = zones.flatMap(zone => zone.areas.map(area => ({ ...area, zone })));
const zoneAt = (country: string, detail = '') =>
  areaOf(areas, { country, region: detail.includes('-') ? detail : '', postalCode: detail })?.zone.code ??
  null;

/** The demo's terms as the store would read them for a zone. */
function termsOf(code: string, currency: Currency): Terms {
  const zone = zones.find(each => each.code === code)!;
  const days = (calendar: string | null) =>
    new Set(calendar === null ? [] : holidays[calendar as 'KR' | 'UZ'].map(({ day }) => day));
  return {
    currency,
    methods: zone.methods.map(({ rates, ...method }) => ({ ...method, rate: rates[currency]! })),
    holidays: { warehouse: days('KR'), destination: days(zone.calendar) },
  };
}

describe('the zone of a destination', () => {
  it.each([
    ['KR', '', 'kr'],
    ['KR', '04524', 'kr'],
    ['KR', '62999', 'kr'],
    ['KR', '63000', 'kr-jeju'],
    ['KR', '63644', 'kr-jeju'],
    ['KR', '63645', 'kr'],
    ['KR', '40199', 'kr'],
    ['KR', '40200', 'kr-islands'],
    ['KR', '40240', 'kr-islands'],
    ['KR', '40241', 'kr'],
    ['KR', '33410', 'kr'],
    ['KR', '33411', 'kr-islands'],
    ['KR', '33412', 'kr'],
    ['KR', '6300', 'kr'], // too short to be one
    ['KR', '063000', 'kr'],
    ['UZ', '', 'uz'],
    ['UZ', 'UZ-TK', 'uz'],
    ['UZ', 'UZ-XO', 'uz-far'],
    ['UZ', 'UZ-QR', 'uz-far'],
    ['US', '63000', 'world'], // a ZIP code is no Korean postcode
    ['AQ', '', null],
    ['kr', '', null],
  ])('%s %s is %s', (country, detail, zone) => expect(zoneAt(country, detail)).toBe(zone));

  it('is that of the most specific area, in whatever order the areas come', () => {
    const nested = [
      { country: 'KR', zone: 'country' },
      { country: 'KR', region: 'KR-49', zone: 'region' },
      { country: 'KR', postal: { from: '60000', to: '69999' }, zone: 'wide' },
      { country: 'KR', postal: { from: '63000', to: '63644' }, zone: 'narrow' },
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(nested, { minLength: 4 }), shuffled => {
        const at = (postalCode: string, region = 'KR-49') =>
          areaOf(shuffled, { country: 'KR', region, postalCode })?.zone;
        expect([at('63100'), at('64000'), at('01000'), at('01000', '')]).toEqual([
          'narrow',
          'wide',
          'region',
          'country',
        ]);
      }),
    );
  });
});

const method = (over: Partial<Omit<Method, 'rate'>> & { rate?: Partial<Method['rate']> } = {}): Method => ({
  code: 'standard',
  name: { en: 'Standard' },
  minBusinessDays: 1,
  maxBusinessDays: 2,
  maxPieceGrams: null,
  onlyOverGrams: null,
  heavyOverGrams: 30_000,
  ...over,
  rate: {
    brackets: [
      { upToGrams: 5_000, fromGoods: 0, amount: 15_00 },
      { upToGrams: 5_000, fromGoods: 500_00, amount: 25_00 },
      { upToGrams: 20_000, fromGoods: 0, amount: 35_00 },
      { upToGrams: null, fromGoods: 0, amount: 60_00 },
    ],
    freeOver: 1_000_00,
    surcharge: 0,
    heavySurcharge: 120_00,
    ...over.rate,
  },
});
const load = (...pieces: [grams: number, quantity: number][]): Pieces[] =>
  pieces.map(([grams, quantity]) => ({ grams, quantity }));

describe('the cost of a delivery', () => {
  it.each<[string, Pieces[], number, number]>([
    ['nothing', [], 0, 0],
    ['something that weighs nothing', load([0, 1]), 1, 15_00],
    ['the last gram of a bracket', load([2_500, 2]), 100_00, 15_00],
    ['one gram more', load([2_500, 1], [2_501, 1]), 100_00, 35_00],
    ['the last gram of the next bracket', load([20_000, 1]), 100_00, 35_00],
    ['what is heavier than all limits', load([20_001, 1]), 100_00, 60_00],
    ['a cent below a worth', load([1, 1]), 499_99, 15_00],
    ['that worth', load([1, 1]), 500_00, 25_00],
    ['a worth that another bracket asks for', load([6_000, 1]), 500_00, 35_00],
    ['a cent below free', load([1, 1]), 999_99, 25_00],
    ['free', load([1, 1]), 1_000_00, 0],
    ['a piece that is just not heavy', load([30_000, 3]), 100_00, 60_00],
    ['heavy pieces, each of them', load([30_001, 2], [100, 5]), 100_00, 60_00 + 240_00],
    ['heavy pieces of goods that are delivered free', load([30_001, 1]), 1_000_00, 120_00],
  ])('of %s', (_what, pieces, goods, cost) =>
    expect(deliveryCost(method(), { pieces, goods: usd(goods) }).amount).toBe(cost),
  );

  it('has a surcharge that the worth of goods does not take away', () => {
    const island = method({ rate: { surcharge: 3_00 } });
    expect(deliveryCost(island, { pieces: load([1, 1]), goods: usd(1_00) }).amount).toBe(18_00);
    expect(deliveryCost(island, { pieces: load([1, 1]), goods: usd(5_000_00) }).amount).toBe(3_00);
    expect(deliveryCost(island, { pieces: [], goods: usd(0) }).amount).toBe(0);
  });
});

describe('what is offered', () => {
  const codes = (zone: string, pieces: Pieces[], currency: Currency = 'USD') => {
    const offer = offerDelivery(termsOf(zone, currency), { pieces, now: NOON });
    return offer.ok ? offer.options.map(({ code }) => code) : offer.reason;
  };

  it.each<[string, Pieces[], string[] | string]>([
    ['kr', load([1_000, 1]), ['standard', 'express']],
    ['kr', load([20_000, 1]), ['standard', 'express']],
    ['kr', load([20_001, 1]), ['standard']],
    ['kr', load([10_000, 3]), ['standard']],
    ['kr', load([30_000, 1]), ['standard']],
    ['kr', load([30_001, 1]), ['freight']],
    ['kr', load([30_001, 1], [100, 1]), ['freight']],
    ['kr-jeju', load([1_000, 1]), ['standard']],
    ['kr-islands', load([30_000, 1]), ['standard']],
    ['kr-islands', load([30_001, 1]), 'too-heavy'],
    ['world', load([200_000, 1]), ['freight']],
    ['world', load([200_001, 1]), 'too-heavy'],
  ])('in %s for %j', (zone, pieces, expected) => expect(codes(zone, pieces)).toEqual(expected));

  it('is nothing where no method is paid in the currency, or no zone lies', () => {
    expect(offerDelivery(null, { pieces: load([1, 1]), now: NOON })).toEqual({
      ok: false,
      reason: 'nowhere',
    });
    const terms = { ...termsOf('kr', 'USD'), methods: [] };
    expect(offerDelivery(terms, { pieces: [], now: NOON })).toEqual({ ok: false, reason: 'nowhere' });
  });

  it('says from which worth on it is free only where nothing remains to be paid then', () => {
    const freeOver = (zone: string, pieces: Pieces[]) => {
      const offer = offerDelivery(termsOf(zone, 'KRW'), { pieces, now: NOON });
      return offer.ok ? (offer.options[0]!.freeOver?.amount ?? null) : null;
    };
    expect(freeOver('kr', load([1_000, 1]))).toBe(50_000);
    expect(freeOver('kr-jeju', load([1_000, 1]))).toBeNull();
    expect(freeOver('kr', load([40_000, 1]))).toBeNull();
  });

  it('waives no more than the cheapest rate: no express, no surcharge', () => {
    const waived = (zone: string, pieces: Pieces[], goods: number) => {
      const offer = offerDelivery(termsOf(zone, 'KRW'), { pieces, now: NOON });
      return offer.ok ? offer.options.map(({ waivable }) => waivable(money(goods, 'KRW')).amount) : [];
    };
    expect(waived('kr', load([1_000, 1]), 10_000)).toEqual([3_000, 3_000]);
    expect(waived('kr', load([1_000, 1]), 50_000)).toEqual([0, 0]);
    expect(waived('kr-jeju', load([1_000, 1]), 10_000)).toEqual([3_000]);
    expect(waived('world', load([100_000, 1]), 10_000)).toEqual([80_000]);
  });

  it('adds up, and never gets cheaper with more goods but at the free threshold', () => {
    const piece = fc.record({
      grams: fc.integer({ min: 0, max: 60_000 }),
      quantity: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...zones.map(({ code }) => code)),
        fc.constantFrom(...CURRENCIES),
        fc.array(piece, { maxLength: 6 }),
        piece,
        fc.integer({ min: 1, max: 900_000_000 }),
        fc.integer({ min: 0, max: 900_000_000 }),
        (zone, currency, pieces, more, worth, added) => {
          const terms = termsOf(zone, currency);
          const cheapest = (of: Pieces[], goods: number) => {
            const offer = offerDelivery(terms, { pieces: of, now: NOON });
            if (!offer.ok) return null;
            for (const { cost, parts, waivable } of offer.options) {
              const { rate, base, freeFrom, heavy, surcharge } = parts(money(goods, currency));
              expect(base.amount).toBe(freeFrom ? 0 : rate.amount);
              expect(freeFrom?.amount ?? 0).toBeLessThanOrEqual(goods);
              expect(waivable(money(goods, currency)).amount).toBeLessThanOrEqual(base.amount);
              expect(cost(money(goods, currency)).amount).toBe(base.amount + heavy.amount + surcharge.amount);
            }
            return Math.min(...offer.options.map(({ cost }) => cost(money(goods, currency)).amount));
          };
          const before = cheapest(pieces, worth);
          const after = cheapest([...pieces, more], worth + added);
          const crossed = terms.methods.some(
            ({ rate: { freeOver } }) => freeOver !== null && worth < freeOver && worth + added >= freeOver,
          );
          if (before !== null && after !== null && !crossed) expect(after).toBeGreaterThanOrEqual(before);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('brackets', () => {
  const bracket = (upToGrams: number | null, amount: number, fromGoods = 0): Bracket => ({
    upToGrams,
    fromGoods,
    amount,
  });
  it.each<[string, Bracket[], boolean]>([
    ['one for all', [bracket(null, 5)], true],
    ['two that rise', [bracket(10, 5), bracket(null, 5)], true],
    ['a heavier one that is cheaper', [bracket(10, 5), bracket(null, 4)], false],
    ['a dearer worth that is cheaper', [bracket(null, 5), bracket(null, 4, 100)], false],
    ['a weight without a price for little worth', [bracket(10, 5), bracket(null, 6, 100)], false],
    [
      'a heavier one that is cheaper for dear goods',
      [bracket(10, 5), bracket(10, 9, 100), bracket(20, 8)],
      false,
    ],
    ['none', [], false],
  ])('of %s', (_what, brackets, whole) => expect(bracketsRise(brackets)).toBe(whole));

  it('of the demo are whole', () => {
    const all = zones.flatMap(({ methods }) => methods.flatMap(({ rates }) => Object.values(rates)));
    expect(all.filter(({ brackets }) => !bracketsRise(brackets))).toEqual([]);
  });
});

describe('the dates of a delivery', () => {
  const at = (korean: string) => new Date(`${korean}:00+09:00`);
  const dates = (zone: string, code: string, korean: string) => {
    const terms = termsOf(zone, 'USD');
    const { from, to } = deliveryDates(
      terms.methods.find(each => each.code === code)!,
      {
        holidays: terms.holidays,
        now: at(korean),
      },
    );
    return `${from} – ${to}`;
  };

  it.each([
    ['on a weekday', 'kr', 'standard', '2026-11-24T10:00', '2026-11-25 – 2026-11-27'],
    ['just before the cut-off hour', 'kr', 'express', '2026-11-26T14:59', '2026-11-27 – 2026-11-27'],
    ['at the cut-off hour, over the weekend', 'kr', 'express', '2026-11-26T15:00', '2026-11-30 – 2026-11-30'],
    ['on a Saturday late', 'kr', 'express', '2026-11-28T22:00', '2026-12-01 – 2026-12-01'],
    ['before Christmas and New Year', 'kr', 'standard', '2026-12-24T10:00', '2026-12-28 – 2026-12-30'],
    ['across the end of the year', 'kr', 'standard', '2026-12-31T15:00', '2027-01-05 – 2027-01-07'],
    [
      'before Seollal and its substitute day',
      'kr',
      'standard',
      '2027-02-05T10:00',
      '2027-02-10 – 2027-02-12',
    ],
    ['within Seollal', 'kr', 'express', '2027-02-08T10:00', '2027-02-11 – 2027-02-11'],
    ['before Chuseok', 'kr', 'standard', '2027-09-13T10:00', '2027-09-17 – 2027-09-21'],
    ['before two long weekends of October', 'kr', 'standard', '2027-10-01T15:30', '2027-10-06 – 2027-10-08'],
    [
      'for Uzbekistan, within Seollal: the warehouse rests',
      'uz',
      'express',
      '2027-02-08T10:00',
      '2027-02-12 – 2027-02-15',
    ],
    [
      'for Uzbekistan, before Navroʻz: the courier rests',
      'uz',
      'express',
      '2027-03-18T10:00',
      '2027-03-23 – 2027-03-24',
    ],
    [
      'for Uzbekistan, on Korea’s holiday on the way',
      'uz',
      'express',
      '2027-09-13T10:00',
      '2027-09-15 – 2027-09-16',
    ],
    ['for elsewhere, over Christmas', 'world', 'express', '2026-12-22T10:00', '2026-12-25 – 2026-12-29'],
  ])('%s', (_when, zone, code, korean, expected) => expect(dates(zone, code, korean)).toBe(expected));
});
