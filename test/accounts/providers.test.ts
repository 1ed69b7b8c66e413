import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { MINUTE } from '../../src/lib/time.js';
import { FOREIGN_RETURNS } from '../support/hostile.js';
import { makeCustomer } from '../support/customer.js';
import { AGREED, isIn, leave, signInBy, somebody, type Provider } from '../support/sign-in-by.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor, type Visitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => void (shop = await startShop({ seeded: false })));
afterAll(() => shop.close());
beforeEach(async () => {
  await shop.db('throttles').delete();
  await shop.db('rate_limits').delete();
});
afterEach(async () => {
  shop.google.calm();
  shop.kakao.calm();
  expect(await audit(shop.db)).toEqual([]);
});

const PROVIDERS: readonly Provider[] = ['google', 'kakao'];
const COMPLETE = '/en/register/complete';

interface Kept {
  id: number;
  name: string;
  email: string;
  locale: string;
  password_hash: string | null;
  email_verified_at: Date | null;
}
const userOf = async (email: string) => await shop.db('users').where({ email }).first<Kept | undefined>();
const identitiesOf = async (userId: number) =>
  await shop
    .db('identities')
    .where({ user_id: userId })
    .orderBy('id')
    .select<{ provider: string; subject: string; email: string | null }[]>('provider', 'subject', 'email');
const countAll = async () => [await shop.db('users').pluck('id'), await shop.db('identities').pluck('id')];
const errorsInLog = () => shop.logs.filter(line => /"level":"error"/.test(line));
/** The page in the end, and what it says. */
const follow = async (visitor: Visitor, location: string | null) => (await visitor.open(location!)).text;

describe.each(PROVIDERS)('success by %s', provider => {
  test('a new user is asked before anything is stored, and is in afterwards', async () => {
    const person = somebody();
    const before = await countAll();
    const { visitor, answered } = await signInBy(shop, provider, person);
    expect([answered.status, answered.location]).toEqual([303, COMPLETE]);
    const page = await visitor.get(COMPLETE);
    expect(page.status).toBe(200);
    expect(page.text).toContain('value="Aziza Karimova"');
    expect(page.text).toContain(person.email);
    expect(/<input[^>]*\bchecked\b/.test(page.text.slice(page.text.indexOf('<main')))).toBe(false);
    expect(await countAll()).toEqual(before);
    expect(await isIn(visitor)).toBe(false);

    const done = await visitor.post(COMPLETE, { ...AGREED, name: 'Aziza K.' });
    expect([done.status, done.location]).toEqual([303, '/en/account']);
    expect(await isIn(visitor)).toBe(true);
    const user = (await userOf(person.email!))!;
    expect(user).toMatchObject({ name: 'Aziza K.', locale: 'en', password_hash: null });
    expect(user.email_verified_at).not.toBeNull();
    expect(await identitiesOf(user.id)).toEqual([{ provider, subject: person.subject, email: person.email }]);
    const agreed = await shop.db('consents').where({ user_id: user.id, given: true }).pluck<string[]>('kind');
    expect(agreed.toSorted()).toEqual(['age', 'privacy', 'terms']);
    await shop.settled();
    expect(shop.mail.letters().filter(({ to }) => JSON.stringify(to).includes(person.email!))).toEqual([]);
  });

  test('a returning user is in at once, and goes on to where they wanted to be', async () => {
    const person = somebody();
    const { visitor } = await signInBy(shop, provider, person);
    await visitor.post(COMPLETE, { ...AGREED, name: 'Aziza' });
    const again = await signInBy(shop, provider, person, { query: 'lang=ko&return_to=/ko/cart' });
    expect([again.answered.status, again.answered.location]).toEqual([303, '/ko/cart']);
    expect(await isIn(again.visitor)).toBe(true);
    const user = (await userOf(person.email!))!;
    expect(await identitiesOf(user.id)).toHaveLength(1);
    expect(
      await shop.db('sign_ins').where({ user_id: user.id }).orderBy('id').pluck<string[]>('via'),
    ).toEqual([provider, provider]);
  });

  test('pressed twice at once makes one account', async () => {
    const person = somebody();
    const { visitor } = await signInBy(shop, provider, person);
    const answers = await Promise.all([1, 2].map(() => visitor.post(COMPLETE, { ...AGREED, name: 'Aziza' })));
    expect(answers.map(({ status, location }) => [status, location])).toEqual([
      [303, '/en/account'],
      [303, '/en/account'],
    ]);
    expect(await identitiesOf((await userOf(person.email!))!.id)).toHaveLength(1);
  });

  test('whoever is too young leaves nothing behind', async () => {
    const person = somebody();
    const before = await countAll();
    const { visitor } = await signInBy(shop, provider, person);
    const told = await visitor.post(COMPLETE, { ...AGREED, name: 'Aziza', age: 'no' });
    expect([told.status, told.text.includes('14 or older')]).toEqual([200, true]);
    expect(told.text).not.toContain(person.email);
    expect(await countAll()).toEqual(before);
    expect((await visitor.get(COMPLETE)).location).toBe('/en/sign-in');
    expect(JSON.stringify(await shop.db('sessions').select('sess'))).not.toContain(person.email);
  });

  test.each([
    ['name', { name: ' ' }],
    ['age', { age: '' }],
    ['terms', { terms: '' }],
    ['privacy', { privacy: '' }],
  ])('without a proper %s is refused, and what was typed is still there', async (field, wrong) => {
    const person = somebody();
    const { visitor } = await signInBy(shop, provider, person);
    const refused = await visitor.post(COMPLETE, { ...AGREED, name: 'Typed Name', ...wrong });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('<title>Error: ');
    expect(refused.text).toContain(`href="#${field}"`);
    if (field !== 'name') expect(refused.text).toContain('value="Typed Name"');
    expect(await userOf(person.email!)).toBeUndefined();
  });

  test('what the provider told waits ten minutes', async () => {
    const { visitor } = await signInBy(shop, provider, somebody());
    shop.advance(11 * MINUTE);
    for (const answered of [await visitor.get(COMPLETE), await visitor.post(COMPLETE, AGREED)])
      expect([answered.status, answered.location]).toEqual([303, '/en/sign-in']);
  });
});

