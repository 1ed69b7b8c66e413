import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { answerRequests } from '../../src/inventory/actions/requests.js';
import {
  confirmRequest,
  correctStock,
  forgetRequests,
  openRequestLink,
  receiveStock,
  requestStock,
  stopRequest,
} from '../../src/inventory/index.js';
import { addMs, DAY, HOUR } from '../../src/lib/time.js';
import { inTransaction } from '../../src/platform/db.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { BECAUSE, eventsOf, makeStock, NOW } from './make.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
afterEach(async () => {
  const wrong = await audit(database.db);
  expect(wrong.filter(({ rule }) => rule.startsWith('stock:'))).toEqual([]);
});

interface Row {
  id: number;
  confirmed_at: Date | null;
  mailed_at: Date | null;
  ended_at: Date | null;
}
const requestsFor = (variantId: number) =>
  database.db('stock_requests').where({ variant_id: variantId }).orderBy('id').select<Row[]>();
const letters = async (variantId: number) =>
  (
    await database.db.raw<{ rows: unknown[] }>(
      `select 1 from events e join stock_requests r on r.id = (e.payload ->> 'requestId')::bigint
        where e.type = 'stock.answered' and r.variant_id = ?`,
      [variantId],
    )
  ).rows.length;
const come = (variantId: number, quantity = 1) =>
  inTransaction(database.db, tx => receiveStock(tx, { ...BECAUSE, variantId, quantity }));
const sellOut = (variantId: number) =>
  inTransaction(database.db, tx => correctStock(tx, { ...BECAUSE, variantId, onHand: 0 }));

/** A request and the links of its letter. */
async function ask(variantId: number, email = 'minji@example.com') {
  await inTransaction(database.db, tx => requestStock(tx, { variantId, email, locale: 'ko', now: NOW }));
  const { id: requestId } = await database
    .db('stock_requests')
    .where({ variant_id: variantId, email })
    .orderBy('id', 'desc')
    .first<Row>();
  const link = (purpose: 'confirm' | 'stop') =>
    openRequestLink(database.db, { requestId, purpose, now: NOW });
  return { requestId, confirm: await link('confirm'), stop: await link('stop') };
}
const confirm = (token: string, now = NOW) => confirmRequest(database.db, { token, now });

describe('a request', () => {
  it('waits once its mailbox has said yes, and hears once when pieces come back', async () => {
    const variantId = await makeStock(database.db, 0);
    const { confirm: token } = await ask(variantId);
    expect(await confirm(token)).toEqual({ ok: true, outcome: 'waiting' });
    expect(await confirm(token)).toEqual({ ok: true, outcome: 'waiting' });
    await come(variantId);
    expect(await eventsOf(database.db, 'stock.returned', variantId)).toBe(1);
    const both = { variantId, now: NOW };
    await Promise.all([answerRequests(database.db, both), answerRequests(database.db, both)]);
    await answerRequests(database.db, both);
    expect(await letters(variantId)).toBe(1);
    await sellOut(variantId);
    await come(variantId);
    await answerRequests(database.db, both);
    expect(await letters(variantId)).toBe(1);
    expect(await confirm(token)).toEqual({ ok: false, reason: 'ended' });
  });

  it('of an address that asked before is the same one', async () => {
    const variantId = await makeStock(database.db, 0);
    await Promise.all(Array.from({ length: 4 }, () => ask(variantId)));
    expect(await requestsFor(variantId)).toHaveLength(1);
  });

  it('that nobody confirmed hears nothing', async () => {
    const variantId = await makeStock(database.db, 0);
    await ask(variantId);
    await come(variantId);
    await answerRequests(database.db, { variantId, now: NOW });
    expect(await letters(variantId)).toBe(0);
    expect(await eventsOf(database.db, 'stock.returned', variantId)).toBe(0);
  });

  it('confirmed when pieces are there already ends with that', async () => {
    const variantId = await makeStock(database.db, 0);
    const { confirm: token } = await ask(variantId);
    await come(variantId);
    expect(await confirm(token)).toEqual({ ok: true, outcome: 'available' });
    expect(await requestsFor(variantId)).toMatchObject([
      { confirmed_at: NOW, ended_at: NOW, mailed_at: null },
    ]);
  });

  it('left over because the pieces were gone again hears the next time', async () => {
    const variantId = await makeStock(database.db, 0);
    await confirm((await ask(variantId)).confirm);
    await come(variantId);
    await sellOut(variantId);
    await answerRequests(database.db, { variantId, now: NOW });
    expect(await letters(variantId)).toBe(0);
    await come(variantId);
    expect(await eventsOf(database.db, 'stock.returned', variantId)).toBe(2);
    await answerRequests(database.db, { variantId, now: NOW });
    expect(await letters(variantId)).toBe(1);
  });

  it('that was stopped hears nothing, also after a second stop', async () => {
    const variantId = await makeStock(database.db, 0);
    const { confirm: yes, stop } = await ask(variantId);
    await confirm(yes);
    expect(await stopRequest(database.db, { token: stop, now: NOW })).toBe(true);
    expect(await stopRequest(database.db, { token: stop, now: addMs(NOW, HOUR) })).toBe(true);
    expect(await requestsFor(variantId)).toMatchObject([{ ended_at: NOW }]);
    await come(variantId);
    await answerRequests(database.db, { variantId, now: NOW });
    expect(await letters(variantId)).toBe(0);
    expect(await confirm(yes)).toEqual({ ok: false, reason: 'ended' });
  });

  it('is one of two hundred and fifty that all hear', async () => {
    const variantId = await makeStock(database.db, 0);
    await database.db.raw(
      `insert into stock_requests (variant_id, email, locale, created_at, confirmed_at)
       select :variantId, n || '@example.com', 'en', :now, :now from generate_series(1, 250) n`,
      { variantId, now: NOW },
    );
    await come(variantId);
    const both = { variantId, now: NOW };
    await Promise.all([answerRequests(database.db, both), answerRequests(database.db, both)]);
    expect(await letters(variantId)).toBe(250);
  });
});

