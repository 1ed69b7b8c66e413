import { afterAll, beforeAll, expect, test } from 'vitest';
import { findUserToken, forgetUserTokens, openUserToken, useUserToken } from '../../src/accounts/index.js';
import { DAY, HOUR } from '../../src/lib/time.js';
import { inTransaction } from '../../src/platform/db.js';
import { makeCustomer } from '../support/customer.js';
import { startShop, type Shop } from '../support/shop.js';

let shop: Shop;
let userId: number;
beforeAll(async () => {
  shop = await startShop({ seeded: false, jobs: false });
  ({ userId } = await makeCustomer(shop));
});
afterAll(() => shop.close());

const NOW = new Date('2026-11-26T12:00:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);
const open = (data = {}) => openUserToken(shop.db, { userId, purpose: 'reset-password', data, now: NOW });
const use = (token: string, purpose: 'reset-password' | 'verify-email' = 'reset-password', now = NOW) =>
  inTransaction(shop.db, tx => useUserToken(tx, { token, purpose, now }));

test('a link works once, and brings what it is about', async () => {
  const token = await open({ to: 'new@example.com' });
  expect(await findUserToken(shop.db, { token, purpose: 'reset-password', now: NOW })).toEqual({
    userId,
    data: { to: 'new@example.com' },
  });
  expect(await use(token)).toEqual({ userId, data: { to: 'new@example.com' } });
  expect(await use(token)).toBeNull();
});

test('used by six at once it works for one', async () => {
  const token = await open();
  const uses = await Promise.all(Array.from({ length: 6 }, () => use(token)));
  expect(uses.filter(used => used !== null)).toHaveLength(1);
});

test('a link that was used ends the others of its purpose', async () => {
  const [first, second] = [await open(), await open()];
  const other = await openUserToken(shop.db, { userId, purpose: 'verify-email', now: NOW });
  await use(second);
  expect(await use(first)).toBeNull();
  expect(await use(other, 'verify-email')).not.toBeNull();
});

test('row 54: a link opens what its letter was for and nothing else, until its time is over', async () => {
  const token = await open();
  expect(await use(token, 'verify-email')).toBeNull();
  expect(await use(token, 'reset-password', later(HOUR))).toBeNull();
  expect(await use(token, 'reset-password', later(HOUR - 1))).not.toBeNull();
});

test('no link works for whoever is disabled', async () => {
  const disabled = await makeCustomer(shop);
  const token = await openUserToken(shop.db, { userId: disabled.userId, purpose: 'verify-email', now: NOW });
  await shop.db('users').where({ id: disabled.userId }).update({ disabled_at: NOW });
  expect(await use(token, 'verify-email')).toBeNull();
});

test('the database knows no token, and forgets the old ones', async () => {
  const token = await open();
  const kept = await shop.db('user_tokens').select<{ token_hash: string }[]>('token_hash');
  expect(kept.map(({ token_hash }) => token_hash).filter(hash => hash.includes(token))).toEqual([]);
  await forgetUserTokens(shop.db, { now: later(30 * DAY) });
  expect(await shop.db('user_tokens').where({ user_id: userId })).toEqual([]);
});
