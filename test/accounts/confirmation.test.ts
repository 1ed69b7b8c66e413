import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../src/lib/time.js';
import { atHome, PASSWORD, signIn } from '../support/customer.js';
import { FOREIGN_RETURNS } from '../support/hostile.js';
import { startShop, type Shop } from '../support/shop.js';
import { atTheDesk, STAFF_PASSWORD } from '../support/staff.js';
import { createVisitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ seeded: false, jobs: false });
});
afterAll(async () => await shop.close());
beforeEach(async () => void (await shop.db('throttles').delete()));

const PAGE = '/en/sign-in/confirmation';
const confirm = (password: string, return_to = '/en/account/password') => ({ password, return_to });

/** Somebody who signed in a while ago. */
async function aWhileAgo() {
  const home = await atHome(shop);
  shop.advance(16 * MINUTE);
  return home;
}

describe('what could take an account away', () => {
  test('is asked for again after a quarter of an hour, and goes on to where one wanted to be', async () => {
    const { visitor } = await atHome(shop);
    shop.advance(14 * MINUTE);
    expect((await visitor.get('/en/account/password?x=1')).status).toBe(200);
    shop.advance(2 * MINUTE);
    const sent = await visitor.get('/en/account/password?x=1');
    expect([sent.status, sent.location]).toEqual([
      303,
      `${PAGE}?return_to=${encodeURIComponent('/en/account/password?x=1')}`,
    ]);
    const form = await visitor.get(sent.location!);
    expect(form.status).toBe(200);
    expect(form.text).toContain('value="/en/account/password?x=1"');
    const done = await visitor.post(PAGE, confirm(PASSWORD, '/en/account/password?x=1'));
    expect([done.status, done.location]).toEqual([303, '/en/account/password?x=1']);
    expect((await visitor.get('/en/account/password?x=1')).status).toBe(200);
    // Somebody who has just shown who they are is not asked.
    expect((await visitor.get(`${PAGE}?return_to=/en/account`)).location).toBe('/en/account');
  });

  test('is not done by a form that was left open, and the page says so', async () => {
    const { visitor, userId } = await aWhileAgo();
    const before = await shop.db('users').where({ id: userId }).first<object>();
    const sent = await visitor.post(
      '/en/account/password',
      { current: PASSWORD, next: 'ninety 노랑 rowers' },
      { referer: `${shop.origin}/en/account/password` },
    );
    expect([sent.status, sent.location]).toEqual([
      303,
      `${PAGE}?return_to=${encodeURIComponent('/en/account/password')}`,
    ]);
    expect((await visitor.get(sent.location!)).text).toContain('What you sent has not been done');
    expect(await shop.db('users').where({ id: userId }).first<object>()).toEqual(before);
  });

  test('of another site’s page nothing is kept as the place to go back to', async () => {
    const { visitor } = await aWhileAgo();
    const { location } = await visitor.post(
      '/en/account/password',
      {},
      { referer: 'https://evil.example/x' },
    );
    expect(location).toBe(`${PAGE}?return_to=`);
  });

  test('counts for this browser only', async () => {
    const { visitor, email } = await atHome(shop);
    shop.advance(16 * MINUTE);
    const other = await signIn(shop, email);
    expect((await other.get('/en/account/password')).status).toBe(200);
    expect((await visitor.get('/en/account/password')).status).toBe(303);
  });
});

describe('the page', () => {
  test('refuses a wrong and an empty password with words, and keeps where one was going', async () => {
    const { visitor } = await aWhileAgo();
    const wrong = await visitor.post(PAGE, confirm('not my password'));
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('<title>Error: Show that it is you');
    expect(wrong.text).toContain('This is not your password');
    expect(wrong.text).toContain('value="/en/account/password"');
    expect(wrong.text).not.toContain('not my password');
    const empty = await visitor.post(PAGE, {});
    expect([empty.status, empty.text.includes('href="#password"')]).toEqual([422, true]);
    expect((await visitor.get('/en/account/password')).status).toBe(303);
  });

  test('takes no more tries than signing in, and says when the next one is', async () => {
    const { visitor } = await aWhileAgo();
    const statuses: number[] = [];
    for (let each = 0; each < 6; each += 1)
      statuses.push((await visitor.post(PAGE, confirm('guess'))).status);
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
    expect((await visitor.post(PAGE, confirm(PASSWORD))).status).toBe(429);
    shop.advance(31_000);
    expect((await visitor.post(PAGE, confirm(PASSWORD))).status).toBe(303);
  });

  test('leads nowhere outside the store', async () => {
    const led: string[] = [];
    for (const back of [...FOREIGN_RETURNS, '/en/sign-in/confirmation', '/en/sign-in']) {
      const { visitor } = await aWhileAgo();
      const { location } = await visitor.post(PAGE, confirm(PASSWORD, back));
      const leads = new URL(location!, shop.origin);
      if (leads.origin !== shop.origin || leads.pathname.includes('sign-in'))
        led.push(`${back} → ${location}`);
    }
    expect(led).toEqual([]);
  });

  test('sends a guest to sign in, and confirms nothing once the sign-in is over', async () => {
    expect((await createVisitor(shop.origin).get(PAGE)).status).toBe(303);
    const { visitor, userId } = await aWhileAgo();
    await shop.db('sign_ins').where({ user_id: userId }).update({ ended_at: shop.now() });
    expect((await visitor.post(PAGE, confirm(PASSWORD))).location).toBe('/en/sign-in');
  });

  test('offers whoever has no password their provider and a letter', async () => {
    const { visitor, userId } = await aWhileAgo();
    await shop.db('users').where({ id: userId }).update({ password_hash: null });
    await shop.db('identities').insert({
      user_id: userId,
      provider: 'kakao',
      subject: `k-${userId}`,
      created_at: shop.now(),
      used_at: shop.now(),
    });
    const { text } = await visitor.get(`${PAGE}?return_to=/en/account/password`);
    expect(text).toContain(
      '/auth/kakao?purpose=confirm&amp;lang=en&amp;return_to=%2Fen%2Faccount%2Fpassword',
    );
    expect(text).not.toContain('auth/google');
    expect(text).not.toContain('type="password"');
    expect(text).toContain('href="/en/forgot-password"');
    // No password is not the empty password.
    expect((await visitor.post(PAGE, confirm(''))).status).toBe(422);
    expect((await visitor.post(PAGE, confirm('anything at all'))).status).toBe(422);
  });
});

