import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changeRole, setDisabled } from '../../src/accounts/index.js';
import { audit } from '../../src/audit/index.js';
import { LOCALES } from '../../src/lib/locale.js';
import { inTransaction } from '../../src/platform/db.js';
import { atHome, makeCustomer, PASSWORD, signIn } from '../support/customer.js';
import { HOSTILE } from '../support/hostile.js';
import { startShop, type Shop } from '../support/shop.js';
import { atTheDesk } from '../support/staff.js';
import { createVisitor, type Visitor } from '../support/visitor.js';

let shop: Shop;
let admin: Visitor;
let adminId: number;
let staff: Visitor;
beforeAll(async () => {
  shop = await startShop({ seeded: false });
  ({ visitor: admin, userId: adminId } = await atTheDesk(shop));
  ({ visitor: staff } = await atTheDesk(shop, { role: 'staff' }));
});
afterAll(() => shop.close());
beforeEach(async () => void (await shop.db('throttles').delete()));
afterEach(async () => expect(await audit(shop.db)).toEqual([]));

const pathOf = (userId: number, rest = '') => `/admin/customers/${userId}${rest}`;
const userOf = (id: number) =>
  shop
    .db('users')
    .where({ id })
    .first<{ role: string; disabled_at: Date | null; email_verified_at: Date | null }>();
const logOf = (userId: number) =>
  shop
    .db('audit_log')
    .where({ subject: `user:${userId}` })
    .orderBy('id')
    .select<{ action: string; before: unknown; after: unknown }[]>('action', 'before', 'after');

describe('the list of customers', () => {
  test('finds by e-mail, name and standing, and goes on page by page', async () => {
    const { email, userId } = await makeCustomer(shop, { name: 'Rare Nameworth', verified: false });
    for (const query of [`q=${email}`, 'q=rare+name', 'q=Nameworth&role=customer&state=unverified'])
      expect((await admin.get(`/admin/customers?${query}`)).text).toContain(pathOf(userId));
    for (const query of ['q=nobody-like-this', 'q=Nameworth&state=verified', 'q=Nameworth&role=admin'])
      expect((await admin.get(`/admin/customers?${query}`)).text).toContain('Nobody matches');
    for (let each = 0; each < 55; each += 1) await makeCustomer(shop);
    const first = await admin.get('/admin/customers');
    const next = /rel="next" href="([^"]+)"/.exec(first.text)![1]!;
    const second = await admin.get(next.replaceAll('&amp;', '&'));
    const idsIn = (text: string) =>
      [...text.matchAll(/href="\/admin\/customers\/(\d+)"/g)].map(([, id]) => id);
    expect(idsIn(first.text)).toHaveLength(50);
    expect(idsIn(first.text).filter(id => idsIn(second.text).includes(id))).toEqual([]);
  });

  test('answers whatever is typed, and shows names that attack as text', async () => {
    for (const text of HOSTILE.filter(each => each.length < 200)) {
      const { status } = await admin.get(
        `/admin/customers?q=${encodeURIComponent(text.replace(/[\uD800-\uDFFF]/g, ''))}`,
      );
      expect(status).toBe(200);
    }
    await makeCustomer(shop, { name: '<script>alert(1)</script>' });
    expect((await admin.get('/admin/customers')).text).not.toContain('<script>alert(1)');
  });
});

