import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { atHome, makeCustomer, PASSWORD, signIn } from '../support/customer.js';
import { isIn, mailboxes } from '../support/letter-links.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => void (shop = await startShop({ seeded: false })));
afterAll(() => shop.close());
beforeEach(async () => void (await shop.db('throttles').delete()));
afterEach(async () => expect(await audit(shop.db)).toEqual([]));

const NEXT = 'quite another passphrase';
const { lettersTo, linkTo, ask, passwordWorks } = mailboxes(() => shop);

describe('a forgotten password', () => {
  test('is replaced by a link from a letter; everybody is signed out, and the owner is told', async () => {
    const { visitor, email } = await atHome(shop);
    expect((await ask(email)).location).toBe('/en/forgot-password/sent');
    const link = await linkTo(email, 'reset-password');
    const other = createVisitor(shop.origin);
    expect((await other.get(link)).status).toBe(200);
    expect((await other.post(link, { next: 'short' })).status).toBe(422);
    expect((await other.post(link, { next: NEXT })).location).toBe('/en/sign-in');
    expect(await isIn(visitor)).toBe(false);
    expect(await passwordWorks(email, PASSWORD)).toBe(false);
    expect(await passwordWorks(email, NEXT)).toBe(true);
    expect((await other.post(link, { next: 'a third password' })).status).toBe(404);
    expect((await lettersTo(email))[0]!.subject).toContain('was changed');
  });

  test('row 53: is answered the same for nobody’s address, which gets no letter', async () => {
    const { email } = await makeCustomer(shop);
    const [known, unknown] = await Promise.all([ask(email), ask('nobody@example.com')]);
    expect([known.status, known.location]).toEqual([unknown.status, unknown.location]);
    expect(await lettersTo('nobody@example.com')).toEqual([]);
  });

  test('of a disabled account brings no letter', async () => {
    const { email, userId } = await makeCustomer(shop);
    await shop.db('users').where({ id: userId }).update({ disabled_at: shop.now() });
    await ask(email);
    expect(await lettersTo(email)).toEqual([]);
  });

  test('is reset once by two who press at the same moment', async () => {
    const { email } = await makeCustomer(shop);
    await ask(email);
    const link = await linkTo(email, 'reset-password');
    const both = await Promise.all(
      ['first of two', 'second of two'].map(next => createVisitor(shop.origin).post(link, { next })),
    );
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([303, 404]));
    const works = await Promise.all([
      passwordWorks(email, 'first of two'),
      passwordWorks(email, 'second of two'),
    ]);
    expect(works.filter(Boolean)).toHaveLength(1);
  });

  test('letters to one address have to wait after a few, and say how long', async () => {
    const { email } = await makeCustomer(shop);
    const statuses: number[] = [];
    for (let each = 0; each < 4; each += 1) statuses.push((await ask(email)).status);
    expect(statuses).toEqual([303, 303, 303, 429]);
  });

  test('row 54: a link of one kind is none of another', async () => {
    const { email } = await makeCustomer(shop, { verified: false });
    await ask(email);
    const token = (await linkTo(email, 'reset-password')).split('/').at(-1)!;
    const visitor = createVisitor(shop.origin);
    for (const path of ['verify-email', 'email-change', 'keep-email'])
      expect((await visitor.post(`/en/${path}/${token}`, { password: PASSWORD })).status).toBe(404);
  });
});

describe('the letter about an address', () => {
  test('is sent again on request, once verified no more', async () => {
    const { visitor, email, userId } = await atHome(shop, { verified: false });
    expect((await visitor.get('/en/account')).text).toContain('Send the letter again');
    await visitor.post('/en/account/verification', {});
    const link = await linkTo(email, 'verify-email');
    expect((await visitor.post(link, {})).location).toBe('/en/account');
    expect((await visitor.get('/en/account')).text).not.toContain('Send the letter again');
    await visitor.post('/en/account/verification', {});
    expect(await lettersTo(email)).toHaveLength(1);
    const events = await shop.db('account_events').where({ user_id: userId }).pluck<string[]>('kind');
    expect(events).toContain('email-verified');
  });

  test('a link to verify pressed by three verifies once', async () => {
    const { email, userId } = await makeCustomer(shop, { verified: false });
    const visitor = await signIn(shop, email);
    await visitor.post('/en/account/verification', {});
    const link = await linkTo(email, 'verify-email');
    const all = await Promise.all([1, 2, 3].map(() => visitor.post(link, {})));
    expect(all.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(all.filter(({ status }) => status === 404)).toHaveLength(2);
    expect(await shop.db('account_events').where({ user_id: userId, kind: 'email-verified' })).toHaveLength(
      1,
    );
  });

  test('row 57: neither link nor password is anywhere in the database or the log', async () => {
    const { email } = await makeCustomer(shop, { verified: false });
    await ask(email);
    const token = (await linkTo(email, 'reset-password')).split('/').at(-1)!;
    await createVisitor(shop.origin).post(`/en/reset-password/${token}`, { next: NEXT });
    const { rows: tables } = await shop.db.raw<{ rows: { name: string }[] }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    );
    const held: string[] = [];
    for (const { name } of tables) {
      const { rows: found } = await shop.db.raw<{ rows: unknown[] }>(
        `select 1 from ${name} t where t::text like ? or t::text like ? limit 1`,
        [`%${token}%`, `%${NEXT}%`],
      );
      if (found.length > 0) held.push(name);
    }
    expect(held).toEqual([]);
    expect(shop.logs.filter(line => line.includes(token) || line.includes(NEXT))).toEqual([]);
    expect(shop.logs.some(line => line.includes('/reset-password/:token'))).toBe(true);
  });
});