describe('a password', () => {
  const change = (next: string, current = PASSWORD) => ({ current, next });

  test.each([
    ['Password123', 'one of the most used'],
    ['Sam Lee 2026', 'more than your name'],
    ['Trainium!!', 'more than your name'],
    ['short', 'at least 8 characters'],
  ])('%j is refused with words', async (next, words) => {
    const { visitor } = await atHome(shop);
    const refused = await visitor.post('/en/account/password', change(next));
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(words);
    expect(refused.text).not.toContain(`value="${next}"`);
  });

  test('is set for the first time without a present one', async () => {
    const { visitor, userId, email } = await atHome(shop);
    await shop.db('users').where({ id: userId }).update({ password_hash: null });
    const { text } = await visitor.get('/en/account/password');
    expect(text).toContain('Choose a password');
    expect(text).not.toContain('name="current"');
    expect((await visitor.post('/en/account/password', { next: PASSWORD })).location).toBe(
      '/en/account/security',
    );
    await signIn(shop, email);
    // And from then on it is asked for.
    expect((await visitor.post('/en/account/password', { next: 'ninety 노랑 rowers' })).status).toBe(422);
  });

  test('is set for the first time once, when asked twice at once', async () => {
    const { visitor, userId } = await atHome(shop);
    await shop.db('users').where({ id: userId }).update({ password_hash: null });
    const answers = await Promise.all(
      ['first 초록 treadmill', 'second 노랑 treadmill'].map(next =>
        visitor.post('/en/account/password', { next }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 422]);
    expect(await shop.db('account_events').where({ user_id: userId, kind: 'password-changed' })).toHaveLength(
      1,
    );
  });

  test('changed twice at once is changed once', async () => {
    const { visitor, userId } = await atHome(shop);
    const answers = await Promise.all(
      ['first 초록 treadmill', 'second 노랑 treadmill'].map(next =>
        visitor.post('/en/account/password', change(next)),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 422]);
    expect(await shop.db('account_events').where({ user_id: userId, kind: 'password-changed' })).toHaveLength(
      1,
    );
  });
});

describe('row 55: an expired or ended session still works', () => {
  const places = ['/en/account', '/en/account/security', '/en/account/password'];
  const outOf = async (visitor: {
    get(path: string): Promise<{ status: number; location: string | null }>;
  }) =>
    await Promise.all(
      places.map(async path => (await visitor.get(path)).location?.startsWith('/en/sign-in?')),
    );

  test.each<[string, (home: Awaited<ReturnType<typeof atHome>>) => Promise<unknown>]>([
    ['left alone for too long', () => Promise.resolve(shop.advance(25 * HOUR))],
    [
      'as old as it may be',
      ({ userId }) =>
        shop
          .db('sign_ins')
          .where({ user_id: userId })
          .update({ created_at: new Date(shop.now().getTime() - 8 * 24 * HOUR) }),
    ],
    ['signed out', ({ visitor }) => visitor.post('/en/sign-out', {})],
    [
      'after the password was changed elsewhere',
      async ({ email }) => {
        const elsewhere = await signIn(shop, email);
        await elsewhere.post('/en/account/password', { current: PASSWORD, next: 'ninety 노랑 rowers' });
      },
    ],
    [
      'of an account that was disabled',
      ({ userId }) => shop.db('users').where({ id: userId }).update({ disabled_at: shop.now() }),
    ],
    [
      'ended from another browser',
      async ({ email }) => (await signIn(shop, email)).post('/en/account/other-sign-ins/end', {}),
    ],
  ])('%s: the old cookie opens nothing', async (_how, end) => {
    const home = await atHome(shop);
    const stolen = createVisitor(shop.origin);
    stolen.cookies.set('session', home.visitor.cookies.get('session')!);
    expect((await stolen.get('/en/account')).status).toBe(200);
    await end(home);
    expect(await outOf(stolen)).toEqual([true, true, true]);
  });
});

describe('at the desk', () => {
  test('taking shoppers’ data out of the store asks again who one is', async () => {
    const { visitor } = await atTheDesk(shop);
    const csv = '/admin/orders.csv?state=paid';
    expect((await visitor.get(csv)).status).toBe(200);
    shop.advance(16 * MINUTE);
    expect((await visitor.get('/admin/orders')).status).toBe(200);
    const { location } = await visitor.get(csv);
    expect(location).toBe(`${PAGE}?return_to=${encodeURIComponent(csv)}`);
    expect((await visitor.post(PAGE, confirm(STAFF_PASSWORD, csv))).location).toBe(csv);
    expect((await visitor.get(csv)).status).toBe(200);
  });

  test('whoever may not do it at all is not asked', async () => {
    const { visitor } = await atTheDesk(shop, { role: 'staff' });
    shop.advance(16 * MINUTE);
    expect((await visitor.get('/admin/orders.csv')).status).toBe(403);
  });
});
