import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { forgetUnverified } from '../../src/accounts/index.js';
import { DAY } from '../../src/lib/time.js';
import { inTransaction } from '../../src/platform/db.js';
import { makeCustomer, PASSWORD, signIn } from '../support/customer.js';
import { HOSTILE } from '../support/hostile.js';
import { linkTo as linkOf } from '../support/letter-links.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor, type Visitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => void (shop = await startShop({ seeded: false })));
afterAll(() => shop.close());
beforeEach(async () => void (await shop.db('throttles').delete()));
afterEach(async () => expect(await audit(shop.db)).toEqual([]));

let made = 0;
const fresh = () => `new${(made += 1)}@example.com`;
const filled = (email: string) => ({
  name: 'Aziza Karimova',
  email,
  password: PASSWORD,
  age: 'yes',
  terms: 'yes',
  privacy: 'yes',
});
const userOf = async (email: string) =>
  await shop.db('users').where({ email }).first<{ id: number; email_verified_at: Date | null } | undefined>();
const lettersTo = (email: string) =>
  shop.mail.letters().filter(({ to }) => JSON.stringify(to).includes(email));
const linkTo = (email: string, part: string) => linkOf(shop, email, part);
const isIn = async (visitor: Visitor) => (await visitor.get('/en/account')).status === 200;