describe('a customer', () => {
  test('that nobody is, is not found', async () => {
    for (const id of ['0', '999999', 'x', '1e3'])
      expect((await admin.get(`/admin/customers/${id}`)).status).toBe(404);
  });

  test('gets another role with a reason, is signed out everywhere and told; the log keeps both', async () => {
    const { visitor, userId, email } = await atHome(shop);
    const refused = await admin.post(pathOf(userId, '/role'), { role: 'staff', reason: ' ' });
    expect([refused.status, (await userOf(userId)).role]).toEqual([422, 'customer']);
    const done = await admin.post(pathOf(userId, '/role'), { role: 'staff', reason: 'helps with packing' });
    expect([done.status, (await userOf(userId)).role]).toEqual([303, 'staff']);
    expect((await visitor.get('/en/account')).status).toBe(303);
    await admin.post(pathOf(userId, '/role'), { role: 'staff', reason: 'pressed twice' });
    expect(await logOf(userId)).toEqual([
      {
        action: 'user.role',
        before: { role: 'customer' },
        after: { role: 'staff', reason: 'helps with packing' },
      },
    ]);
    await shop.settled();
    const letters = shop.mail.letters().filter(({ to }) => JSON.stringify(to).includes(email));
    expect(letters.map(({ subject }) => subject)).toEqual(['Your role at Trainium has changed']);
  });

  test('is shut out on the next request, and let in again', async () => {
    const { visitor, userId, email } = await atHome(shop);
    expect((await admin.post(pathOf(userId, '/disabling'), {})).status).toBe(422);
    await admin.post(pathOf(userId, '/disabling'), { reason: 'stolen cards' });
    expect((await visitor.get('/en/account')).status).toBe(303);
    const tried = createVisitor(shop.origin);
    expect((await tried.post('/en/sign-in', { email, password: PASSWORD })).status).toBe(422);
    await admin.post(pathOf(userId, '/enabling'), {});
    expect((await tried.post('/en/sign-in', { email, password: PASSWORD })).status).toBe(303);
    expect((await logOf(userId)).map(({ action }) => action)).toEqual(['user.disable', 'user.enable']);
  });

  test('is signed out everywhere, and gets the letter about the address again', async () => {
    const { visitor, userId, email } = await atHome(shop, { verified: false });
    await staff.post(pathOf(userId, '/verification'), {});
    await shop.settled();
    const letters = shop.mail.letters().filter(({ to }) => JSON.stringify(to).includes(email));
    expect(letters).toHaveLength(1);
    await admin.post(pathOf(userId, '/sign-ins/end'), {});
    expect((await visitor.get('/en/account')).status).toBe(303);
  });

  test('is seen by staff, who change nothing but send a letter', async () => {
    const { userId } = await makeCustomer(shop);
    expect((await staff.get(pathOf(userId))).status).toBe(200);
    for (const rest of ['/role', '/disabling', '/enabling', '/sign-ins/end'])
      expect((await staff.post(pathOf(userId, rest), { role: 'admin', reason: 'x' })).status).toBe(403);
    expect(
      (await staff.post('/admin/staff/invitation', { email: 'x@example.com', role: 'admin' })).status,
    ).toBe(403);
    expect((await userOf(userId)).role).toBe('customer');
  });
});

describe('the last administrator', () => {
  test('cannot go, and nobody changes themselves', async () => {
    for (const [rest, fields] of [
      ['/role', { role: 'customer', reason: 'enough' }],
      ['/disabling', { reason: 'enough' }],
      ['/sign-ins/end', {}],
    ] as const)
      await admin.post(pathOf(adminId, rest), { ...fields });
    expect(await userOf(adminId)).toMatchObject({ role: 'admin', disabled_at: null });
    expect((await admin.get('/admin/customers')).status).toBe(200);
  });

  test('is left when two take each other’s role away at once', async () => {
    await shop.db('users').where({ role: 'admin' }).whereNot({ id: adminId }).update({ role: 'staff' });
    const { userId: other } = await makeCustomer(shop);
    for (let round = 0; round < 6; round += 1) {
      await shop.db('users').whereIn('id', [adminId, other]).update({ role: 'admin', disabled_at: null });
      const by = { now: shop.now() };
      const results = await Promise.all([
        inTransaction(shop.db, tx =>
          changeRole(tx, { ...by, userId: other, role: 'customer', actor: `staff:${adminId}` }),
        ),
        inTransaction(shop.db, tx =>
          round % 2 === 0
            ? changeRole(tx, { ...by, userId: adminId, role: 'staff', actor: `staff:${other}` })
            : setDisabled(tx, { ...by, userId: adminId, disabled: true, actor: `staff:${other}` }),
        ),
      ]);
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      const left = await shop.db('users').where({ role: 'admin', disabled_at: null });
      expect(left).toHaveLength(1);
    }
    await shop.db('users').where({ id: adminId }).update({ role: 'admin', disabled_at: null });
    await shop.db('users').where({ id: other }).update({ role: 'customer' });
    ({ visitor: admin, userId: adminId } = await atTheDesk(shop));
  });
});

