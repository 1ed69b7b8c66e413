import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { atHome, makeCustomer, PASSWORD, signIn } from '../support/customer.js';
import { isIn, mailboxes } from '../support/letter-links.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => void (shop = await startShop({ seeded: false })));
afterAll(() => shop.close());
beforeEach(async () => void (await shop.db('throttles').delete()));
afterEach(async () => expect(await audit(shop.db)).toEqual([]));

const NEXT = 'quite another passphrase';
const { lettersTo, linkTo, ask, passwordWorks } = mailboxes(() => shop);
let made = 0;
const fresh = () => `moved${(made += 1)}@example.com`;

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
    const refused = await other.post(link, {});
    expect([refused.status, refused.text.includes('href="#password"')]).toEqual([422, true]);
    expect(await emailOf(userId)).toBe(email);
    expect((await other.post(link, { password: PASSWORD })).location).toBe('/en/sign-in');
    expect(await emailOf(userId)).toBe(to);
    expect(await isIn(visitor)).toBe(false);
    expect(await passwordWorks(to, PASSWORD)).toBe(true);
    expect((await lettersTo(email))[0]!.subject).toContain('Your e-mail address at');
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
    await createVisitor(shop.origin).post(await linkTo(to, 'email-change'), { password: PASSWORD });
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
    const { visitor, userId, email, to } = await wish();
    const link = await linkTo(to, 'email-change');
    const { userId: other } = await makeCustomer(shop, { email: to });
    const refused = await visitor.post(link, {});
    expect([refused.status, refused.text.includes('another account with this address')]).toEqual([409, true]);
    expect(await emailOf(userId)).toBe(email);
    await shop.db('users').where({ id: other }).delete();
    expect((await visitor.post(link, {})).status).toBe(303);
  });

  test('is not made mine by a click on the link that a stranger’s account had sent to me', async () => {
    const { userId, email, to } = await wish();
    const link = await linkTo(to, 'email-change');
    const me = createVisitor(shop.origin);
    const { text } = await me.get(link);
    expect(text).toContain('type="password"');
    // Whoever has the new mailbox is not told whose account it is.
    expect(text).not.toContain(email);
    expect((await me.post(link, { password: 'a password of mine' })).status).toBe(422);
    expect(await emailOf(userId)).toBe(email);
  });

  test('that a stranger opened an account with is given to whoever shows that the mailbox is theirs', async () => {
    const { email: squatted, userId: squatter } = await makeCustomer(shop, {
      verified: false,
      email: fresh(),
    });
    const sitting = await signIn(shop, squatted);
    const { visitor, userId } = await atHome(shop);
    await visitor.post('/en/account/email', { email: squatted });
    expect((await visitor.post(await linkTo(squatted, 'email-change'), {})).status).toBe(303);
    expect(await emailOf(userId)).toBe(squatted);
    expect(await emailOf(squatter)).toBe(`gave-way-${squatter}@invalid`);
    expect(await isIn(sitting)).toBe(false);
    expect(await passwordWorks(squatted, PASSWORD)).toBe(true);
  });

  test('cannot be kept from its old owner by an account that the thief opened with it', async () => {
    const { userId, email, to } = await wish();
    await createVisitor(shop.origin).post(await linkTo(to, 'email-change'), { password: PASSWORD });
    await makeCustomer(shop, { email, verified: false });
    await shop.db('identities').insert({
      user_id: userId,
      provider: 'kakao',
      subject: `thief${userId}`,
      created_at: shop.now(),
      used_at: shop.now(),
    });
    await createVisitor(shop.origin).post(await linkTo(email, 'keep-email'), {});
    expect(await emailOf(userId)).toBe(email);
    expect(await shop.db('identities').where({ user_id: userId })).toEqual([]);
  });

  test('that its old owner has confirmed for a new account stays there; the link stays good and says whom to ask', async () => {
    const { userId, email, to } = await wish();
    await createVisitor(shop.origin).post(await linkTo(to, 'email-change'), { password: PASSWORD });
    const { userId: anew } = await makeCustomer(shop, { email });
    const keep = await linkTo(email, 'keep-email');
    const me = createVisitor(shop.origin);
    for (let each = 0; each < 2; each += 1) {
      const refused = await me.post(keep, {});
      expect([refused.status, refused.text.includes('href="/en/contact"')]).toEqual([409, true]);
    }
    expect([await emailOf(userId), await emailOf(anew)]).toEqual([to, email]);
  });

  test('row 49: asked for, used and refused from another site, nothing happens', async () => {
    const { visitor, userId, email, to } = await wish();
    const foreign = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' };
    const asked = shop.db('account_events').where({ user_id: userId }).count<{ count: number }[]>('*');
    const before = await asked.clone();
    for (const path of [
      '/en/account/email',
      await linkTo(to, 'email-change'),
      await linkTo(email, 'keep-email'),
    ])
      expect((await visitor.post(path, { email: fresh() }, foreign)).status).toBe(403);
    expect(await asked.clone()).toEqual(before);
    expect(await emailOf(userId)).toBe(email);
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
    await createVisitor(shop.origin).post(await linkTo(to, 'email-change'), { password: PASSWORD });
    expect(await emailOf(userId)).toBe(to);
  });

  test('a link to reset the password that went to the old one is worth nothing afterwards', async () => {
    const { email, to } = await wish();
    await ask(email);
    const reset = await linkTo(email, 'reset-password');
    await createVisitor(shop.origin).post(await linkTo(to, 'email-change'), { password: PASSWORD });
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
