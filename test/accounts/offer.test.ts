import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { atHome, makeCustomer, PASSWORD, signIn } from '../support/customer.js';
import { BUYERS, payOrder, placeOrder, type Placed } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor, type Visitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => void (shop = await startShop()));
afterAll(() => shop.close());
afterEach(async () => expect(await audit(shop.db)).toEqual([]));

let made = 0;
/** A guest's paid order under an address of its own. */
async function bought(visitor?: Visitor): Promise<Placed & { email: string }> {
  const email = `buyer${(made += 1)}@example.com`;
  const placed = await placeOrder(shop, {
    locale: 'en',
    country: 'US',
    provider: 'stripe',
    email,
    ...(visitor ? { visitor } : {}),
  });
  await payOrder(shop, placed, 'stripe');
  return { ...placed, email };
}
const AGREED = { password: PASSWORD, age: 'yes', terms: 'yes', privacy: 'yes' };
const page = ({ number }: Placed) => `/en/orders/${number}`;
const offer = (placed: Placed) => `${page(placed)}/account`;
const userOf = (email: string) =>
  shop.db('users').where({ email }).first<{ id: number; name: string } | undefined>();
const linkTo = async (email: string): Promise<string> => {
  await shop.settled();
  const letters = shop.mail.letters().filter(({ to }) => JSON.stringify(to).includes(email));
  const paths = letters.flatMap(
    ({ text }) => /https?:\/\/[^/\s]+(\/\w\w\/verify-email\/[\w-]+)/.exec(text)?.[1] ?? [],
  );
  return paths[0]!;
};

describe('the confirmation page', () => {
  test('offers an account for a password: the letter shows the address, and the order is there', async () => {
    const placed = await bought();
    const { visitor, email } = placed;
    const shown = (await visitor.get(page(placed))).text;
    expect(shown).toContain(`action="${offer(placed)}"`);
    expect(shown).toMatch(/name="password"/);
    const sent = await visitor.post(offer(placed), AGREED);
    expect([sent.status, sent.location]).toEqual([303, '/en/register/sent']);
    const user = (await userOf(email))!;
    expect(user.name).toBe(BUYERS.US.name);
    expect(await shop.db('orders').where({ user_id: user.id })).toEqual([]);
    const verified = await visitor.post(await linkTo(email), {});
    expect(verified.location).toBe('/en/account');
    const owned = await shop.db('orders').where({ user_id: user.id }).pluck<string[]>('number');
    expect(owned).toEqual([placed.number]);
    const elsewhere = await signIn(shop, email);
    expect((await elsewhere.get(page(placed))).status).toBe(200);
    const again = await visitor.get(page(placed));
    expect(again.text).not.toContain(offer(placed));
  });

  test('answers the same for an address that has an account, and changes nothing of it', async () => {
    const placed = await bought();
    const { email, visitor } = placed;
    await makeCustomer(shop, { email, name: 'Somebody Else' });
    const before: unknown = await shop.db('users').where({ email }).first();
    expect((await visitor.get(page(placed))).text).toContain(offer(placed));
    const sent = await visitor.post(offer(placed), { ...AGREED, password: 'another long one 12' });
    expect([sent.status, sent.location]).toEqual([303, '/en/register/sent']);
    expect(await shop.db('users').where({ email }).first()).toEqual(before);
    await shop.settled();
    expect(await linkTo(email)).toBeUndefined();
  });

  test('comes back with what is to be mended, and never with the password', async () => {
    const placed = await bought();
    const { visitor, email } = placed;
    const wrong = await visitor.post(offer(placed), { password: 'short', age: 'yes', terms: 'yes' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('<title>Error:');
    expect(wrong.text).toContain('href="#password"');
    expect(wrong.text).toContain('href="#privacy"');
    expect(wrong.text).not.toContain('value="short"');
    expect(wrong.text).toMatch(/name="age" value="yes" checked/);
    const young = await visitor.post(offer(placed), { ...AGREED, age: 'no' });
    expect(young.status).toBe(200);
    expect(await userOf(email)).toBeUndefined();
  });

  test('takes name and address from the order alone', async () => {
    const placed = await bought();
    const typed = { ...AGREED, email: 'attacker@example.com', name: 'Mallory' };
    await placed.visitor.post(offer(placed), typed);
    expect(await userOf('attacker@example.com')).toBeUndefined();
    expect((await userOf(placed.email))!.name).toBe(BUYERS.US.name);
  });

  test('offers nothing to whoever is signed in, has but the link, or did not place it', async () => {
    const placed = await bought();
    const byLink = createVisitor(shop.origin);
    expect((await byLink.get(placed.link)).text).not.toContain(offer(placed));
    const key = placed.link.slice(placed.link.indexOf('?'));
    const { visitor: other } = await atHome(shop);
    for (const visitor of [byLink, other]) {
      expect((await visitor.get(`${offer(placed)}${key}`)).status).toBe(404);
      expect((await visitor.post(`${offer(placed)}${key}`, AGREED)).status).toBe(404);
    }
    const { visitor } = await atHome(shop);
    const own = await bought(visitor);
    expect((await visitor.get(page(own))).text).not.toContain(offer(own));
    expect((await visitor.post(offer(own), AGREED)).location).toBe(page(own));
  });
});