describe('an invitation', () => {
  const linkTo = async (email: string) => {
    await shop.settled();
    const found = shop.mail
      .letters()
      .filter(({ to }) => JSON.stringify(to).includes(email))
      .map(({ text }) => /https?:\/\/[^/\s]+(\/en\/staff-invitation\/[\w-]+)/.exec(text)?.[1]);
    return found[0]!;
  };
  const invite = (email: string, role = 'staff') => admin.post('/admin/staff/invitation', { email, role });

  test('makes somebody staff when its link is used, with a password of their own', async () => {
    expect((await invite('newhand@example.com')).status).toBe(303);
    const link = await linkTo('newhand@example.com');
    const visitor = createVisitor(shop.origin);
    expect((await visitor.get(link)).text).toContain('name="next"');
    expect((await visitor.post(link, { name: '', next: 'short' })).status).toBe(422);
    expect((await visitor.post(link, { name: 'New Hand', next: 'packing all day' })).location).toBe(
      '/en/sign-in',
    );
    expect((await visitor.post(link, { name: 'x', next: 'another password' })).status).toBe(404);
    const signedIn = await visitor.post('/en/sign-in', {
      email: 'newhand@example.com',
      password: 'packing all day',
    });
    expect(signedIn.location).toBe('/admin');
    expect((await visitor.get('/admin/orders')).status).toBe(200);
  });

  test('of somebody with an account changes nothing before it is used, and keeps their password', async () => {
    const { email, userId } = await makeCustomer(shop);
    await invite(email, 'admin');
    const link = await linkTo(email);
    expect((await userOf(userId)).role).toBe('customer');
    expect((await createVisitor(shop.origin).get(link)).text).not.toContain('name="next"');
    await createVisitor(shop.origin).post(link, { next: 'a thief would like this' });
    expect((await userOf(userId)).role).toBe('admin');
    await signIn(shop, email);
    await shop.db('users').where({ id: userId }).update({ role: 'customer' });
  });

  test('leaves a stranger who registered the address before no way to the desk', async () => {
    const { email, userId } = await makeCustomer(shop, { verified: false });
    const stranger = await signIn(shop, email);
    const now = shop.now();
    await shop.db('identities').insert({
      user_id: userId,
      provider: 'google',
      subject: 'stranger',
      email: 'stranger@example.com',
      created_at: now,
      used_at: now,
    });
    await invite(email);
    const link = await linkTo(email);
    expect((await createVisitor(shop.origin).post(link, { next: 'packing all day' })).status).toBe(303);
    expect((await userOf(userId)).role).toBe('staff');
    expect(await shop.db('identities').where({ user_id: userId })).toEqual([]);
    expect((await stranger.get('/admin/orders')).location).toMatch(/^\/en\/sign-in/);
    const fields = { email, password: PASSWORD };
    expect((await stranger.post('/en/sign-in', fields)).status).toBe(422);
    const { location } = await createVisitor(shop.origin).post('/en/sign-in', {
      ...fields,
      password: 'packing all day',
    });
    expect(location).toBe('/admin');
  });

  test('as staff takes no role from an administrator, so the last one stays', async () => {
    await shop.db('users').where({ role: 'admin' }).whereNot({ id: adminId }).update({ role: 'staff' });
    const { email } = await shop.db('users').where({ id: adminId }).first<{ email: string }>('email');
    await invite(email);
    const link = await linkTo(email);
    expect((await createVisitor(shop.origin).post(link, { name: 'x', next: 'packing all day' })).status).toBe(
      303,
    );
    expect((await userOf(adminId)).role).toBe('admin');
    ({ visitor: admin, userId: adminId } = await atTheDesk(shop, { email: 'again@desk.example' }));
  });

  test('to an address that its account has left since is worth nothing', async () => {
    const { email, userId } = await makeCustomer(shop);
    await invite(email);
    const link = await linkTo(email);
    await shop
      .db('users')
      .where({ id: userId })
      .update({ email: `left.${email}` });
    expect((await createVisitor(shop.origin).post(link, {})).status).toBe(404);
    expect((await userOf(userId)).role).toBe('customer');
  });

  test('sent twice, only the second works', async () => {
    await invite('twice@example.com');
    const first = await linkTo('twice@example.com');
    await invite('twice@example.com');
    const second = await linkTo('twice@example.com');
    expect((await createVisitor(shop.origin).get(first)).status).toBe(404);
    expect((await createVisitor(shop.origin).get(second)).status).toBe(200);
  });

  test('of an account that is shut is refused, with words and without a letter', async () => {
    const { email, userId } = await makeCustomer(shop);
    await shop.db('users').where({ id: userId }).update({ disabled_at: shop.now() });
    const { status, text } = await invite(email);
    expect([status, text.includes('This account is shut.'), text.includes(`value="${email}"`)]).toEqual([
      422,
      true,
      true,
    ]);
    await shop.settled();
    expect(shop.mail.letters().filter(({ to }) => JSON.stringify(to).includes(email))).toEqual([]);
    expect(await shop.db('audit_log').where({ subject: `user:${userId}` })).toEqual([]);
  });

  test('of what is no address, or as nothing, is refused as typed', async () => {
    const { status, text } = await admin.post('/admin/staff/invitation', { email: 'nonsense', role: 'king' });
    expect([status, text.includes('value="nonsense"')]).toEqual([422, true]);
  });
});

test('every event of an account has words at the desk', () => {
  const source = readFileSync('src/accounts/actions/note.ts', 'utf8');
  const kinds = [
    ...source.slice(0, source.indexOf(';', source.indexOf('AccountEvent'))).matchAll(/\| '([\w-]+)'/g),
  ].map(([, kind]) => kind!);
  expect(kinds.length).toBeGreaterThan(10);
  for (const locale of LOCALES) {
    const words = JSON.parse(readFileSync(`locales/${locale}/admin.json`, 'utf8')) as {
      customers: { event: Record<string, string> };
    };
    expect(kinds.filter(kind => !words.customers.event[kind])).toEqual([]);
  }
});
