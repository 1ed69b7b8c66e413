import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { atHome, makeCustomer, PASSWORD, signIn } from '../support/customer.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor, type Visitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => void (shop = await startShop({ seeded: false })));
afterAll(() => shop.close());
beforeEach(async () => void (await shop.db('throttles').delete()));
afterEach(async () => expect(await audit(shop.db)).toEqual([]));

const NEXT = 'quite another passphrase';
let made = 0;
const fresh = () => `moved${(made += 1)}@example.com`;
const lettersTo = async (email: string) => {
  await shop.settled();
  return shop.mail.letters().filter(({ to }) => JSON.stringify(to).includes(email));
};
/** The path that the newest letter with such a link leads to. */
const linkTo = async (email: string, part: string): Promise<string> => {
  const found = (await lettersTo(email))
    .map(({ text }) => new RegExp(`https?://[^/\\s]+(/\\w\\w/${part}/[\\w-]+)`).exec(text)?.[1])
    .filter(path => path !== undefined);
  if (found.length === 0) throw new Error(`no letter with ${part} to ${email}`);
  return found[0]!;
};
const ask = (email: string) => createVisitor(shop.origin).post('/en/forgot-password', { email });
const isIn = async (visitor: Visitor) => (await visitor.get('/en/account')).status === 200;
const passwordWorks = async (email: string, password: string) =>
  (await createVisitor(shop.origin).post('/en/sign-in', { email, password })).status === 303;

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

describe('row 52: another address', () => {
  const wish = async (verified = true) => {
    const home = await atHome(shop, { verified });
    const to = fresh();
    const asked = await home.visitor.post('/en/account/email', { email: to });
    return { ...home, to, asked };
  };
  const emailOf = async (userId: number) =>
    (await shop.db('users').where({ id: userId }).first<{ email: string }>('email')).email;

  test('counts when its own link is used, and not before; the old one is told both times', async () => {
    const { visitor, userId, email, to, asked } = await wish();
    expect([asked.status, asked.location]).toEqual([303, '/en/account/email']);
    expect(await emailOf(userId)).toBe(email);
    expect((await lettersTo(email))[0]!.text).toContain(to);
    const link = await linkTo(to, 'email-change');
    const other = createVisitor(shop.origin);
    expect((await other.get(link)).text).toContain(to);
    expect(await emailOf(userId)).toBe(email);
    expect((await other.post(link, {})).location).toBe('/en/sign-in');
    expect(await emailOf(userId)).toBe(to);
    expect(await isIn(visitor)).toBe(false);
    expect(await passwordWorks(to, PASSWORD)).toBe(true);
    expect((await lettersTo(email))[0]!.subject).toContain('Your address at');
  });

  test('is refused by the old one before it counts', async () => {
    const { userId, email, to } = await wish();
    const keep = await linkTo(email, 'keep-email');
    const link = await linkTo(to, 'email-change');
    const me = createVisitor(shop.origin);
    expect((await me.get(keep)).status).toBe(200);
    expect((await me.post(keep, {})).location).toBe('/en/forgot-password');
    expect((await me.post(link, {})).status).toBe(404);
    expect(await emailOf(userId)).toBe(email);
    expect(await passwordWorks(email, PASSWORD)).toBe(false);
  });

  test('is taken back by the old one after it counts, and the thief is out', async () => {
    const { userId, email, to } = await wish();
    await createVisitor(shop.origin).post(await linkTo(to, 'email-change'), {});
    const thief = await signIn(shop, to);
    await createVisitor(shop.origin).post(await linkTo(email, 'keep-email'), {});
    expect(await emailOf(userId)).toBe(email);
    expect(await isIn(thief)).toBe(false);
    await ask(email);
    await createVisitor(shop.origin).post(await linkTo(email, 'reset-password'), { next: NEXT });
    expect(await passwordWorks(email, NEXT)).toBe(true);
  });

  test('that belongs to somebody is asked for like any other, and its owner is told; nobody loses it', async () => {
    const { email: taken } = await makeCustomer(shop);
    const { visitor, userId, email } = await atHome(shop);
    const asked = await visitor.post('/en/account/email', { email: taken });
    expect([asked.status, asked.location]).toEqual([303, '/en/account/email']);
    const letters = await lettersTo(taken);
    expect(letters.map(({ text }) => text.includes('email-change'))).toEqual([false]);
    expect(await emailOf(userId)).toBe(email);
  });

  test('that somebody registered meanwhile is refused with words, and the link stays good', async () => {
    const { userId, email, to } = await wish();
    const link = await linkTo(to, 'email-change');
    const { userId: other } = await makeCustomer(shop, { email: to });
    const visitor = createVisitor(shop.origin);
    const refused = await visitor.post(link, {});
    expect([refused.status, refused.text.includes('another account with this address')]).toEqual([409, true]);
    expect(await emailOf(userId)).toBe(email);
    await shop.db('users').where({ id: other }).delete();
    expect((await visitor.post(link, {})).status).toBe(303);
  });

  test('a second wish ends the first', async () => {
    const { visitor, to } = await wish();
    const first = await linkTo(to, 'email-change');
    const second = fresh();
    await visitor.post('/en/account/email', { email: second });
    const link = await linkTo(second, 'email-change');
    expect((await visitor.get(first)).status).toBe(404);
    expect((await visitor.get(link)).status).toBe(200);
  });

  test('of an account that never showed its own is a first proof, and tells the unproven one nothing', async () => {
    const { userId, email, to } = await wish(false);
    expect(await lettersTo(email)).toEqual([]);
    await createVisitor(shop.origin).post(await linkTo(to, 'email-change'), {});
    expect(await emailOf(userId)).toBe(to);
  });

  test('a link to reset the password that went to the old one is worth nothing afterwards', async () => {
    const { email, to } = await wish();
    await ask(email);
    const reset = await linkTo(email, 'reset-password');
    await createVisitor(shop.origin).post(await linkTo(to, 'email-change'), {});
    expect((await createVisitor(shop.origin).post(reset, { next: NEXT })).status).toBe(404);
  });

  test.each([
    ['what is no address', 'nonsense'],
    ['the present one', 'same'],
  ])('%s is refused as typed', async (_what, typed) => {
    const { visitor, email } = await atHome(shop);
    const sent = typed === 'same' ? email.toUpperCase() : typed;
    const { status, text } = await visitor.post('/en/account/email', { email: sent });
    expect([status, text.includes(`value="${sent}"`)]).toEqual([422, true]);
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

  test('row 57: neither link nor password is anywhere in the database', async () => {
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
  });
});