describe.each(PROVIDERS)('the way to %s and back', provider => {
  test('cart kept over login, and what was noted for the guest', async () => {
    const visitor = createVisitor(shop.origin);
    await visitor.get('/en/');
    visitor.cookies.set('cart', 'not-a-signed-one');
    await signInBy(shop, provider, somebody(), { visitor });
    expect(visitor.cookies.get('cart')).toBe('not-a-signed-one');
    await visitor.post(COMPLETE, { ...AGREED, name: 'Aziza' });
    expect(visitor.cookies.get('cart')).toBe('not-a-signed-one');
    expect(await isIn(visitor)).toBe(true);
  });

  test('session id changed: one that was planted before is worth nothing', async () => {
    const person = somebody();
    const { visitor } = await signInBy(shop, provider, person);
    const before = visitor.cookies.get('session')!;
    await visitor.post(COMPLETE, { ...AGREED, name: 'Aziza' });
    expect(visitor.cookies.get('session')).not.toBe(before);
    const planted = createVisitor(shop.origin);
    planted.cookies.set('session', before);
    expect(await isIn(planted)).toBe(false);

    const returning = await signInBy(shop, provider, person, { visitor });
    expect(returning.visitor.cookies.get('session')).not.toBe(before);
  });

  test.each([
    ['wrong', (url: URL) => url.searchParams.set('state', 'guessed')],
    ['missing', (url: URL) => url.searchParams.delete('state')],
    ['a list', (url: URL) => url.searchParams.append('state', 'second')],
    ['named like an object’s own', (url: URL) => url.searchParams.set('state', '__proto__')],
  ])('state %s: nobody comes in, and the page says what to do', async (_how, change) => {
    const visitor = createVisitor(shop.origin);
    const back = new URL(shop[provider].choose(await leave(visitor, provider), somebody()));
    change(back);
    const answered = await visitor.get(back.href);
    expect([answered.status, answered.location]).toEqual([303, '/en/sign-in']);
    expect(await follow(visitor, answered.location)).toContain('begun too long ago, or in another browser');
    expect(await isIn(visitor)).toBe(false);
  });

  test('state replayed: the second time is refused, and so is a second use of the code', async () => {
    const person = somebody();
    const visitor = createVisitor(shop.origin);
    const back = shop[provider].choose(await leave(visitor, provider), person);
    expect((await visitor.get(back)).location).toBe(COMPLETE);
    expect((await visitor.get(back)).location).toBe('/en/sign-in');
    // The same code with a state of its own.
    const other = new URL(back);
    const fresh = new URL(await leave(visitor, provider));
    other.searchParams.set('state', fresh.searchParams.get('state')!);
    const again = await visitor.get(other.href);
    expect([again.status, again.location]).toEqual([303, '/en/sign-in']);
  });

  test('state of another provider is none', async () => {
    const other: Provider = provider === 'google' ? 'kakao' : 'google';
    const visitor = createVisitor(shop.origin);
    const elsewhere = new URL(await leave(visitor, other));
    const back = new URL(shop[provider].choose(await leave(visitor, provider), somebody()));
    back.searchParams.set('state', elsewhere.searchParams.get('state')!);
    expect((await visitor.get(back.href)).location).toBe('/en/sign-in');
  });

  test('state is ten minutes old at most', async () => {
    const visitor = createVisitor(shop.origin);
    const back = shop[provider].choose(await leave(visitor, provider), somebody());
    shop.advance(10 * MINUTE);
    expect((await visitor.get(back)).location).toBe('/en/sign-in');
  });

  test('other browser: a way back that somebody sends on lets nobody in', async () => {
    const back = shop[provider].choose(await leave(createVisitor(shop.origin), provider), somebody());
    const victim = createVisitor(shop.origin);
    const answered = await victim.get(back);
    expect([answered.status, answered.location]).toEqual([303, '/en/sign-in']);
    expect(await isIn(victim)).toBe(false);
  });

  test('two tabs: both come back, in any order', async () => {
    const person = somebody();
    const visitor = createVisitor(shop.origin);
    const [first, second] = [await leave(visitor, provider), await leave(visitor, provider)];
    expect((await visitor.get(shop[provider].choose(second, person))).location).toBe(COMPLETE);
    expect((await visitor.get(shop[provider].choose(first, person))).location).toBe(COMPLETE);
    await visitor.post(COMPLETE, { ...AGREED, name: 'Aziza' });

    // The same of somebody who has an account: the first to come back signs in, the second signs in again.
    const tabs = [
      await leave(visitor, provider, 'lang=en&return_to=/en/cart'),
      await leave(visitor, provider, 'lang=en&return_to=/en/products'),
    ];
    const came: (string | null)[] = [];
    for (const page of tabs) came.push((await visitor.get(shop[provider].choose(page, person))).location);
    expect([came, await isIn(visitor)]).toEqual([['/en/cart', '/en/products'], true]);
  });

  test('six tabs: the five newest count, so that nobody fills a session', async () => {
    const visitor = createVisitor(shop.origin);
    const pages: string[] = [];
    for (let each = 0; each < 6; each += 1) {
      pages.push(await leave(visitor, provider));
      shop.advance(1);
    }
    const came: (string | null)[] = [];
    for (const page of pages)
      came.push((await visitor.get(shop[provider].choose(page, somebody()))).location);
    expect(came).toEqual(['/en/sign-in', ...Array.from({ length: 5 }, () => COMPLETE)]);
  });

  test.each([
    ['cancel', 'access_denied', 'You turned back'],
    ['server_error', 'server_error', 'did not answer as it should'],
    ['temporarily_unavailable', 'temporarily_unavailable', 'did not answer as it should'],
  ] as const)('%s: back where one was, with a word and no error in the log', async (_how, error, words) => {
    const visitor = createVisitor(shop.origin);
    const page = await leave(visitor, provider, 'lang=ko&return_to=/ko/cart');
    const answered = await visitor.get(shop[provider].fail(page, error));
    expect([answered.status, answered.location]).toEqual([303, '/ko/sign-in?return_to=%2Fko%2Fcart']);
    const english = createVisitor(shop.origin);
    const back = await english.get(shop[provider].fail(await leave(english, provider), error));
    expect(await follow(english, back.location)).toContain(words);
    expect(errorsInLog()).toEqual([]);
  });

  test.each([
    ['token', 'before'],
    ['token', 'after'],
    ['userinfo', 'before'],
  ] as const)('provider 500 at %s, %s its effect: a way on, no error in the log', async (on, effect) => {
    const visitor = createVisitor(shop.origin);
    const page = await leave(visitor, provider);
    shop[provider].trouble({ kind: 'error', on, effect });
    const answered = await visitor.get(shop[provider].choose(page, somebody()));
    expect([answered.status, answered.location]).toEqual([303, '/en/sign-in']);
    expect(await follow(visitor, answered.location)).toContain('did not answer as it should');
    expect(errorsInLog()).toEqual([]);
    // And the next try works.
    shop[provider].calm();
    expect((await signInBy(shop, provider, somebody(), { visitor })).answered.location).toBe(COMPLETE);
  });

  test('callback with neither code nor error begins nothing, nor does a beginning with one end anything', async () => {
    const calls = shop[provider].requests().length;
    for (const query of ['', '?state=x', '?code=', '?code=a&code=b', '?code[a]=1&state=x', '?error=']) {
      const visitor = createVisitor(shop.origin);
      const { status, location } = await visitor.get(`/auth/${provider}/callback${query}`);
      expect([query, status, location]).toEqual([query, 303, '/en/sign-in']);
    }
    for (const query of ['code=x&state=y', 'error=server_error'])
      expect((await createVisitor(shop.origin).get(`/auth/${provider}?${query}`)).location).toBe(
        '/en/sign-in',
      );
    expect(shop[provider].requests()).toHaveLength(calls);
    expect(errorsInLog()).toEqual([]);
  });

  test('no e-mail: it is asked for, and nobody is in before the letter’s link', async () => {
    const email = `asked.${provider}@example.com`;
    const { visitor } = await signInBy(shop, provider, somebody({ email: null, verified: false }));
    expect((await visitor.get(COMPLETE)).text).toContain('name="email"');
    const refused = await visitor.post(COMPLETE, { ...AGREED, name: 'Aziza', email: 'none' });
    expect([refused.status, refused.text.includes('href="#email"')]).toEqual([422, true]);
    const sent = await visitor.post(COMPLETE, { ...AGREED, name: 'Aziza', email });
    expect([sent.status, sent.location]).toEqual([303, `${COMPLETE}/sent`]);
    expect(await isIn(visitor)).toBe(false);
    const user = (await userOf(email))!;
    expect([user.email_verified_at, await identitiesOf(user.id)]).toEqual([null, []]);
  });

  test('unverified e-mail: it is prefilled, and has to be shown', async () => {
    const person = somebody({ verified: false });
    const { visitor } = await signInBy(shop, provider, person);
    expect((await visitor.get(COMPLETE)).text).toContain(`value="${person.email}"`);
    const sent = await visitor.post(COMPLETE, { ...AGREED, name: 'Aziza', email: person.email! });
    expect(sent.location).toBe(`${COMPLETE}/sent`);
    expect((await userOf(person.email!))!.email_verified_at).toBeNull();
  });

  test('two social accounts with the same e-mail are two identities of one user', async () => {
    const first = somebody();
    const { visitor } = await signInBy(shop, provider, first);
    await visitor.post(COMPLETE, { ...AGREED, name: 'Aziza' });
    const other: Provider = provider === 'google' ? 'kakao' : 'google';
    const again = await signInBy(shop, other, somebody({ email: first.email }));
    expect([await isIn(again.visitor), again.answered.location]).toEqual([true, '/en/account']);
    const user = (await userOf(first.email!))!;
    expect((await identitiesOf(user.id)).map(each => each.provider)).toEqual([provider, other]);
  });

  test('the provider’s address changes later: the subject counts, the account’s address stays', async () => {
    const person = somebody();
    const { visitor } = await signInBy(shop, provider, person);
    await visitor.post(COMPLETE, { ...AGREED, name: 'Aziza' });
    const { email: other } = await makeCustomer(shop, { email: `other.${provider}@gmail.com` });
    const again = await signInBy(shop, provider, { ...person, email: other });
    expect(await isIn(again.visitor)).toBe(true);
    const user = (await userOf(person.email!))!;
    expect(await identitiesOf(user.id)).toEqual([{ provider, subject: person.subject, email: other }]);
    expect((await userOf(other))!.id).not.toBe(user.id);
  });

  test('a disabled account is not let in, nor made again', async () => {
    const person = somebody();
    const { visitor } = await signInBy(shop, provider, person);
    await visitor.post(COMPLETE, { ...AGREED, name: 'Aziza' });
    await shop.db('users').where({ email: person.email }).update({ disabled_at: shop.now() });
    const again = await signInBy(shop, provider, person);
    expect(again.answered.location).toBe('/en/sign-in');
    expect(await follow(again.visitor, '/en/sign-in')).toContain('This account cannot be used');
    const namesake = await signInBy(shop, provider, somebody({ email: person.email }));
    expect(namesake.answered.location).toBe('/en/sign-in');
    await shop.db('users').where({ email: person.email }).update({ disabled_at: null });
  });

  test('open redirect in returnTo: nobody is led out of the store', async () => {
    const person = somebody();
    const { visitor } = await signInBy(shop, provider, person);
    await visitor.post(COMPLETE, { ...AGREED, name: 'Aziza' });
    const led: string[] = [];
    for (const back of FOREIGN_RETURNS) {
      await shop.db('rate_limits').delete();
      const query = `lang=en&return_to=${encodeURIComponent(back)}`;
      const { answered } = await signInBy(shop, provider, person, { query });
      if (new URL(answered.location!, shop.origin).origin !== shop.origin)
        led.push(`${back} → ${answered.location}`);
    }
    expect(led).toEqual([]);
  });

  test('many beginnings from one place have to wait', async () => {
    const visitor = createVisitor(shop.origin);
    const statuses: number[] = [];
    for (let each = 0; each < 31; each += 1)
      statuses.push((await visitor.get(`/auth/${provider}?lang=en`)).status);
    expect([statuses.filter(status => status === 302).length, statuses.at(-1)]).toEqual([30, 429]);
  });

  test('token never in a URL or a log, nor a code, a secret, a state or a verifier', async () => {
    const secrets = shop[provider].secrets();
    expect(secrets.length).toBeGreaterThan(20);
    const clientSecret = `${provider}-secret`;
    const log = shop.logs.join('\n');
    const called = shop[provider].requests().map(({ path }) => path);
    for (const secret of [...secrets, clientSecret]) {
      expect(log).not.toContain(secret);
      expect(log).not.toContain(encodeURIComponent(secret));
      expect(
        called.filter(path => path.includes(secret) || path.includes(encodeURIComponent(secret))),
      ).toEqual([]);
    }
    expect(log).not.toMatch(/code_verifier|access_token|[?&](code|state)=/);
    // The code and the verifier travel in a body, the token in a header.
    const tokenCall = shop[provider].requests().find(({ method }) => method === 'POST')!;
    expect(tokenCall.body).toMatch(/code_verifier=/);
    const profileCall = shop[provider].requests().findLast(({ method }) => method === 'GET')!;
    expect(profileCall.authorization).toMatch(/^Bearer /);
    for (const table of ['users', 'identities', 'sign_ins', 'account_events', 'events', 'sessions']) {
      const kept = JSON.stringify(await shop.db(table).select());
      for (const secret of secrets) expect(kept).not.toContain(secret);
    }
  });
});

