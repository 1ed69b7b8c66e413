import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../src/lib/time.js';
import { FOREIGN_RETURNS } from '../support/hostile.js';
import { startShop, type Shop } from '../support/shop.js';
import { atTheDesk, employ, STAFF_PASSWORD } from '../support/staff.js';
import { createVisitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ seeded: false, jobs: false });
  await employ(shop);
});
afterAll(async () => await shop.close());
beforeEach(async () => void (await shop.db('throttles').delete()));

const right = { email: 'admin@desk.example', password: STAFF_PASSWORD };

describe('signing in', () => {
  test('leads from the page that was asked for to that page', async () => {
    const visitor = createVisitor(shop.origin);
    const sent = await visitor.get('/admin/orders?x=1');
    expect(sent.status).toBe(303);
    expect(sent.location).toBe('/en/sign-in?return_to=%2Fadmin%2Forders%3Fx%3D1');
    const form = await visitor.get(sent.location!);
    expect(form.text).toContain('value="/admin/orders?x=1"');
    const done = await visitor.post('/en/sign-in', { ...right, return_to: '/admin/orders?x=1' });
    expect([done.status, done.location]).toEqual([303, '/admin/orders?x=1']);
    expect((await visitor.get('/admin/orders')).status).toBe(200);
  });

  test('takes the address in any letters', async () => {
    const { status } = await createVisitor(shop.origin).post('/en/sign-in', {
      ...right,
      email: ' ADMIN@Desk.example ',
    });
    expect(status).toBe(303);
  });

  test('leads nowhere outside the store, and in no circle, whatever the form says', async () => {
    const led: string[] = [];
    for (const return_to of [
      ...FOREIGN_RETURNS,
      '/en/sign-in',
      '/ko/register',
      '/en/sign-out',
      '/auth/google',
    ]) {
      await shop.db('throttles').delete();
      const { location } = await createVisitor(shop.origin).post('/en/sign-in', { ...right, return_to });
      const leads = new URL(location!, shop.origin);
      const circle = /sign-in|sign-out|register|auth/.test(leads.pathname);
      if (leads.origin !== shop.origin || circle) led.push(`${JSON.stringify(return_to)} → ${location}`);
    }
    expect(led).toEqual([]);
  });

  test('gives the browser a new session and kills the one it came with', async () => {
    const { visitor } = await atTheDesk(shop);
    const first = visitor.cookies.get('session');
    await visitor.post('/en/sign-in', right);
    expect(visitor.cookies.get('session')).not.toBe(first);
    const old = createVisitor(shop.origin);
    old.cookies.set('session', first!);
    expect((await old.get('/admin')).status).toBe(303);
  });

  test('does not adopt a session that somebody planted', async () => {
    const visitor = createVisitor(shop.origin);
    visitor.cookies.set('session', 's%3Aplanted.made-up-signature');
    await visitor.post('/en/sign-in', right);
    expect(visitor.cookies.get('session')).not.toContain('planted');
  });
});

describe('one answer to', () => {
  test.each([
    ['an unknown address', { email: 'nobody@desk.example', password: STAFF_PASSWORD }],
    ['a wrong password', { ...right, password: 'not the password' }],
    ['a disabled account', { email: 'gone@desk.example', password: STAFF_PASSWORD }],
  ])('%s', async (_whose, fields) => {
    await employ(shop, { email: 'gone@desk.example' });
    await shop.db('users').where({ email: 'gone@desk.example' }).update({ disabled_at: shop.now() });
    const answered = await createVisitor(shop.origin).post('/en/sign-in', fields);
    expect(answered.status).toBe(422);
    expect(answered.text).toContain('<title>Error: Sign in ·');
    expect(answered.text).toContain('do not belong together');
    expect(answered.text).toContain(`value="${fields.email}"`);
    expect(answered.text).not.toContain(fields.password);
    expect(answered.headers.get('set-cookie') ?? '').not.toContain('session=');
  });

  test('fields left empty names each of them', async () => {
    const { status, text } = await createVisitor(shop.origin).post('/en/sign-in', {});
    expect(status).toBe(422);
    expect(text).toContain('href="#email"');
    expect(text).toContain('href="#password"');
  });
});

test('a customer is let in, and is nobody at the desk', async () => {
  const { userId } = await employ(shop, { email: 'buyer@desk.example' });
  await shop.db('users').where({ id: userId }).update({ role: 'customer' });
  const visitor = createVisitor(shop.origin);
  const { location } = await visitor.post('/en/sign-in', {
    email: 'buyer@desk.example',
    password: STAFF_PASSWORD,
  });
  expect(location).toBe('/en/account');
  expect((await visitor.get('/en/account')).text).toContain('buyer@desk.example');
  expect((await visitor.get('/admin')).location).toBe('/en/sign-in?return_to=%2Fadmin');
});

