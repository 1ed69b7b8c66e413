import { afterAll, beforeAll, expect, it } from 'vitest';
import { down, up } from '../../migrations/20261126170000-extend-stock-ledger.js';
import { audit } from '../../src/audit/index.js';
import { commitReservations, correctStock, releaseReservations, reserve } from '../../src/inventory/index.js';
import { addMs } from '../../src/lib/time.js';
import { inTransaction } from '../../src/platform/db.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { BECAUSE, ledgerOf, makeOrder, makeStock, NOW } from './make.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

it('a ledger of before is written anew with what was held and let go, in the order in which it happened', async () => {
  const { db } = database;
  const variantId = await makeStock(db, 9);
  const lines = [{ variantId, quantity: 2 }];
  const at = (minutes: number) => ({ ...BECAUSE, now: addMs(NOW, minutes * 60_000) });
  const [dies, buys, waits] = [await makeOrder(db), await makeOrder(db), await makeOrder(db)];
  await inTransaction(db, async tx => {
    await reserve(tx, { ...at(1), ...dies, lines, expiresAt: NOW });
    await releaseReservations(tx, { ...at(2), orderId: dies.orderId });
    await reserve(tx, { ...at(3), ...buys, lines, expiresAt: NOW });
    await correctStock(tx, { ...at(4), variantId, onHand: 8 });
    await commitReservations(tx, { ...at(5), orderId: buys.orderId });
    await reserve(tx, { ...at(6), ...waits, lines, expiresAt: NOW });
  });
  const before = await ledgerOf(db, variantId);
  await db.transaction(async tx => {
    // The ledger keeps its rows by a lock that came later than this migration.
    await tx.raw('alter table stock_movements disable trigger user');
    await down(tx);
    expect(await tx('stock_movements').where({ variant_id: variantId }).orderBy('id').pluck('kind')).toEqual([
      'receipt',
      'correction',
      'sale',
    ]);
    await up(tx);
    await tx.raw('alter table stock_movements enable trigger user');
  });
  expect(await ledgerOf(db, variantId)).toEqual(before);
  const wrong = await audit(db);
  expect(wrong.filter(({ rule }) => rule.startsWith('stock:') && !rule.includes('paid order'))).toEqual([]);
});
