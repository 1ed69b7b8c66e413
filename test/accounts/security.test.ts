import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TOLD_EVENTS } from '../../src/accounts/views/history.js';
import { browserOf } from '../../src/accounts/views/sign-ins.js';
import { LOCALES } from '../../src/lib/locale.js';
import { HOUR, MINUTE } from '../../src/lib/time.js';
import { translator } from '../../src/platform/i18n.js';
import { countryOf } from '../../src/platform/whereabouts.js';
import { atHome, makeCustomer, signIn } from '../support/customer.js';
import { startShop, type Shop } from '../support/shop.js';
import { employ, STAFF_PASSWORD } from '../support/staff.js';
import { createVisitor } from '../support/visitor.js';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ seeded: false, jobs: false });
});
afterAll(async () => await shop.close());
beforeEach(async () => void (await shop.db('throttles').delete()));

const signInsOf = (userId: number) =>
  shop
    .db('sign_ins')
    .where({ user_id: userId })
    .orderBy('id')
    .select<{ id: number; ended_at: Date | null }[]>('id', 'ended_at');

describe('a browser in words', () => {
  test.each([
    [IPHONE, 'Safari', 'iOS'],
    [FIREFOX, 'Firefox', 'Linux'],
    ['', '', ''],
    ['node', '', ''],
    ['<script>alert(1)</script>', '', ''],
  ])('%j', (userAgent, browser, system) => {
    expect(browserOf(userAgent)).toEqual({ browser, system });
  });
});

describe('the country of a network address', () => {
  test.each([
    ['1.214.68.2', 'KR'],
    ['::ffff:1.214.68.2', 'KR'],
    ['84.54.64.1', 'UZ'],
    ['2001:4860:4860::8888', 'US'],
    ['127.0.0.1', ''],
    ['10.0.0.1', ''],
    ['not an address', ''],
    ['', ''],
  ])('%j is %j', (address, country) => {
    expect(countryOf(address)).toBe(country);
  });
});

test('the page lists every browser that is signed in, this one first', async () => {
  const { visitor, userId, email } = await atHome(shop, { userAgent: FIREFOX });
  await signIn(shop, email, { userAgent: IPHONE });
  await shop
    .db('sign_ins')
    .where({ user_id: userId })
    .andWhereLike('user_agent', '%iPhone%')
    .update({ country: 'KR' });
  const { status, text } = await visitor.get('/en/account/security');
  expect(status).toBe(200);
  expect(text.indexOf('Firefox on Linux')).toBeGreaterThan(0);
  expect(text.indexOf('Safari on iOS')).toBeGreaterThan(text.indexOf('Firefox on Linux'));
  expect(text.match(/This device/g)).toHaveLength(1);
  expect(text).toContain('South Korea');
  expect(text).toContain('Unknown place');
  expect((await visitor.get('/ko/account/security')).text).toContain('대한민국');
  expect((await visitor.get('/uz/account/security')).text).toContain('Janubiy Koreya');
});

test('the page tells what happened to the account, in words of each language', async () => {
  const { visitor, userId } = await atHome(shop);
  const { userId: other } = await makeCustomer(shop);
  for (const [index, kind] of [...TOLD_EVENTS, 'told-nobody'].entries())
    await shop.db('account_events').insert({
      user_id: userId,
      at: new Date(shop.now().getTime() + index),
      actor: kind === 'second-factor-off' ? 'staff:1' : 'user',
      kind,
    });
  await shop
    .db('account_events')
    .insert({ user_id: other, at: shop.now(), actor: 'user', kind: 'email-kept' });
  for (const locale of LOCALES) {
    const { text } = await visitor.get(`/${locale}/account/security`);
    expect(text).not.toMatch(/accounts\.history|told-nobody/);
    expect(text).toContain(translator(locale)('accounts.history.recovery-codes-renewed'));
    expect(text.split(translator(locale)('accounts.security.byStaff'))).toHaveLength(2);
  }
  // The newest ten: the oldest of them have gone.
  expect((await visitor.get('/en/account/security')).text).not.toContain('Account created');
});

test('what runs out by itself is not listed', async () => {
  const { userId, email } = await atHome(shop);
  await shop
    .db('sign_ins')
    .where({ user_id: userId })
    .update({ created_at: new Date(0), seen_at: new Date(0) });
  const visitor = await signIn(shop, email);
  expect((await visitor.get('/en/account/security')).text).not.toContain('/end"');
});

