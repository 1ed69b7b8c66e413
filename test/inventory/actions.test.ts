import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.js';
import {
  commitReservations,
  correctStock,
  receiveStock,
  releaseReservations,
  reserve,
  restock,
  setLowThreshold,
  type ReserveResult,
} from '../../src/inventory/index.js';
import { inTransaction, refuse, type Tx } from '../../src/platform/db.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { BECAUSE, eventsOf, ledgerOf, makeOrder, makeStock, NOW, stockOf } from './make.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
// What stock must always hold; the orders made here say nothing true about money.
afterEach(async () => {
  const wrong = await audit(database.db);
  expect(wrong.filter(({ rule }) => rule.startsWith('stock:') && !rule.includes('paid order'))).toEqual([]);
});

const run = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(database.db, work);
/** Holds pieces for a new order; a refusal leaves nothing behind. */
async function hold(lines: { variantId: number; quantity: number }[]) {
  const order = await makeOrder(database.db);
  const result = await run<ReserveResult>(async tx => {
    const held = await reserve(tx, { ...BECAUSE, ...order, lines, expiresAt: NOW });
    if (!held.ok) refuse(held);
    return held;
  });
  return { ...order, result };
}

describe('the ledger', () => {
  it('tells holding, letting go, selling, bringing back, counting and receiving, with what was left each time', async () => {
    const { db } = database;
    const variantId = await makeStock(db, 5);
    const first = await hold([{ variantId, quantity: 2 }]);
    await run(tx => releaseReservations(tx, { ...BECAUSE, orderId: first.orderId }));
    const second = await hold([{ variantId, quantity: 3 }]);
    await run(tx => commitReservations(tx, { ...BECAUSE, orderId: second.orderId }));
    await run(tx =>
      restock(tx, { ...BECAUSE, orderId: second.orderId, lines: [{ variantId, quantity: 1 }] }),
    );
    await run(tx => correctStock(tx, { ...BECAUSE, variantId, onHand: 2, reason: 'damaged' }));
    expect(await ledgerOf(db, variantId)).toEqual([
      'receipt 5 0 → 5 0',
      'reserve 0 2 → 5 2',
      'release 0 -2 → 5 0',
      'reserve 0 3 → 5 3',
      'sale -3 -3 → 2 0',
      'restock 1 0 → 3 0',
      'correction -1 0 → 2 0',
    ]);
    const last = await db('stock_movements')
      .where({ variant_id: variantId })
      .orderBy('id', 'desc')
      .first<object>();
    expect(last).toMatchObject({ actor: 'test', cause: 'a test', reason: 'damaged', created_at: NOW });
    expect(await stockOf(db, variantId)).toEqual([2, 0]);
  });

  it('hears nothing new when an order lets go or sells twice', async () => {
    const variantId = await makeStock(database.db, 4);
    const { orderId } = await hold([{ variantId, quantity: 2 }]);
    const both = { ...BECAUSE, orderId };
    await run(tx => commitReservations(tx, both));
    await run(tx => commitReservations(tx, both));
    await run(tx => releaseReservations(tx, both));
    expect(await stockOf(database.db, variantId)).toEqual([2, 0]);
    expect(await ledgerOf(database.db, variantId)).toHaveLength(3);
  });

  it.each(['receipt', 'reserve', 'release', 'sale', 'restock', 'correction'])(
    'takes no %s that is none: the database refuses it',
    async kind => {
      const variantId = await makeStock(database.db, 1);
      const senseless = kind === 'reserve' || kind === 'release' ? { delta: 1 } : { delta: 0 };
      await expect(
        database.db('stock_movements').insert({
          ...senseless,
          variant_id: variantId,
          kind,
          actor: 'test',
          cause: 'senseless',
          on_hand_after: 1,
          reserved_after: 0,
        }),
      ).rejects.toThrow(/check/);
    },
  );

  it('holds a variant that several lines name once, for their sum', async () => {
    const variantId = await makeStock(database.db, 5);
    const { result } = await hold([
      { variantId, quantity: 2 },
      { variantId, quantity: 3 },
    ]);
    expect(result).toEqual({ ok: true });
    expect(await stockOf(database.db, variantId)).toEqual([5, 5]);
    expect((await hold([{ variantId, quantity: 1 }])).result).toEqual({
      ok: false,
      reason: 'sold-out',
      variantId,
    });
  });
});

