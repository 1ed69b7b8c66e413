import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/platform/db.js';
import { findTaxRules, saveTaxRate, UNTAXED } from '../../src/tax/index.js';
import { testDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ seeded: true });
});
afterAll(() => database.drop());

const find = (country: string, region = '') => findTaxRules(database.db, { country, region });

describe('the demo’s taxes', () => {
  it('are contained at home, added where the store is registered, none elsewhere', async () => {
    expect(await find('KR')).toEqual({ contained: true, rates: { standard: 1_000, zero: 0 } });
    expect((await find('UZ', 'UZ-TK')).rates.standard).toBe(1_200);
    expect(await find('DE')).toEqual({ contained: false, rates: { standard: 1_900, reduced: 700, zero: 0 } });
    expect(await find('US', 'NY')).toEqual(UNTAXED);
  });
});

describe('a region with a rate of its own', () => {
  it('goes before its country, and only there', async () => {
    const draft = { country: 'ES', taxClass: 'standard', contained: false };
    await inTransaction(database.db, async tx => {
      await saveTaxRate(tx, { ...draft, region: null, rateBp: 2_100 });
      await saveTaxRate(tx, { ...draft, region: 'Canarias', rateBp: 0 });
      await saveTaxRate(tx, { ...draft, region: 'Canarias', rateBp: 700 });
    });
    expect((await find('ES', 'Canarias')).rates).toEqual({ standard: 700 });
    expect((await find('ES', 'Madrid')).rates).toEqual({ standard: 2_100 });
  });
});
