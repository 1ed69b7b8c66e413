import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { takeCode } from '../../src/accounts/actions/second-factor.js';
import { openUserToken } from '../../src/accounts/index.js';
import { newRecoveryCodes, newSecret, plainCode, stepOf } from '../../src/accounts/one-time-code.js';
import { audit } from '../../src/audit/index.js';
import { createSeal } from '../../src/accounts/seal.js';
import { qrView } from '../../src/accounts/views/second-factor.js';
import { DAY, MINUTE, SECOND } from '../../src/lib/time.js';
import {
  authenticator,
  codesOn,
  secretOn,
  setUpFactor,
  type Authenticator,
} from '../support/authenticator.js';
import { atHome, PASSWORD } from '../support/customer.js';
import { startShop, type Shop } from '../support/shop.js';
import { signInBy, somebody, type Provider } from '../support/sign-in-by.js';
import { createVisitor, type Visitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ seeded: false });
});
afterAll(async () => await shop.close());
beforeEach(async () => void (await shop.db('throttles').delete()));

const FACTOR = '/en/account/second-factor';

describe('what is sealed', () => {
  const seal = createSeal(['new secret', 'old secret'], 'tests');

  test('opens with the secret that sealed it, and says when that is an older one', () => {
    expect(seal.open(seal.close('비밀 🔋'))).toEqual({ text: '비밀 🔋', isOld: false });
    expect(seal.open(createSeal(['old secret'], 'tests').close('x'))).toEqual({ text: 'x', isOld: true });
  });

  test('opens with no other secret, for no other purpose, and with no bit changed', () => {
    const sealed = seal.close('text');
    expect(createSeal(['another'], 'tests').open(sealed)).toBe(null);
    expect(createSeal(['new secret'], 'other tests').open(sealed)).toBe(null);
    const bytes = Buffer.from(sealed, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      expect(seal.open(changed.toString('base64url'))).toBe(null);
    }
    for (const garbage of ['', 'x', 'a'.repeat(500)]) expect(seal.open(garbage)).toBe(null);
  });

  test('looks different each time', () => expect(seal.close('a')).not.toBe(seal.close('a')));
});

describe('a code', () => {
  // RFC 6238, appendix B, SHA-1: the last six of eight digits.
  test.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
  ])('at %d s is the one that the standard says', (seconds, code) => {
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    expect(stepOf(secret, code, new Date(seconds * 1_000))).toBe(Math.floor(seconds / 30));
  });

  test('counts half a minute early and late, and no longer', () => {
    const app = authenticator({ now: () => new Date(1_000_000_020_000) }, newSecret());
    const at = (ms: number) => stepOf(app.secret, app.code(), new Date(1_000_000_020_000 + ms)) !== null;
    expect([-60, -30, 0, 30, 60].map(seconds => at(seconds * SECOND))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  test.each([
    [' 123 456 ', '123456'],
    ['１２３-４５６', '123456'],
    ['ABCD-efgh_kmnp qrtw', 'abcdefghkmnpqrtw'],
    ['', ''],
  ])('%j is read as %j', (typed, code) => expect(plainCode(typed)).toBe(code));

  test('for recovery is ten different ones of 72 bits, made anew each time', () => {
    const all = Array.from({ length: 50 }, newRecoveryCodes).flat();
    expect(new Set(all).size).toBe(500);
    for (const code of all)
      expect(code).toMatch(/^[34679acdefghjkmnpqrtwxy]{4}(-[34679acdefghjkmnpqrtwxy]{4}){3}$/);
  });

  test('as a picture is one path in a square with a light edge', () => {
    const { size, path } = qrView('otpauth://totp/x?secret=ABC');
    expect(path).toMatch(/^(M\d+ \d+h\d+v1h-\d+z)+$/);
    for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
      expect(Math.min(Number(x), Number(y))).toBeGreaterThanOrEqual(4);
      expect(Number(x) + Number(width)).toBeLessThanOrEqual(size - 4);
    }
  });
});

/** Somebody with a second factor, and a browser that showed the right password only. */
async function halfway(): Promise<{ app: Authenticator; visitor: Visitor; userId: number; email: string }> {
  const { visitor: home, userId, email } = await atHome(shop);
  const app = await setUpFactor(shop, home);
  // The code that switched it on counts no more.
  shop.advance(31 * SECOND);
  const visitor = createVisitor(shop.origin);
  const { location } = await visitor.post('/en/sign-in', {
    email,
    password: PASSWORD,
    return_to: '/en/account/security',
  });
  expect(location).toBe('/en/sign-in/code');
  return { app, visitor, userId, email };
}
const isIn = async (visitor: Visitor) => (await visitor.get('/en/account')).status === 200;