describe('ending', () => {
  test('one sign-in puts that browser out on its next request, and no other', async () => {
    const { visitor, userId, email } = await atHome(shop);
    const second = await signIn(shop, email);
    const third = await signIn(shop, email);
    const [, other] = await signInsOf(userId);
    const done = await visitor.post(`/en/account/sign-ins/${other!.id}/end`, {});
    expect([done.status, done.location]).toEqual([303, '/en/account/security']);
    expect((await second.get('/en/account')).status).toBe(303);
    expect((await third.get('/en/account')).status).toBe(200);
    expect((await visitor.open('/en/account/security')).text).toContain('It is signed out there.');
  });

  test('one twice is the same as once', async () => {
    const { visitor, userId, email } = await atHome(shop);
    await signIn(shop, email);
    const [, other] = await signInsOf(userId);
    const path = `/en/account/sign-ins/${other!.id}/end`;
    const both = await Promise.all([visitor.post(path, {}), visitor.post(path, {})]);
    expect(both.map(({ status }) => status)).toEqual([303, 303]);
    expect(await shop.db('account_events').where({ user_id: userId, kind: 'sign-in-ended' })).toHaveLength(1);
  });

  test('all others leaves only the one that asks', async () => {
    const { visitor, userId, email } = await atHome(shop);
    const others = [await signIn(shop, email), await signIn(shop, email)];
    expect((await visitor.post('/en/account/other-sign-ins/end', {})).status).toBe(303);
    for (const other of others) expect((await other.get('/en/account')).status).toBe(303);
    expect((await visitor.get('/en/account')).status).toBe(200);
    expect((await signInsOf(userId)).filter(({ ended_at }) => ended_at === null)).toHaveLength(1);
  });

  test.each(['0', '999999', 'x', '1e3', '٣', "1'--"])(
    'sign-in %j, which is nobody’s, is not found',
    async id => {
      const { visitor } = await atHome(shop);
      expect((await visitor.post(`/en/account/sign-ins/${encodeURIComponent(id)}/end`, {})).status).toBe(404);
    },
  );

  test('somebody else’s sign-in is not found and goes on', async () => {
    const { visitor: victim, userId } = await atHome(shop);
    const [theirs] = await signInsOf(userId);
    const { visitor } = await atHome(shop);
    expect((await visitor.post(`/en/account/sign-ins/${theirs!.id}/end`, {})).status).toBe(404);
    expect((await victim.get('/en/account')).status).toBe(200);
  });
});

test('a guest is sent to sign in, and a post is told why nothing happened', async () => {
  const guest = createVisitor(shop.origin);
  expect((await guest.get('/en/account/security')).location).toBe(
    '/en/sign-in?return_to=%2Fen%2Faccount%2Fsecurity',
  );
  await guest.post('/en/account/other-sign-ins/end', {});
  expect((await guest.get('/en/sign-in')).text).toContain('has not been done');
});

describe('staying signed in', () => {
  test('a cookie that ends with the browser, unless the box is ticked', async () => {
    const { email } = await makeCustomer(shop);
    const cookieOf = async (fields: Record<string, string>) => {
      const { headers } = await createVisitor(shop.origin).post('/en/sign-in', {
        email,
        password: 'seventeen 초록 treadmills',
        ...fields,
      });
      return headers.getSetCookie().find(line => line.startsWith('session='));
    };
    expect(await cookieOf({})).not.toMatch(/expires|max-age/i);
    expect(await cookieOf({ remember: 'no' })).not.toMatch(/expires|max-age/i);
    const stays = /expires=([^;]+)/i.exec((await cookieOf({ remember: 'yes' }))!);
    expect(Date.parse(stays![1]!) - Date.now()).toBeGreaterThan(179 * 24 * HOUR);
  });

  test('not at the desk: staff sign in anew, whatever they ticked', async () => {
    const { email } = await employ(shop);
    const fields = { email, password: STAFF_PASSWORD, remember: 'yes' };
    const { headers } = await createVisitor(shop.origin).post('/en/sign-in', fields);
    expect(headers.getSetCookie().find(line => line.startsWith('session='))).not.toMatch(/expires|max-age/i);
  });

  test('the session’s row lives as long as its sign-in can', async () => {
    for (const [remember, days] of [
      [false, 7],
      [true, 180],
    ] as const) {
      const { visitor } = await atHome(shop, { remember });
      const id = /^s%3A([^.]+)\./.exec(visitor.cookies.get('session')!)![1]!;
      const row = await shop.db('sessions').where({ sid: id }).first<{ expire: Date }>('expire');
      expect(row.expire.getTime() - Date.now()).toBeGreaterThan(days * 24 * HOUR - MINUTE);
    }
  });

  test('without the box one is out after a day without a click, with it after sixty', async () => {
    const short = (await atHome(shop)).visitor;
    const long = (await atHome(shop, { remember: true })).visitor;
    shop.advance(25 * HOUR);
    expect((await short.get('/en/account')).status).toBe(303);
    expect((await long.get('/en/account')).status).toBe(200);
    shop.advance(61 * 24 * HOUR);
    expect((await long.get('/en/account')).status).toBe(303);
  });
});