describe('somebody who is signed in', () => {
  test('is out at once when the account is disabled, and when its role is taken away', async () => {
    const { visitor, userId } = await atTheDesk(shop, { email: 'leaver@desk.example' });
    expect((await visitor.get('/admin')).status).toBe(200);
    await shop.db('users').where({ id: userId }).update({ disabled_at: shop.now() });
    expect((await visitor.get('/admin')).status).toBe(303);
    await shop.db('users').where({ id: userId }).update({ disabled_at: null, role: 'customer' });
    expect((await visitor.get('/admin')).status).toBe(303);
  });

  test('is out on every browser that kept the cookie after signing out', async () => {
    const { visitor } = await atTheDesk(shop);
    const copy = createVisitor(shop.origin);
    copy.cookies.set('session', visitor.cookies.get('session')!);
    expect((await copy.get('/admin')).status).toBe(200);
    const out = await visitor.post('/en/sign-out', {});
    expect([out.status, out.location]).toEqual([303, '/en/sign-in']);
    expect(out.headers.get('clear-site-data')).toBe('"cache"');
    expect((await copy.get('/admin')).status).toBe(303);
    expect((await visitor.get('/admin')).status).toBe(303);
  });

  test('is out after two hours without a click, and after twelve with many', async () => {
    const { visitor } = await atTheDesk(shop);
    shop.advance(2 * HOUR + MINUTE);
    expect((await visitor.get('/admin')).status).toBe(303);
    const busy = (await atTheDesk(shop)).visitor;
    for (let hours = 0; hours < 11; hours += 1) {
      shop.advance(HOUR);
      expect((await busy.get('/admin')).status).toBe(200);
    }
    shop.advance(HOUR + MINUTE);
    expect((await busy.get('/admin')).status).toBe(303);
  });

  test('changes the password with the present one, and is signed out everywhere else', async () => {
    const { visitor, email } = await atTheDesk(shop, { email: 'changer@desk.example' });
    const elsewhere = createVisitor(shop.origin);
    await elsewhere.post('/en/sign-in', { email, password: STAFF_PASSWORD });
    const wrong = await visitor.post('/en/account/password', {
      current: 'something else',
      next: 'long enough now',
    });
    expect(wrong.status).toBe(422);
    const short = await visitor.post('/en/account/password', { current: STAFF_PASSWORD, next: 'short' });
    expect(short.text).toContain('at least 8 characters');
    const done = await visitor.post('/en/account/password', {
      current: STAFF_PASSWORD,
      next: 'long enough now',
    });
    expect(done.status).toBe(303);
    expect((await visitor.get('/admin')).status).toBe(200);
    expect((await elsewhere.get('/admin')).status).toBe(303);
    const again = createVisitor(shop.origin);
    expect((await again.post('/en/sign-in', { email, password: STAFF_PASSWORD })).status).toBe(422);
    expect((await again.post('/en/sign-in', { email, password: 'long enough now' })).status).toBe(303);
  });
});

test('no password is in the log or in the database', async () => {
  const tables = await shop.db.raw<{ rows: { dump: string }[] }>(
    `select string_agg(u::text, ' ') || (select coalesce(string_agg(s::text, ' '), '') from sessions s) || (select coalesce(string_agg(a::text, ' '), '') from audit_log a) as dump from users u`,
  );
  expect(tables.rows[0]!.dump).toContain('admin@desk.example');
  expect(tables.rows[0]!.dump + shop.logs.join('\n')).not.toContain(STAFF_PASSWORD);
});

test('the desk speaks the language of the cookie, on one address', async () => {
  const { visitor } = await atTheDesk(shop);
  expect((await visitor.get('/admin')).text).toContain('<html lang="en"');
  const { location } = await visitor.post('/admin/language', { language: 'ko', return_to: '/admin?x=1' });
  expect(location).toBe('/admin?x=1');
  expect((await visitor.get('/admin')).text).toContain('<html lang="ko"');
  expect((await visitor.get('/admin/no-such-page')).text).toContain('<html lang="ko"');
});

test('the audit log and the history of an account cannot be edited', async () => {
  const { visitor, userId } = await atTheDesk(shop, { email: 'logged@desk.example' });
  await visitor.post('/en/account/password', { current: STAFF_PASSWORD, next: STAFF_PASSWORD });
  const noted = await shop.db('account_events').where({ user_id: userId }).select('kind', 'actor');
  expect(noted).toEqual([{ kind: 'password-changed', actor: 'user' }]);
  await expect(shop.db('account_events').update({ kind: 'x' })).rejects.toThrow('it is kept');
  await shop.db('audit_log').insert({ user_id: userId, action: 'a', subject: 's', request_id: 'r' });
  await expect(shop.db('audit_log').update({ action: 'x' })).rejects.toThrow('never edited');
  await expect(shop.db('audit_log').delete()).rejects.toThrow('never edited');
  await expect(shop.db.raw('truncate audit_log')).rejects.toThrow('never edited');
});