describe('setting up', () => {
  test('shows a picture, a key and a link, and is on with the first right code', async () => {
    const { visitor, userId, email } = await atHome(shop);
    const elsewhere = createVisitor(shop.origin);
    await elsewhere.post('/en/sign-in', { email, password: PASSWORD });
    const before = visitor.cookies.get('session');
    expect((await visitor.get(`${FACTOR}/setup`)).location).toBe(FACTOR);
    expect((await visitor.post(`${FACTOR}/setup`, {})).location).toBe(`${FACTOR}/setup`);
    const { text } = await visitor.get(`${FACTOR}/setup`);
    expect(text).toContain('<svg class="qr"');
    expect(text).not.toMatch(/style=/);
    const secret = secretOn(text);
    expect(text).toContain(`secret=${secret}`);
    // Looking again shows the same one: the app may have it already.
    expect(secretOn((await visitor.get(`${FACTOR}/setup`)).text)).toBe(secret);
    const app = authenticator(shop, secret);
    const wrong = await visitor.post(FACTOR, { code: '000000' });
    expect([wrong.status, wrong.text.includes('This code is not right')]).toEqual([422, true]);
    expect((await visitor.post(FACTOR, {})).text).toContain('Enter the code that your app shows');
    const on = await visitor.post(FACTOR, { code: ` ${app.code().slice(0, 3)} ${app.code().slice(3)}` });
    expect([on.status, on.location]).toEqual([303, `${FACTOR}/recovery-codes`]);
    expect(visitor.cookies.get('session')).not.toBe(before);
    expect(await isIn(visitor)).toBe(true);
    expect(await isIn(elsewhere)).toBe(false);
    await shop.settled();
    const letters = shop.mail.letters().filter(({ to }) => to.includes(email));
    expect(letters.map(({ subject }) => subject)).toEqual(['The second factor of your account is on']);
    expect(letters[0]!.text + letters[0]!.html).not.toContain(secret);
    expect(await shop.db('account_events').where({ user_id: userId }).pluck('kind')).toEqual([
      'second-factor-on',
    ]);
  });

  test('twice at once is on once, with one set of codes', async () => {
    const { visitor, userId } = await atHome(shop);
    await visitor.post(`${FACTOR}/setup`, {});
    const app = authenticator(shop, secretOn((await visitor.get(`${FACTOR}/setup`)).text));
    const both = await Promise.all([1, 2].map(() => visitor.post(FACTOR, { code: app.code() })));
    expect(both.map(({ status }) => status)).toEqual([303, 303]);
    expect(await shop.db('recovery_codes').where({ user_id: userId })).toHaveLength(10);
    expect(await shop.db('account_events').where({ user_id: userId, kind: 'second-factor-on' })).toHaveLength(
      1,
    );
  });

  test('anew does not touch one that is on', async () => {
    const { visitor, userId } = await atHome(shop);
    await setUpFactor(shop, visitor);
    const before = await shop.db('second_factors').where({ user_id: userId }).first<object>();
    expect((await visitor.post(`${FACTOR}/setup`, {})).location).toBe(FACTOR);
    expect(await shop.db('second_factors').where({ user_id: userId }).first<object>()).toEqual(before);
  });

  test('changes nothing about signing in before a code was right', async () => {
    const { visitor, email } = await atHome(shop);
    await visitor.post(`${FACTOR}/setup`, {});
    const other = createVisitor(shop.origin);
    expect((await other.post('/en/sign-in', { email, password: PASSWORD })).location).toBe('/en/account');
  });

  test('asks again who one is when signing in was a while ago', async () => {
    const { visitor } = await atHome(shop);
    shop.advance(16 * MINUTE);
    for (const path of ['setup', 'recovery-codes'])
      expect((await visitor.get(`${FACTOR}/${path}`)).location).toContain('/en/sign-in/confirmation');
    for (const path of ['', '/setup', '/removal', '/recovery-codes'])
      expect((await visitor.post(FACTOR + path, {})).location).toContain('/en/sign-in/confirmation');
  });
});

