import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Destination } from '../../src/lib/destination.js';
import { money } from '../../src/lib/money.js';
import { inTransaction } from '../../src/platform/db.js';
import { saveHolidays, saveZone, type MethodDraft, type ZoneDraft } from '../../src/shipping/index.js';
import { findDelivery, listCountries } from '../../src/shipping/queries.js';
import { testDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(() => database.db('shipping_zones').delete());

const NOW = new Date('2026-11-26T03:00:00Z'); // a Thursday, noon in Korea
const method = (over: Partial<MethodDraft> = {}, amount = 1_000): MethodDraft => ({
  code: 'standard',
  name: { en: 'Standard', ko: '일반' },
  minBusinessDays: 1,
  maxBusinessDays: 1,
  maxPieceGrams: null,
  onlyOverGrams: null,
  heavyOverGrams: null,
  rates: {
    USD: {
      brackets: [{ upToGrams: null, fromGoods: 0, amount }],
      freeOver: null,
      surcharge: 0,
      heavySurcharge: 0,
    },
  },
  ...over,
});
const zone = (over: Partial<ZoneDraft> = {}): ZoneDraft => ({
  code: 'kr',
  position: 0,
  calendar: 'KR',
  areas: [{ country: 'KR' }],
  methods: [method()],
  ...over,
});
const save = (draft: ZoneDraft) => inTransaction(database.db, tx => saveZone(tx, draft));
const to = (place: Partial<Destination> = {}): Destination => ({
  country: 'KR',
  region: '',
  postalCode: '',
  ...place,
});
const costs = async (destination: Destination, currency: 'USD' | 'KRW' = 'USD') => {
  const offer = await findDelivery(database.db, {
    destination,
    currency,
    pieces: [{ grams: 500, quantity: 1 }],
    now: NOW,
  });
  return offer.ok
    ? offer.options.map(({ code, cost }) => `${code} ${cost(money(1, currency)).amount}`)
    : offer.reason;
};

describe('a saved zone', () => {
  it('offers its methods in their order, where its areas lie and nowhere else', async () => {
    await save(zone({ methods: [method(), method({ code: 'express' }, 2_000)] }));
    expect(await costs(to())).toEqual(['standard 1000', 'express 2000']);
    expect(await costs(to({ country: 'JP' }))).toBe('nowhere');
    expect(await costs(to(), 'KRW')).toBe('nowhere');
  });

  it('becomes what the draft says: methods and areas that are left out are gone', async () => {
    await save(
      zone({
        areas: [{ country: 'KR' }, { country: 'JP' }],
        methods: [method(), method({ code: 'express' })],
      }),
    );
    const id = await save(zone({ methods: [method({}, 700)] }));
    expect(await costs(to())).toEqual(['standard 700']);
    expect(await costs(to({ country: 'JP' }))).toBe('nowhere');
    expect(await save(zone())).toBe(id);
    expect(await database.db('shipping_brackets')).toHaveLength(1);
  });

  it('takes an area over from the zone that had it', async () => {
    await save(zone());
    await save(zone({ code: 'asia', methods: [method({}, 9)] }));
    expect(await costs(to())).toEqual(['standard 9']);
    expect(await listCountries(database.db)).toEqual(['KR']);
  });

  it('gives way to a zone that names the place more exactly', async () => {
    await save(zone());
    await save(
      zone({
        code: 'jeju',
        areas: [{ country: 'KR', postal: { from: '63000', to: '63644' } }],
        methods: [method({}, 5)],
      }),
    );
    expect(await costs(to({ postalCode: '63644' }))).toEqual(['standard 5']);
    expect(await costs(to({ postalCode: '63645' }))).toEqual(['standard 1000']);
    expect(await listCountries(database.db)).toEqual(['KR']);
  });

  it('is refused whole when its brackets fall or leave a gap', async () => {
    await save(zone());
    const falling = method({
      rates: {
        USD: {
          brackets: [
            { upToGrams: 100, fromGoods: 0, amount: 2 },
            { upToGrams: null, fromGoods: 0, amount: 1 },
          ],
          freeOver: null,
          surcharge: 0,
          heavySurcharge: 0,
        },
      },
    });
    await expect(save(zone({ areas: [{ country: 'JP' }], methods: [falling] }))).rejects.toThrow('fall');
    expect(await costs(to())).toEqual(['standard 1000']);
  });

  it.each([
    ['ends before it begins', { from: '63644', to: '63000' }],
    ['has ends of two lengths', { from: '6300', to: '63644' }],
    ['is not made of digits', { from: 'SW1', to: 'SW9' }],
  ])('is refused with a range of postcodes that %s', async (_what, postal) => {
    await expect(save(zone({ areas: [{ country: 'KR', postal }] }))).rejects.toThrow('shipping_areas');
  });
});

it('holidays are replaced for the years that are spoken of, and shift the dates', async () => {
  await save(zone());
  const day = async () => {
    const offer = await findDelivery(database.db, {
      destination: to(),
      currency: 'USD',
      pieces: [],
      now: NOW,
    });
    return offer.ok ? offer.options[0]!.to : null;
  };
  const keep = (days: string[]) =>
    inTransaction(database.db, tx =>
      saveHolidays(tx, { calendar: 'KR', days: days.map(each => ({ day: each, name: 'x' })) }),
    );
  expect(await day()).toBe('2026-11-27');
  await keep(['2027-01-01']);
  await keep(['2026-11-27']);
  expect(await day()).toBe('2026-11-30');
  await keep(['2026-12-25']);
  expect(await day()).toBe('2026-11-27');
  expect(await database.db('shipping_holidays').orderBy('day').pluck('day')).toEqual([
    '2026-12-25',
    '2027-01-01',
  ]);
});