describe('a link', () => {
  it('for one thing is no link for the other', async () => {
    const { confirm: yes, stop } = await ask(await makeStock(database.db, 0));
    expect(await confirm(stop)).toEqual({ ok: false, reason: 'unknown' });
    expect(await stopRequest(database.db, { token: yes, now: NOW })).toBe(false);
    expect(await confirm('AAAAAAAAAAAAAAAAAAAAAAAA')).toEqual({ ok: false, reason: 'unknown' });
  });

  it('is written nowhere as it is', async () => {
    const { confirm: yes, stop } = await ask(await makeStock(database.db, 0));
    const kept = JSON.stringify(await database.db('stock_request_tokens').select());
    expect(kept).not.toContain(yes);
    expect(kept).not.toContain(stop);
    expect(yes).toMatch(/^[\w-]{24}$/); // 144 bits
  });

  it('confirms for 48 hours and not a moment longer', async () => {
    const variantId = await makeStock(database.db, 0);
    const { confirm: yes } = await ask(variantId);
    expect(await confirm(yes, addMs(NOW, 48 * HOUR))).toEqual({ ok: false, reason: 'expired' });
    expect(await confirm(yes, addMs(NOW, 48 * HOUR - 1))).toEqual({ ok: true, outcome: 'waiting' });
  });
});

describe('a yes and a delivery at the same moment', () => {
  it('never miss each other: the request hears, or learns that there are pieces', async () => {
    for (let round = 0; round < 12; round += 1) {
      const variantId = await makeStock(database.db, 0);
      const { confirm: yes } = await ask(variantId);
      const late = round % 3; // whoever comes first takes turns
      const [confirmed] = await Promise.all([
        pause(late === 0 ? 2 : 0).then(() => confirm(yes)),
        pause(late === 1 ? 2 : 0).then(() => come(variantId)),
      ]);
      const told = await eventsOf(database.db, 'stock.returned', variantId);
      expect([confirmed, told]).toEqual(
        told === 1 ? [{ ok: true, outcome: 'waiting' }, 1] : [{ ok: true, outcome: 'available' }, 0],
      );
    }
  });
});

it('addresses are forgotten when they are not needed any more', async () => {
  const { db } = database;
  await db('stock_request_tokens').delete();
  await db('stock_requests').delete();
  await db('events').where({ type: 'stock.answered' }).delete();
  const variantId = await makeStock(db, 0);
  const ago = (days: number) => addMs(NOW, -days * DAY);
  const kept = [
    { email: 'new', created_at: ago(6) },
    { email: 'waits', created_at: ago(300), confirmed_at: ago(300) },
    { email: 'stopped', created_at: ago(40), confirmed_at: ago(40), ended_at: ago(29) },
  ];
  const gone = [
    { email: 'never confirmed', created_at: ago(8) },
    { email: 'waited', created_at: ago(366), confirmed_at: ago(366) },
    { email: 'stopped long ago', created_at: ago(40), confirmed_at: ago(40), ended_at: ago(31) },
  ];
  await db('stock_requests').insert(
    [...kept, ...gone].map(request => ({ ...request, variant_id: variantId, locale: 'en' })),
  );
  await forgetRequests(db, { now: NOW });
  expect(await db('stock_requests').orderBy('id').pluck('email')).toEqual(kept.map(({ email }) => email));
});