describe('signing in', () => {
  test('takes the code after the password, and goes on to where one wanted to be', async () => {
    const { app, visitor } = await halfway();
    expect(await isIn(visitor)).toBe(false);
    const form = await visitor.get('/en/sign-in/code');
    expect(form.text).toContain('autocomplete="one-time-code"');
    const halfwayId = visitor.cookies.get('session');
    const done = await visitor.post('/en/sign-in/code', { code: app.code() });
    expect([done.status, done.location]).toEqual([303, '/en/account/security']);
    expect(visitor.cookies.get('session')).not.toBe(halfwayId);
    expect(await isIn(visitor)).toBe(true);
    // What the session was called before is worth nothing.
    const old = createVisitor(shop.origin);
    old.cookies.set('session', halfwayId!);
    expect((await old.get('/en/sign-in/code')).location).toBe('/en/sign-in');
    expect(await isIn(old)).toBe(false);
  });

  test('stays when that was ticked before the code', async () => {
    const { app, email } = await halfway();
    const visitor = createVisitor(shop.origin);
    await visitor.post('/en/sign-in', { email, password: PASSWORD, remember: 'yes' });
    const { headers } = await visitor.post('/en/sign-in/code', { code: app.code() });
    expect(headers.getSetCookie().find(line => line.startsWith('session='))).toMatch(/expires/i);
  });

  test('refuses a wrong code and an empty form with words, and shows no code again', async () => {
    const { visitor } = await halfway();
    const wrong = await visitor.post('/en/sign-in/code', { code: '123456' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('<title>Error: Enter your code');
    expect(wrong.text).toContain('href="#code"');
    expect(wrong.text).not.toContain('123456');
    expect((await visitor.post('/en/sign-in/code', {})).status).toBe(422);
    const recovery = await visitor.post('/en/sign-in/code', { recovery: 'aaaa-aaaa-aaaa-aaaa' });
    expect(recovery.text).toContain('<details class="disclosure" open>');
    expect(await isIn(visitor)).toBe(false);
  });

  test('takes a code once, of many that send it at once and afterwards', async () => {
    const { app, email } = await halfway();
    const visitors = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const visitor = createVisitor(shop.origin);
        await visitor.post('/en/sign-in', { email, password: PASSWORD });
        return visitor;
      }),
    );
    const code = app.code();
    const answers = await Promise.all(visitors.map(visitor => visitor.post('/en/sign-in/code', { code })));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    // Nor an earlier one, now that a later one was taken.
    await shop.db('throttles').delete();
    const late = createVisitor(shop.origin);
    await late.post('/en/sign-in', { email, password: PASSWORD });
    expect((await late.post('/en/sign-in/code', { code: app.code(-1) })).status).toBe(422);
  });

  test('slows guessing down, and the right password gives no new tries', async () => {
    const { app, email } = await halfway();
    const statuses: number[] = [];
    for (let each = 0; each < 6; each += 1) {
      const visitor = createVisitor(shop.origin);
      await visitor.post('/en/sign-in', { email, password: PASSWORD });
      statuses.push((await visitor.post('/en/sign-in/code', { code: '123456' })).status);
    }
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
    const visitor = createVisitor(shop.origin);
    await visitor.post('/en/sign-in', { email, password: PASSWORD });
    expect((await visitor.post('/en/sign-in/code', { code: app.code() })).status).toBe(429);
    shop.advance(31 * SECOND);
    expect((await visitor.post('/en/sign-in/code', { code: app.code() })).status).toBe(303);
  });

  test('by guessing from elsewhere does not keep the owner’s own browser out', async () => {
    const { visitor: own, email } = await atHome(shop);
    const app = await setUpFactor(shop, own);
    await own.post('/en/sign-out', {});
    shop.advance(31 * SECOND);
    for (let each = 0; each < 6; each += 1) {
      const visitor = createVisitor(shop.origin);
      await visitor.post('/en/sign-in', { email, password: PASSWORD });
      await visitor.post('/en/sign-in/code', { code: '123456' });
    }
    await own.post('/en/sign-in', { email, password: PASSWORD });
    expect((await own.post('/en/sign-in/code', { code: app.code() })).status).toBe(303);
  });

  test.each<[string, (home: { userId: number }) => Promise<unknown>]>([
    ['after ten minutes', () => Promise.resolve(shop.advance(10 * MINUTE))],
    [
      'of an account that was disabled',
      ({ userId }) => shop.db('users').where({ id: userId }).update({ disabled_at: shop.now() }),
    ],
    [
      'when the password was changed meanwhile',
      ({ userId }) => shop.db('users').where({ id: userId }).update({ password_hash: 'another' }),
    ],
  ])('%s begins anew', async (_when, happens) => {
    const { app, visitor, userId } = await halfway();
    await happens({ userId });
    const { status, location } = await visitor.post('/en/sign-in/code', { code: app.code() });
    expect([status, location]).toEqual([303, '/en/sign-in']);
    expect((await visitor.get('/en/sign-in')).text).toContain('Sign in anew');
    expect(await isIn(visitor)).toBe(false);
  });

  test('as somebody else ends the sign-in that this browser had', async () => {
    const { email } = await halfway();
    const { visitor, userId } = await atHome(shop);
    await visitor.post('/en/sign-in', { email, password: PASSWORD });
    expect(await isIn(visitor)).toBe(false);
    expect(await shop.db('sign_ins').where({ user_id: userId, ended_at: null })).toHaveLength(0);
  });

  test('a code without having shown a password is sent to sign in', async () => {
    const guest = createVisitor(shop.origin);
    expect((await guest.get('/en/sign-in/code')).location).toBe('/en/sign-in');
    expect((await guest.post('/en/sign-in/code', { code: '123456' })).location).toBe('/en/sign-in');
    const { visitor } = await atHome(shop);
    expect((await visitor.get('/en/sign-in/code')).location).toBe('/en/account');
  });
});

