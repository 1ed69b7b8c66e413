import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { atHome, PASSWORD } from '../support/customer.js';
import { isIn, mailboxes } from '../support/letter-links.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => void (shop = await startShop({ seeded: false })));
afterAll(() => shop.close());
beforeEach(async () => void (await shop.db('throttles').delete()));
afterEach(async () => expect(await audit(shop.db)).toEqual([]));

const NEXT = 'quite another passphrase';
const { linkTo, ask, passwordWorks } = mailboxes(() => shop);
let made = 0;
const fresh = () => `moved${(made += 1)}@example.com`;

describe('at the same moment', () => {
  const links = async () => {
    const home = await atHome(shop);
    const to = fresh();
    await home.visitor.post('/en/account/email', { email: to });
    await ask(home.email);
    return {
      ...home,
      to,
      change: await linkTo(to, 'email-change'),
      keep: await linkTo(home.email, 'keep-email'),
      reset: await linkTo(home.email, 'reset-password'),
    };
  };
  const press = (link: string, fields: Record<string, string> = {}) =>
    createVisitor(shop.origin).post(link, fields);

  test('a reset and a change of address: one comes first, and the other finds its link gone', async () => {
    for (let round = 0; round < 6; round += 1) {
      await shop.db('throttles').delete();
      const { visitor, email, to, change, reset, userId } = await links();
      const [changed, was] = await Promise.all([visitor.post(change, {}), press(reset, { next: NEXT })]);
      expect(new Set([changed.status, was.status])).toEqual(new Set([303, 404]));
      const { email: now } = await shop.db('users').where({ id: userId }).first<{ email: string }>('email');
      expect(now).toBe(changed.status === 303 ? to : email);
      expect(await passwordWorks(now, was.status === 303 ? NEXT : PASSWORD)).toBe(true);
    }
  });

  test('a change and its refusal by the old address: the refusal holds', async () => {
    for (let round = 0; round < 6; round += 1) {
      await shop.db('throttles').delete();
      const { visitor, email, change, keep, userId } = await links();
      const [, kept] = await Promise.all([visitor.post(change, {}), press(keep)]);
      expect(kept.status).toBe(303);
      const user = await shop.db('users').where({ id: userId }).first<object>('email', 'password_hash');
      expect(user).toEqual({ email, password_hash: null });
      expect(await isIn(visitor)).toBe(false);
    }
  });

  test('a change and somebody’s registering with that address: the mailbox’s owner gets it', async () => {
    for (let round = 0; round < 6; round += 1) {
      await shop.db('throttles').delete();
      const { visitor, to, change, userId } = await links();
      const fields = { name: 'N', email: to, password: PASSWORD, age: 'yes', terms: 'yes', privacy: 'yes' };
      const both = await Promise.all([visitor.post(change, {}), press('/en/register', fields)]);
      expect(both.map(({ status }) => status)).toEqual([303, 303]);
      const [owner, ...others] = await shop.db('users').where({ email: to }).select<{ id: number }[]>('id');
      expect([owner!.id, others]).toEqual([userId, []]);
    }
  });
});