describe('registering', () => {
  test('makes an account whose address is shown by its own link, which signs this browser in', async () => {
    const [visitor, email] = [createVisitor(shop.origin), fresh()];
    const sent = await visitor.post('/en/register', { ...filled(email), marketing: 'yes' });
    expect([sent.status, sent.location]).toEqual([303, '/en/register/sent']);
    expect((await visitor.get(sent.location!)).status).toBe(200);
    expect(await isIn(visitor)).toBe(false);

    const link = await linkTo(email, 'verify-email');
    const page = await visitor.get(link);
    expect([page.status, page.text.includes(email)]).toEqual([200, true]);
    expect((await userOf(email))!.email_verified_at).toBeNull();
    const done = await visitor.post(link, {});
    expect([done.status, done.location]).toEqual([303, '/en/account']);
    expect(await isIn(visitor)).toBe(true);
    expect((await userOf(email))!.email_verified_at).not.toBeNull();
    expect((await visitor.get(link)).status).toBe(404);
  });

  test('keeps what was agreed to, each with the version of its text', async () => {
    const email = fresh();
    await createVisitor(shop.origin).post('/en/register', filled(email));
    const { id } = (await userOf(email))!;
    const kept = await shop
      .db('consents')
      .where({ user_id: id })
      .orderBy('kind')
      .select<{ kind: string; given: boolean; version: string }[]>('kind', 'given', 'version');
    expect(kept.map(({ kind, given }) => [kind, given])).toEqual([
      ['age', true],
      ['marketing', false],
      ['privacy', true],
      ['terms', true],
    ]);
    expect(new Set(kept.map(({ version }) => version))).toEqual(new Set(['2026-11-26']));
  });

  test('speaks and writes the language of the page', async () => {
    const email = fresh();
    await createVisitor(shop.origin).post('/ko/register', filled(email));
    expect(await linkTo(email, 'verify-email')).toMatch(/^\/ko\//);
    expect(lettersTo(email)[0]!.subject).toContain('이메일 주소를 확인해 주세요');
  });

  test('of somebody too young keeps nothing and says so', async () => {
    const [visitor, email] = [createVisitor(shop.origin), fresh()];
    const { status, text } = await visitor.post('/en/register', { ...filled(email), age: 'no' });
    expect([status, text.includes('14 or older')]).toEqual([200, true]);
    expect(text).not.toContain(email);
    expect(await userOf(email)).toBeUndefined();
  });

  test.each([
    ['name', { name: ' ' }],
    ['email', { email: 'no address' }],
    ['password', { password: 'short' }],
    ['age', { age: '' }],
    ['terms', { terms: '' }],
    ['privacy', { privacy: '' }],
  ])('without a proper %s is refused, and what was typed is still there', async (field, wrong) => {
    const email = fresh();
    const { status, text } = await createVisitor(shop.origin).post('/en/register', {
      ...filled(email),
      ...wrong,
    });
    expect(status).toBe(422);
    expect(text).toContain('<title>Error: ');
    expect(text).toContain(`href="#${field}"`);
    expect(text).not.toContain(PASSWORD);
    if (field !== 'name') expect(text).toContain('Aziza Karimova');
    expect(await userOf(email)).toBeUndefined();
  });

  test('preselects nothing', async () => {
    const { text } = await createVisitor(shop.origin).get('/en/register');
    expect(/<input[^>]*\bchecked\b/.test(text.slice(text.indexOf('<main')))).toBe(false);
  });

  test('with names that attack shows them as text and writes none of them in a letter', async () => {
    for (const name of HOSTILE.slice(0, 12)) {
      await shop.db('throttles').delete();
      const email = fresh();
      const { status, text } = await createVisitor(shop.origin).post('/en/register', {
        ...filled(email),
        name,
      });
      expect([303, 422]).toContain(status);
      expect(text).not.toContain('<script>alert');
      await shop.settled();
      if (name.trim().length > 5)
        for (const letter of lettersTo(email)) expect(letter.text).not.toContain(name);
    }
  });

  test('of one address by three at once makes one account', async () => {
    const email = fresh();
    const all = await Promise.all(
      Array.from({ length: 3 }, () => createVisitor(shop.origin).post('/en/register', filled(email))),
    );
    expect(all.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(await shop.db('users').where({ email })).toHaveLength(1);
  });
});

describe('row 53: an address that has an account', () => {
  test('is answered like any other: status, place and page; its owner is told by letter', async () => {
    const { email } = await makeCustomer(shop);
    const register = async (address: string) => {
      const visitor = createVisitor(shop.origin);
      const { status, location } = await visitor.post('/en/register', filled(address));
      return {
        status,
        location,
        page: (await visitor.get(location!)).text,
        cookies: [...visitor.cookies.keys()],
      };
    };
    const [known, unknown] = [await register(email), await register(fresh())];
    expect(known).toEqual(unknown);
    await shop.settled();
    const [letter] = lettersTo(email);
    expect(letter!.subject).toContain('You have an account');
    expect(letter!.text).toContain('/en/forgot-password');
    expect(letter!.text).not.toContain('verify-email');
  });

  test('costs as many statements as one without', async () => {
    // Without jobs: theirs would be counted, too.
    const quiet = await startShop({ seeded: false, jobs: false });
    try {
      const { email } = await makeCustomer(quiet);
      const statements = async (address: string) => {
        const seen: string[] = [];
        const listen = ({ sql }: { sql: string }) => void seen.push(sql);
        quiet.db.on('query', listen);
        await createVisitor(quiet.origin).post('/en/register', filled(address));
        quiet.db.removeListener('query', listen);
        return seen;
      };
      // The frame of the page is remembered from the first request on.
      await createVisitor(quiet.origin).get('/en/register');
      expect(await statements(email)).toEqual(await statements(fresh()));
    } finally {
      await quiet.close();
    }
  });

  test('keeps the password it has', async () => {
    const { email } = await makeCustomer(shop);
    await createVisitor(shop.origin).post('/en/register', { ...filled(email), password: 'another password' });
    await signIn(shop, email);
  });
});

describe('an account that a stranger made with my address', () => {
  const takenBefore = async () => {
    const email = fresh();
    const stranger = createVisitor(shop.origin);
    await stranger.post('/en/register', filled(email));
    return { email, stranger, link: await linkTo(email, 'verify-email') };
  };

  test('is not verified by my click in my browser: it asks for the password', async () => {
    const { email, link } = await takenBefore();
    const me = createVisitor(shop.origin);
    // I registered, too: my browser knows of no account that it made.
    await me.post('/en/register', { ...filled(email), password: 'a password of mine' });
    expect((await me.get(link)).text).toContain('type="password"');
    const { status } = await me.post(link, { password: 'a password of mine' });
    expect(status).toBe(422);
    expect((await userOf(email))!.email_verified_at).toBeNull();
  });

  test('is mine alone after a reset: the stranger is out, and what they linked is gone', async () => {
    const { email, stranger } = await takenBefore();
    await stranger.post('/en/sign-in', { email, password: PASSWORD });
    expect(await isIn(stranger)).toBe(true);
    const { id } = (await userOf(email))!;
    await shop.db('identities').insert({
      user_id: id,
      provider: 'google',
      subject: `s${id}`,
      created_at: shop.now(),
      used_at: shop.now(),
    });
    const me = createVisitor(shop.origin);
    await me.post('/en/forgot-password', { email });
    const link = await linkTo(email, 'reset-password');
    expect((await me.post(link, { next: 'only I know this' })).location).toBe('/en/sign-in');
    expect(await isIn(stranger)).toBe(false);
    expect(await shop.db('identities').where({ user_id: id })).toEqual([]);
    expect((await userOf(email))!.email_verified_at).not.toBeNull();
    expect((await stranger.post('/en/sign-in', { email, password: PASSWORD })).status).toBe(422);
  });

  test('is forgotten when nobody uses it', async () => {
    const { email } = await takenBefore();
    const verified = await makeCustomer(shop);
    const byProvider = await makeCustomer(shop, { verified: false, email: fresh() });
    const at = { created_at: shop.now(), used_at: shop.now() };
    const identity = { provider: 'kakao', subject: 'stays away', ...at };
    await shop.db('identities').insert({ user_id: byProvider.userId, ...identity });
    const later = (ms: number) => new Date(Date.now() + ms);
    await inTransaction(shop.db, tx => forgetUnverified(tx, { now: later(29 * DAY) }));
    expect(await userOf(email)).toBeDefined();
    await inTransaction(shop.db, tx => forgetUnverified(tx, { now: later(31 * DAY) }));
    expect(await userOf(email)).toBeUndefined();
    expect(await userOf(verified.email)).toBeDefined();
    expect(await userOf(byProvider.email)).toBeDefined();
  });
});