describe('a recovery code', () => {
  test('opens the account once, however it is typed, and the owner hears of it', async () => {
    const { app, visitor, email } = await halfway();
    const typed = ` ${app.codes[0]!.toUpperCase().replaceAll('-', ' ')} `;
    const done = await visitor.post('/en/sign-in/code', { recovery: typed });
    expect(done.status).toBe(303);
    expect((await visitor.get('/en/account/security')).text).toContain('9 are left');
    const again = createVisitor(shop.origin);
    await again.post('/en/sign-in', { email, password: PASSWORD });
    expect((await again.post('/en/sign-in/code', { recovery: app.codes[0]! })).status).toBe(422);
    await shop.settled();
    const letter = shop.mail
      .letters()
      .find(({ to, subject }) => to.includes(email) && subject.includes('recovery code'));
    expect(letter?.text).toContain('9 of them are left');
  });

  test('sent by two at once lets one in', async () => {
    const { app, visitor, email } = await halfway();
    const other = createVisitor(shop.origin);
    await other.post('/en/sign-in', { email, password: PASSWORD });
    const recovery = app.codes[3]!;
    const answers = await Promise.all(
      [visitor, other].map(each => each.post('/en/sign-in/code', { recovery })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 422]);
  });

  test('of somebody else opens nothing', async () => {
    const { app } = await halfway();
    const { visitor } = await halfway();
    expect((await visitor.post('/en/sign-in/code', { recovery: app.codes[0]! })).status).toBe(422);
  });

  test('is shown for ten minutes or until it is kept, in the browser that asked', async () => {
    const { visitor } = await atHome(shop);
    const app = await setUpFactor(shop, visitor);
    expect(app.codes).toHaveLength(10);
    expect(codesOn((await visitor.get(`${FACTOR}/recovery-codes`)).text)).toEqual(app.codes);
    expect((await visitor.post(`${FACTOR}/recovery-codes/kept`, {})).location).toBe(FACTOR);
    expect((await visitor.get(`${FACTOR}/recovery-codes`)).location).toBe(FACTOR);
    await visitor.post(`${FACTOR}/recovery-codes`, {});
    shop.advance(10 * MINUTE);
    expect((await visitor.get(`${FACTOR}/recovery-codes`)).location).toBe(FACTOR);
  });

  test('of a new set voids the old set', async () => {
    const { app, visitor, email } = await halfway();
    await visitor.post('/en/sign-in/code', { code: app.code() });
    await visitor.post(`${FACTOR}/recovery-codes`, {});
    const fresh = codesOn((await visitor.get(`${FACTOR}/recovery-codes`)).text);
    expect(fresh.filter(code => app.codes.includes(code))).toEqual([]);
    const other = createVisitor(shop.origin);
    await other.post('/en/sign-in', { email, password: PASSWORD });
    expect((await other.post('/en/sign-in/code', { recovery: app.codes[0]! })).status).toBe(422);
    expect((await other.post('/en/sign-in/code', { recovery: fresh[0]! })).status).toBe(303);
  });

  test('cannot be asked for without a second factor', async () => {
    const { visitor, userId } = await atHome(shop);
    expect((await visitor.post(`${FACTOR}/recovery-codes`, {})).location).toBe(FACTOR);
    expect(await shop.db('recovery_codes').where({ user_id: userId })).toHaveLength(0);
  });
});

