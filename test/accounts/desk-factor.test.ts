import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forgetSetups } from '../../src/accounts/index.js';
import { readConfig } from '../../src/platform/config.js';
import { HOUR, SECOND } from '../../src/lib/time.js';
import { setUpFactor } from '../support/authenticator.js';
import { atHome } from '../support/customer.js';
import { startShop, type Shop } from '../support/shop.js';
import { atTheDesk, employ, STAFF_PASSWORD } from '../support/staff.js';
import { createVisitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ seeded: false, jobs: false, environment: { REQUIRE_STAFF_SECOND_FACTOR: 'yes' } });
});
afterAll(async () => await shop.close());

test('the setting is yes in production and no elsewhere, unless it says otherwise', () => {
  const production = {
    NODE_ENV: 'production',
    DATABASE_URL: 'postgres://x/x',
    BASE_URL: 'https://shop.example',
    SESSION_SECRET: 'x'.repeat(32),
    SMTP_URL: 'smtp://x',
    MAIL_FROM: 'a@b.example',
    TOSS_SECRET_KEY: 'live_sk_x',
  };
  expect(readConfig(production).requireStaffSecondFactor).toBe(true);
  expect(readConfig({ ...production, REQUIRE_STAFF_SECOND_FACTOR: 'no' }).requireStaffSecondFactor).toBe(
    false,
  );
  expect(readConfig({}).requireStaffSecondFactor).toBe(false);
});

describe('where staff need a second factor', () => {
  test.each(['admin', 'staff'] as const)(
    '%s without one are led to set it up before any page of the desk',
    async role => {
      const { visitor } = await atTheDesk(shop, { role, email: `${role}.bare@desk.example` });
      for (const path of ['/admin', '/admin/orders', '/admin/stock']) {
        const { status, location } = await visitor.get(path);
        expect([path, status, location]).toEqual([path, 303, '/en/account/second-factor']);
      }
      expect((await visitor.post('/admin/orders/1/notes', { text: 'x' })).location).toBe(
        '/en/account/second-factor',
      );
      const page = await visitor.get('/en/account/second-factor');
      expect(page.text).toContain('The desk can only be used with a second factor');
      await setUpFactor(shop, visitor);
      expect((await visitor.get('/admin')).status).toBe(200);
    },
  );

  test('it cannot be switched off, and signing in takes the code', async () => {
    const { visitor, email, userId } = await atTheDesk(shop, { email: 'careful@desk.example' });
    const app = await setUpFactor(shop, visitor);
    expect((await visitor.get('/en/account/second-factor')).text).not.toContain('removal');
    await visitor.post('/en/account/second-factor/removal', {});
    expect(await shop.db('second_factors').where({ user_id: userId })).toHaveLength(1);
    shop.advance(31 * SECOND);
    const again = createVisitor(shop.origin);
    await again.post('/en/sign-in', { email, password: STAFF_PASSWORD, return_to: '/admin/orders' });
    expect((await again.get('/admin')).status).toBe(303);
    expect((await again.post('/en/sign-in/code', { code: app.code() })).location).toBe('/admin/orders');
  });

  test('customers need none', async () => {
    const { visitor } = await atHome(shop);
    expect((await visitor.get('/en/account')).status).toBe(200);
  });
});

test('whoever runs the store lets an administrator in who lost the phone', async () => {
  const { visitor, email, userId } = await atTheDesk(shop, { email: 'lost@desk.example' });
  await setUpFactor(shop, visitor);
  await employ(shop, { email });
  const again = createVisitor(shop.origin);
  expect((await again.post('/en/sign-in', { email, password: STAFF_PASSWORD })).location).toBe('/admin');
  expect((await again.get('/admin')).location).toBe('/en/account/second-factor');
  const { actor } = await shop
    .db('account_events')
    .where({ user_id: userId, kind: 'second-factor-off' })
    .first<{ actor: string }>('actor');
  expect(actor).toBe('operator');
});

test('a second factor that nobody finished setting up is forgotten', async () => {
  const { visitor, userId } = await atHome(shop);
  await visitor.post('/en/account/second-factor/setup', {});
  await forgetSetups(shop.db, { now: shop.now() });
  expect(await shop.db('second_factors').where({ user_id: userId })).toHaveLength(1);
  await forgetSetups(shop.db, { now: new Date(shop.now().getTime() + 25 * HOUR) });
  expect(await shop.db('second_factors').where({ user_id: userId })).toHaveLength(0);
});