describe('two connections', () => {
  it('that want the last piece: one gets it', async () => {
    const variantId = await makeStock(database.db, 1);
    const tries = await Promise.all([1, 2].map(() => hold([{ variantId, quantity: 1 }])));
    expect(tries.filter(({ result }) => result.ok)).toHaveLength(1);
    expect(await stockOf(database.db, variantId)).toEqual([1, 1]);
  });

  it('that want the same two variants in opposite order do not wait for each other for ever', async () => {
    const [a, b] = [await makeStock(database.db, 20), await makeStock(database.db, 20)];
    const lines = [
      { variantId: a, quantity: 1 },
      { variantId: b, quantity: 1 },
    ];
    const tries = await Promise.all(
      Array.from({ length: 12 }, (_, index) => hold(index % 2 ? lines : lines.toReversed())),
    );
    expect(tries.every(({ result }) => result.ok)).toBe(true);
    expect(await stockOf(database.db, a)).toEqual([20, 12]);
    expect(await stockOf(database.db, b)).toEqual([20, 12]);
  });

  it('one counting, one buying: never less on hand than is held', async () => {
    const variantId = await makeStock(database.db, 3);
    const [bought, counted] = await Promise.all([
      hold([{ variantId, quantity: 3 }]),
      run(tx => correctStock(tx, { ...BECAUSE, variantId, onHand: 1 })),
    ]);
    // Whoever came first wins; the other is told.
    expect(bought.result.ok).toBe(!counted.ok);
    if (!counted.ok) expect(counted).toEqual({ ok: false, reason: 'reserved', reserved: 3 });
  });

  it('receiving and bringing back at once lose no piece', async () => {
    const variantId = await makeStock(database.db, 0);
    const { orderId } = await makeOrder(database.db);
    const lines = [{ variantId, quantity: 2 }];
    await Promise.all([
      ...Array.from({ length: 5 }, () => run(tx => receiveStock(tx, { ...BECAUSE, variantId, quantity: 3 }))),
      ...Array.from({ length: 5 }, () => run(tx => restock(tx, { ...BECAUSE, orderId, lines }))),
    ]);
    expect(await stockOf(database.db, variantId)).toEqual([25, 0]);
  });
});

describe('the threshold', () => {
  const low = (variantId: number) => eventsOf(database.db, 'stock.low', variantId);

  it('tells staff once a fall: down, further down, up and down again', async () => {
    const variantId = await makeStock(database.db, 6);
    await run(tx => setLowThreshold(tx, { variantId, threshold: 4 }));
    await hold([{ variantId, quantity: 1 }]);
    expect(await low(variantId)).toBe(0);
    const { orderId } = await hold([{ variantId, quantity: 1 }]);
    expect(await low(variantId)).toBe(1);
    await hold([{ variantId, quantity: 1 }]);
    expect(await low(variantId)).toBe(1);
    await run(tx => releaseReservations(tx, { ...BECAUSE, orderId }));
    expect(await low(variantId)).toBe(1);
    await run(tx => receiveStock(tx, { ...BECAUSE, variantId, quantity: 1 }));
    await run(tx => correctStock(tx, { ...BECAUSE, variantId, onHand: 3, reason: 'lost' }));
    expect(await low(variantId)).toBe(2);
  });

  it('is crossed once by twelve buyers at once', async () => {
    const variantId = await makeStock(database.db, 8);
    const tries = await Promise.all(Array.from({ length: 12 }, () => hold([{ variantId, quantity: 1 }])));
    expect(tries.filter(({ result }) => result.ok)).toHaveLength(8);
    expect(await low(variantId)).toBe(1);
  });

  it('of a purchase that was refused tells nobody', async () => {
    const [a, b] = [await makeStock(database.db, 4), await makeStock(database.db, 0)];
    const { result } = await hold([
      { variantId: a, quantity: 4 },
      { variantId: b, quantity: 1 },
    ]);
    expect(result).toEqual({ ok: false, reason: 'sold-out', variantId: b });
    expect(await low(a)).toBe(0);
    expect(await stockOf(database.db, a)).toEqual([4, 0]);
  });
});