describe('confirming who one is', () => {
  const CONFIRM = '/en/sign-in/confirmation';

  test('takes a code where there is a second factor, and no password', async () => {
    const { visitor } = await atHome(shop);
    const app = await setUpFactor(shop, visitor);
    shop.advance(16 * MINUTE);
    expect((await visitor.get(CONFIRM)).text).not.toContain('type="password"');
    expect((await visitor.post(CONFIRM, { password: PASSWORD })).status).toBe(422);
    expect((await visitor.post(CONFIRM, { code: '123456' })).status).toBe(422);
    expect((await visitor.post(CONFIRM, { code: app.code(), return_to: FACTOR })).location).toBe(FACTOR);
    expect((await visitor.post(`${FACTOR}/recovery-codes`, {})).location).toBe(`${FACTOR}/recovery-codes`);
    const [fresh] = codesOn((await visitor.get(`${FACTOR}/recovery-codes`)).text);
    shop.advance(16 * MINUTE);
    expect((await visitor.post(CONFIRM, { recovery: app.codes[5]! })).status).toBe(422);
    expect((await visitor.post(CONFIRM, { recovery: fresh! })).status).toBe(303);
  });
});

describe.each<Provider>(['google', 'kakao'])('by %s', provider => {
  /** Somebody without a password, whom the provider vouches for. */
  async function vouched() {
    const { visitor, userId, email } = await atHome(shop);
    const person = somebody({ email });
    await shop.db('users').where({ id: userId }).update({ password_hash: null });
    await shop.db('identities').insert({
      user_id: userId,
      provider,
      subject: person.subject,
      email,
      email_verified: true,
      created_at: shop.now(),
      used_at: shop.now(),
    });
    return { visitor, userId, email, person };
  }
  const CONFIRM = '/en/sign-in/confirmation';

  test('signing in owes the code as well', async () => {
    const { visitor: home, person } = await vouched();
    const app = await setUpFactor(shop, home);
    shop.advance(31 * SECOND);
    const { visitor, answered } = await signInBy(shop, provider, person);
    expect(answered.location).toBe('/en/sign-in/code');
    expect(await isIn(visitor)).toBe(false);
    expect((await visitor.post('/en/sign-in/code', { code: app.code() })).location).toBe('/en/account');
    expect(await isIn(visitor)).toBe(true);
  });

  test('confirming goes by the provider where there is no password, and by the code where there is a second factor', async () => {
    const { visitor, person } = await vouched();
    shop.advance(16 * MINUTE);
    const { text } = await visitor.get(`${CONFIRM}?return_to=${FACTOR}/setup`);
    const [, query] = /\/auth\/\w+\?([^"]+)/.exec(text)!;
    const by = { visitor, query: query!.replaceAll('&amp;', '&') };
    expect((await signInBy(shop, provider, person, by)).answered.location).toBe(`${FACTOR}/setup`);
    const app = await setUpFactor(shop, visitor);
    shop.advance(16 * MINUTE);
    expect((await visitor.get(CONFIRM)).text).not.toContain('/auth/');
    await signInBy(shop, provider, person, by);
    expect((await visitor.get(`${FACTOR}/recovery-codes`)).location).toContain(CONFIRM);
    expect((await visitor.post(CONFIRM, { code: app.code() })).status).toBe(303);
  });
});

describe('switching off', () => {
  test('takes the codes along, tells the owner, and twice is once', async () => {
    const { app, visitor, userId, email } = await halfway();
    await visitor.post('/en/sign-in/code', { code: app.code() });
    const both = await Promise.all([1, 2].map(() => visitor.post(`${FACTOR}/removal`, {})));
    expect(both.map(({ status }) => status)).toEqual([303, 303]);
    expect(await shop.db('recovery_codes').where({ user_id: userId })).toHaveLength(0);
    expect(
      await shop.db('account_events').where({ user_id: userId, kind: 'second-factor-off' }),
    ).toHaveLength(1);
    const other = createVisitor(shop.origin);
    expect((await other.post('/en/sign-in', { email, password: PASSWORD })).location).toBe('/en/account');
    await shop.settled();
    expect(
      shop.mail.letters().filter(({ to, subject }) => to.includes(email) && subject.endsWith('is off')),
    ).toHaveLength(1);
  });
});

describe('a password set by mail', () => {
  const reset = async (userId: number, email: string) => {
    const now = shop.now();
    const token = await openUserToken(shop.db, { userId, purpose: 'reset-password', data: { email }, now });
    const visitor = createVisitor(shop.origin);
    const { location } = await visitor.post(`/en/reset-password/${token}`, { next: 'ninety 노랑 rowers' });
    expect(location).toBe('/en/sign-in');
    return await visitor.post('/en/sign-in', { email, password: 'ninety 노랑 rowers' });
  };

  test('does not skip the second factor', async () => {
    const { visitor, userId, email } = await atHome(shop);
    await setUpFactor(shop, visitor);
    expect((await reset(userId, email)).location).toBe('/en/sign-in/code');
  });

  test('that is the first proof of the address drops one that a stranger had set up', async () => {
    const { visitor, userId, email } = await atHome(shop, { verified: false });
    await setUpFactor(shop, visitor);
    expect((await reset(userId, email)).location).toBe('/en/account');
    expect(await shop.db('second_factors').where({ user_id: userId })).toHaveLength(0);
  });

  test.each([
    ['drops one that came with the change of address that it undoes', 0, 0],
    ['keeps one that was there long before', 3 * DAY, 1],
  ])('after an objection %s', async (_what, before, left) => {
    const { visitor, userId, email } = await atHome(shop);
    await setUpFactor(shop, visitor);
    shop.advance(before);
    await shop
      .db('account_events')
      .insert({ user_id: userId, at: shop.now(), actor: 'user', kind: 'email-change-asked' });
    const token = await openUserToken(shop.db, {
      userId,
      purpose: 'keep-email',
      data: { email },
      now: shop.now(),
    });
    await createVisitor(shop.origin).post(`/en/keep-email/${token}`, {});
    expect(await shop.db('second_factors').where({ user_id: userId })).toHaveLength(left);
  });
});

test('a secret that an older secret sealed works, and is sealed anew by using it', async () => {
  const { visitor, userId } = await atHome(shop);
  const app = await setUpFactor(shop, visitor);
  const seal = (...secrets: string[]) => createSeal(secrets, 'second factor');
  await shop
    .db('second_factors')
    .where({ user_id: userId })
    .update({ secret: seal('older').close(app.secret), last_step: 0 });
  const typed = { code: app.code(), recovery: '' };
  const now = shop.now();
  expect(await takeCode(shop.db, { userId, typed, seal: seal('unrelated'), now })).toEqual({ ok: false });
  expect(await takeCode(shop.db, { userId, typed, seal: seal('newer', 'older'), now })).toEqual({
    ok: true,
    recovered: false,
  });
  const { secret } = await shop
    .db('second_factors')
    .where({ user_id: userId })
    .first<{ secret: string }>('secret');
  expect(seal('newer').open(secret)?.text).toBe(app.secret);
});

test('no secret and no code is in the database, in the log or in a letter', async () => {
  const { app, visitor } = await halfway();
  await visitor.post('/en/sign-in/code', { recovery: app.codes[0]! });
  await visitor.post(`${FACTOR}/recovery-codes`, {});
  const fresh = codesOn((await visitor.get(`${FACTOR}/recovery-codes`)).text);
  await shop.settled();
  const tables = await shop
    .db('information_schema.tables')
    .where({ table_schema: 'public', table_type: 'BASE TABLE' })
    .pluck<string[]>('table_name');
  const dumps = await Promise.all(tables.map(async table => JSON.stringify(await shop.db(table).select())));
  const said = [...dumps, ...shop.logs, ...shop.mail.letters().map(({ html, text }) => html + text)].join(
    '\n',
  );
  for (const secret of [app.secret, ...app.codes, ...fresh]) expect(said).not.toContain(secret);
});

test('the audit finds nothing wrong after all of this, and would find what is', async () => {
  expect(await audit(shop.db)).toEqual([]);
  const { user_id: userId } = await shop
    .db('second_factors')
    .whereNotNull('on_at')
    .first<{ user_id: number }>('user_id');
  const { id } = await shop.db('recovery_codes').where({ user_id: userId }).first<{ id: number }>('id');
  await shop.db('recovery_codes').where({ id }).delete();
  expect((await audit(shop.db)).map(({ rule }) => rule)).toEqual([
    expect.stringContaining('ten recovery codes'),
  ]);
  await shop.db('second_factors').where({ user_id: userId }).delete();
  expect((await audit(shop.db)).map(({ rule }) => rule)).toEqual([
    expect.stringContaining('history of its user'),
  ]);
});