describe('what only Google says', () => {
  test('an address it does not host has to be shown, though it says "verified"', async () => {
    const person = somebody({ email: 'ann@elsewhere.example' });
    const { visitor } = await signInBy(shop, 'google', person);
    const sent = await visitor.post(COMPLETE, { ...AGREED, name: 'Ann', email: person.email! });
    expect(sent.location).toBe(`${COMPLETE}/sent`);
  });

  test('an address of an organization whose mail it hosts counts', async () => {
    const person = somebody({ email: 'otabek@studio.example', organization: 'studio.example' });
    const { visitor } = await signInBy(shop, 'google', person);
    await visitor.post(COMPLETE, { ...AGREED, name: 'Otabek' });
    expect((await userOf(person.email!))!.email_verified_at).not.toBeNull();
  });
});

describe('what only Kakao says', () => {
  test('half an answer is given up after ten seconds, with a way on', async () => {
    const visitor = createVisitor(shop.origin);
    const page = await leave(visitor, 'kakao');
    shop.kakao.trouble({ kind: 'cut', on: 'userinfo' });
    expect((await visitor.get(shop.kakao.choose(page, somebody()))).location).toBe('/en/sign-in');
    expect(errorsInLog()).toEqual([]);
  }, 20_000);

  test('Kakao is_email_valid: false is an address of somebody else by now', async () => {
    const owner = await makeCustomer(shop, { email: 'taken.since@kakao.com' });
    const { visitor, answered } = await signInBy(
      shop,
      'kakao',
      somebody({ email: owner.email, taken: true }),
    );
    expect(answered.location).toBe(COMPLETE);
    expect((await visitor.get(COMPLETE)).text).toContain('name="email"');
    expect(await identitiesOf(owner.userId)).toEqual([]);
  });

  test('id as a large number is not rounded: neighbours stay two people', async () => {
    const subjects = ['9007199254740993001', '9007199254740993002'];
    for (const [index, subject] of subjects.entries()) {
      const person = somebody({ subject, email: `large${index}@kakao.com` });
      const { visitor } = await signInBy(shop, 'kakao', person);
      await visitor.post(COMPLETE, { ...AGREED, name: 'Aziza' });
    }
    const kept = await shop.db('identities').whereIn('subject', subjects).pluck<string[]>('user_id');
    expect(new Set(kept).size).toBe(2);
  });
});
