import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { addIdentity, linkByAddress, removeIdentity } from '../../src/accounts/actions/identities.js';
import { MINUTE } from '../../src/lib/time.js';
import { inTransaction } from '../../src/platform/db.js';
import { atHome, makeCustomer, PASSWORD, signIn } from '../support/customer.js';
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
afterEach(async () => expect(await audit(shop.db)).toEqual([]));

const COMPLETE = '/en/register/complete';
const LIST = '/en/account/identities';
const NEW = `${LIST}/new`;

const identitiesOf = async (userId: number) =>
  await shop
    .db('identities')
    .where({ user_id: userId })
    .orderBy('id')
    .select<{ id: number; provider: string; subject: string }[]>('id', 'provider', 'subject');
const lettersTo = async (email: string) => {
  await shop.settled();
  return shop.mail.letters().filter(({ to }) => JSON.stringify(to).includes(email));
};
const linkTo = async (email: string): Promise<string> => {
  const found = (await lettersTo(email))
    .map(({ text }) => /https?:\/\/[^/\s]+(\/\w\w\/link-identity\/[\w-]+)/.exec(text)?.[1])
    .filter(path => path !== undefined);
  if (found.length === 0) throw new Error(`no link to ${email}`);
  return found[0]!;
};
const userOf = async (email: string) =>
  await shop
    .db('users')
    .where({ email })
    .first<{ id: number; password_hash: string | null; email_verified_at: Date | null }>();
/** Comes by a provider that does not answer for the address, and names `email`. */
async function askFor(email: string, provider: Provider = 'kakao') {
  const person = somebody({ email: null, verified: false });
  const { visitor } = await signInBy(shop, provider, person);
  const answered = await visitor.post(COMPLETE, { ...AGREED, name: 'Aziza', email });
  return { person, visitor, answered };
}
const fetched = async (visitor: Visitor, path: string) => {
  const { status, location } = await visitor.get(path);
  return [status, location];
};

describe('same e-mail as an existing password account', () => {
  test('both sides verified: it is one account from now on, and its owner is told', async () => {
    const { userId, email } = await makeCustomer(shop, { email: 'both.sides@gmail.com' });
    const { visitor, answered } = await signInBy(shop, 'google', somebody({ email: 'Both.Sides@gmail.com' }));
    expect(answered.location).toBe('/en/account');
    expect((await visitor.get('/en/account')).text).toContain('You can now sign in with Google');
    expect(await identitiesOf(userId)).toHaveLength(1);
    const [letter] = await lettersTo(email);
    expect(letter!.subject).toContain('You can sign in with Google');
    // The password still works.
    await signIn(shop, email);
  });

  test.each<[string, Provider, { verified?: boolean; taken?: boolean }]>([
    ['the provider’s is not verified', 'google', { verified: false }],
    ['the provider’s is not verified', 'kakao', { verified: false }],
    ['the provider’s is another’s by now', 'kakao', { taken: true }],
  ])('%s (%s): nothing is linked', async (_why, provider, told) => {
    const { userId, email } = await makeCustomer(shop);
    const { visitor, answered } = await signInBy(shop, provider, somebody({ email, ...told }));
    expect([answered.location, await isIn(visitor)]).toEqual([COMPLETE, false]);
    expect(await identitiesOf(userId)).toEqual([]);
  });

  test('ours is not verified: the owner of the mailbox gets a link, and what a stranger set is dropped', async () => {
    const victim = 'pre.registered@gmail.com';
    const { userId } = await makeCustomer(shop, { email: victim, verified: false });
    const stranger = await signIn(shop, victim);
    await inTransaction(shop.db, tx =>
      addIdentity(tx, {
        userId,
        arrival: {
          provider: 'kakao',
          subject: 'a stranger',
          name: '',
          email: null,
          emailVerified: false,
          vouched: false,
        },
        now: shop.now(),
      }),
    );
    const person = somebody({ email: victim });
    const { visitor, answered } = await signInBy(shop, 'google', person);
    expect([answered.location, await isIn(visitor)]).toEqual([COMPLETE, false]);
    const asked = await visitor.post(COMPLETE, { ...AGREED, name: 'Aziza' });
    expect([asked.location, await isIn(visitor)]).toEqual([`${COMPLETE}/sent`, false]);
    const link = await linkTo(victim);
    expect((await visitor.get(link)).status).toBe(200);
    expect((await visitor.post(link, {})).location).toBe('/en/account');
    expect(await isIn(visitor)).toBe(true);
    expect(await isIn(stranger)).toBe(false);
    expect((await identitiesOf(userId)).map(({ subject }) => subject)).toEqual([person.subject]);
    expect(await userOf(victim)).toMatchObject({ id: userId, password_hash: null });
    expect((await userOf(victim)).email_verified_at).not.toBeNull();
    const miss = await createVisitor(shop.origin).post('/en/sign-in', { email: victim, password: PASSWORD });
    expect(miss.status).toBe(422);
  });

  test('its password links: signing in and saying yes', async () => {
    const { userId, email } = await makeCustomer(shop);
    const person = somebody({ email: null, verified: false });
    const { visitor } = await signInBy(shop, 'kakao', person);
    const { text } = await visitor.get(COMPLETE);
    expect(text).toContain(`href="/en/sign-in?return_to=${encodeURIComponent(NEW)}"`);
    const inside = await visitor.post('/en/sign-in', { email, password: PASSWORD, return_to: NEW });
    expect(inside.location).toBe(NEW);
    const page = await visitor.get(NEW);
    expect([page.status, page.text.includes(email), page.text.includes('Aziza Karimova')]).toEqual([
      200,
      true,
      true,
    ]);
    expect(await identitiesOf(userId)).toEqual([]);
    expect((await visitor.post(NEW, {})).location).toBe(LIST);
    expect((await visitor.get(LIST)).text).toContain('You can now sign in with Kakao');
    expect((await identitiesOf(userId)).map(({ subject }) => subject)).toEqual([person.subject]);
    // Done: nothing waits any more.
    expect(await fetched(visitor, NEW)).toEqual([303, LIST]);
    expect((await visitor.post(NEW, {})).location).toBe(LIST);
    expect(await identitiesOf(userId)).toHaveLength(1);
  });

  test('whoever is signed in and comes by an unknown account is asked whether to add it', async () => {
    const { visitor } = await atHome(shop);
    const { answered } = await signInBy(shop, 'kakao', somebody({ email: null }), { visitor });
    expect(answered.location).toBe(COMPLETE);
    expect(await fetched(visitor, COMPLETE)).toEqual([303, NEW]);
  });
});

describe('an address that has to be shown', () => {
  test('known or unknown: the same answer, and one letter each', async () => {
    const { email: known } = await makeCustomer(shop);
    const [one, other] = [await askFor(known), await askFor('nobody.yet@example.com')];
    expect([one.answered.status, one.answered.location]).toEqual([303, `${COMPLETE}/sent`]);
    expect([other.answered.status, other.answered.location]).toEqual([303, `${COMPLETE}/sent`]);
    const page = async (visitor: Visitor) =>
      (await visitor.get(`${COMPLETE}/sent`)).text.replaceAll(/nonce-\S+/g, '');
    expect(await page(one.visitor)).toBe(await page(other.visitor));
    const subjects = async (email: string) => (await lettersTo(email)).map(({ subject }) => subject);
    expect(await subjects(known)).toEqual(await subjects('nobody.yet@example.com'));
  });

  test('in the same browser the link signs in and makes the address count', async () => {
    const email = 'shown.here@example.com';
    const { visitor, person } = await askFor(email);
    const link = await linkTo(email);
    const page = await visitor.get(link);
    expect([page.status, page.text.includes(email)]).toEqual([200, true]);
    expect(await isIn(visitor)).toBe(false);
    const done = await visitor.post(link, {});
    expect([done.status, done.location]).toEqual([303, '/en/account']);
    const user = await userOf(email);
    expect(user.email_verified_at).not.toBeNull();
    expect((await identitiesOf(user.id)).map(({ subject }) => subject)).toEqual([person.subject]);
    // Once.
    expect((await visitor.post(link, {})).status).toBe(404);
    // And from now on without any letter.
    expect(await isIn((await signInBy(shop, 'kakao', person)).visitor)).toBe(true);
  });

  test('in another browser the provider’s account has to be shown as well', async () => {
    const { email, userId } = await makeCustomer(shop);
    const { person } = await askFor(email);
    const link = await linkTo(email);
    const elsewhere = createVisitor(shop.origin);
    expect((await elsewhere.post(link, {})).location).toBe('/en/link-identity');
    const page = await elsewhere.get('/en/link-identity');
    expect(page.text).toContain('/auth/kakao?lang=en');
    expect([await isIn(elsewhere), await identitiesOf(userId)]).toEqual([false, []]);
    // Another account there is not the one.
    const wrong = await signInBy(shop, 'kakao', somebody({ email: null }), { visitor: elsewhere });
    expect([wrong.answered.location, await isIn(elsewhere)]).toEqual([COMPLETE, false]);
    const right = await signInBy(shop, 'kakao', person, { visitor: elsewhere });
    expect([right.answered.location, await isIn(elsewhere)]).toEqual(['/en/account', true]);
    expect((await identitiesOf(userId)).map(({ subject }) => subject)).toEqual([person.subject]);
  });

  test('row 25: a stranger who types my address gains nothing from my opening the letter', async () => {
    const { email, userId } = await makeCustomer(shop);
    const { visitor: stranger, person } = await askFor(email);
    const mine = await signIn(shop, email);
    await mine.post(await linkTo(email), {});
    expect(await identitiesOf(userId)).toEqual([]);
    expect(await isIn(stranger)).toBe(false);
    expect(await isIn((await signInBy(shop, 'kakao', person, { visitor: stranger })).visitor)).toBe(false);
  });

  test.each<[string, (link: string, email: string) => Promise<unknown>]>([
    [
      'an hour later',
      () => shop.db('user_tokens').update({ expires_at: new Date(shop.now().getTime() - 1) }),
    ],
    [
      'of an account with another address by now',
      (_link, email) =>
        shop
          .db('users')
          .where({ email })
          .update({ email: `changed.${email}` }),
    ],
    [
      'of a disabled account',
      (_link, email) => shop.db('users').where({ email }).update({ disabled_at: shop.now() }),
    ],
  ])('%s the link is gone', async (_when, change) => {
    const { email, userId } = await makeCustomer(shop);
    const { visitor } = await askFor(email);
    const link = await linkTo(email);
    expect((await visitor.get(link)).status).toBe(200);
    await change(link, email);
    expect((await visitor.get(link)).status).toBe(404);
    expect((await visitor.post(link, {})).status).toBe(404);
    expect([await isIn(visitor), await identitiesOf(userId)]).toEqual([false, []]);
  });

  test('used twice at once it is used once', async () => {
    const { email, userId } = await makeCustomer(shop);
    const { visitor } = await askFor(email);
    const link = await linkTo(email);
    const answers = await Promise.all([visitor.post(link, {}), visitor.post(link, {})]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 404]);
    expect(await identitiesOf(userId)).toHaveLength(1);
  });

  test('letters to one address have to wait after a few', async () => {
    const statuses: number[] = [];
    for (let each = 0; each < 4; each += 1)
      statuses.push((await askFor('flooded@example.com')).answered.status);
    expect(statuses.at(-1)).toBe(429);
  });

  test('nobody who brought no letter sees the pages of one', async () => {
    const visitor = createVisitor(shop.origin);
    expect((await visitor.get('/en/link-identity')).status).toBe(404);
    expect((await visitor.get('/en/link-identity/nothing')).status).toBe(404);
    expect((await visitor.post('/en/link-identity/nothing', {})).status).toBe(404);
  });
});

/** Somebody at home with a password and, if asked, accounts at providers. */
async function withIdentities(providers: readonly Provider[], { password = true } = {}) {
  const home = await atHome(shop);
  const people = [];
  for (const provider of providers) {
    const person = somebody({ email: null, verified: false });
    await signInBy(shop, provider, person, {
      visitor: home.visitor,
      query: 'purpose=link&lang=en',
    });
    people.push(person);
  }
  if (!password) await shop.db('users').where({ id: home.userId }).update({ password_hash: null });
  return { ...home, people, identities: await identitiesOf(home.userId) };
}

describe('/account/identities', () => {
  test('lists the ways in, adds one, and tells by letter', async () => {
    const { visitor, userId, email } = await atHome(shop);
    const empty = await visitor.get(LIST);
    expect([empty.status, empty.text.includes('No account of another company')]).toEqual([200, true]);
    const person = somebody({ email: 'mine@kakao.com' });
    const { answered } = await signInBy(shop, 'kakao', person, { visitor, query: 'purpose=link&lang=ko' });
    expect([answered.status, answered.location]).toEqual([303, '/ko/account/identities']);
    const { text } = await visitor.get(LIST);
    expect(text).toContain('mine@kakao.com');
    expect((await identitiesOf(userId)).map(({ provider }) => provider)).toEqual(['kakao']);
    expect((await lettersTo(email)).map(({ subject }) => subject)[0]).toContain('sign in with Kakao');
    // Once more is no second one, and no error.
    const again = await signInBy(shop, 'kakao', person, { visitor, query: 'purpose=link&lang=en' });
    expect((await visitor.get(again.answered.location!)).text).toContain('already');
    expect(await identitiesOf(userId)).toHaveLength(1);
  });

  test('an account at the provider that is another user’s stays theirs', async () => {
    const { people } = await withIdentities(['kakao']);
    const { visitor, userId } = await atHome(shop);
    const { answered } = await signInBy(shop, 'kakao', people[0]!, {
      visitor,
      query: 'purpose=link&lang=en',
    });
    expect((await visitor.get(answered.location!)).text).toContain('belongs to another account');
    expect(await identitiesOf(userId)).toEqual([]);
  });

  test('removes one, ends what was signed in by it, and tells by letter', async () => {
    const { visitor, userId, email, people, identities } = await withIdentities(['kakao', 'google']);
    const elsewhere = (await signInBy(shop, 'kakao', people[0]!)).visitor;
    expect(await isIn(elsewhere)).toBe(true);
    const removed = await visitor.post(`${LIST}/${identities[0]!.id}/removal`, {});
    expect([removed.status, removed.location]).toEqual([303, LIST]);
    expect((await visitor.get(LIST)).text).toContain('can no longer sign in with this Kakao account');
    expect((await identitiesOf(userId)).map(({ provider }) => provider)).toEqual(['google']);
    expect([await isIn(elsewhere), await isIn(visitor)]).toEqual([false, true]);
    expect((await lettersTo(email)).map(({ subject }) => subject)).toContainEqual(
      expect.stringContaining('Kakao was removed'),
    );
    expect(await isIn((await signInBy(shop, 'kakao', people[0]!)).visitor)).toBe(false);
  });

  test('never removes the last way in: password or another identity', async () => {
    const { visitor, userId, identities } = await withIdentities(['kakao'], { password: false });
    expect((await visitor.get(LIST)).text).toContain('the only way you can sign in');
    const kept = await visitor.post(`${LIST}/${identities[0]!.id}/removal`, {});
    expect((await visitor.get(kept.location!)).text).toContain('so it was not removed');
    expect(await identitiesOf(userId)).toHaveLength(1);
  });

  test('two removals at once leave one', async () => {
    const { userId, identities } = await withIdentities(['kakao', 'google'], { password: false });
    const results = await Promise.all(
      identities.map(({ id }) =>
        inTransaction(shop.db, tx =>
          removeIdentity(tx, {
            userId,
            identityId: id,
            signInId: 0,
            offered: ['google', 'kakao'],
            now: shop.now(),
          }),
        ),
      ),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await identitiesOf(userId)).toHaveLength(1);
  });

  test('an identity whose provider is not offered any more is no way in that is left', async () => {
    const { userId, identities } = await withIdentities(['kakao', 'google'], { password: false });
    const google = identities.find(({ provider }) => provider === 'google')!;
    expect(
      await inTransaction(shop.db, tx =>
        removeIdentity(tx, {
          userId,
          identityId: google.id,
          signInId: 0,
          offered: ['google'],
          now: shop.now(),
        }),
      ),
    ).toEqual({ ok: false, reason: 'last-way-in' });
  });

  test('two users who add the same one at once: one has it', async () => {
    const [one, other] = [await makeCustomer(shop), await makeCustomer(shop)];
    const arrival = {
      provider: 'kakao' as const,
      subject: 'raced',
      name: '',
      email: null,
      emailVerified: false,
      vouched: false,
    };
    const results = await Promise.all(
      [one, other].map(({ userId }) =>
        inTransaction(shop.db, tx => addIdentity(tx, { userId, arrival, now: shop.now() })),
      ),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('not mine is not there', async () => {
    const { identities } = await withIdentities(['kakao']);
    const { visitor } = await atHome(shop);
    for (const id of [identities[0]!.id, 0, 'x', '9'.repeat(30)])
      expect((await visitor.post(`${LIST}/${id}/removal`, {})).status).toBe(404);
  });

  test('signed out: the list, adding and removing ask to sign in first', async () => {
    const { identities, userId } = await withIdentities(['kakao']);
    const guest = createVisitor(shop.origin);
    expect((await guest.get(LIST)).location).toContain('/en/sign-in?return_to=');
    expect((await guest.post(`${LIST}/${identities[0]!.id}/removal`, {})).location).toBe('/en/sign-in');
    expect((await guest.get('/auth/google?purpose=link&lang=en')).location).toContain('/en/sign-in?');
    expect((await guest.post(NEW, {})).location).toBe('/en/sign-in');
    expect(await identitiesOf(userId)).toHaveLength(1);
  });

  test('a change asks who one is after a quarter of an hour', async () => {
    const { visitor, identities, userId } = await withIdentities(['kakao']);
    shop.advance(16 * MINUTE);
    for (const { location } of [
      await visitor.post(`${LIST}/${identities[0]!.id}/removal`, {}),
      await visitor.get('/auth/google?purpose=link&lang=en', { 'sec-fetch-site': 'same-origin' }),
      await visitor.get(NEW),
    ])
      expect(location).toMatch(/^\/en\/sign-in\/confirmation\?return_to=/);
    expect(await identitiesOf(userId)).toHaveLength(1);
  });

  test('another site’s link adds nothing', async () => {
    const { visitor } = await atHome(shop);
    for (const site of ['cross-site', 'same-site']) {
      const { location } = await visitor.get('/auth/google?purpose=link&lang=en', { 'sec-fetch-site': site });
      expect(location).toBe(LIST);
    }
  });

  test('a link that was begun before signing out adds nothing to whoever signs in next', async () => {
    const { visitor } = await atHome(shop);
    const person = somebody({ email: null });
    const page = await leave(visitor, 'google', 'purpose=link&lang=en');
    const { userId, email } = await makeCustomer(shop);
    await signIn(shop, email, { visitor });
    const { location } = await visitor.get(shop.google.choose(page, person));
    expect((await visitor.get(location!)).text).toContain('You were signed out meanwhile');
    expect(await identitiesOf(userId)).toEqual([]);
  });
});

describe('row 26: showing again who one is, by the provider', () => {
  const confirm = `purpose=confirm&lang=en&return_to=${encodeURIComponent('/en/account/password')}`;

  test.each<[Provider, string]>([
    ['google', 'select_account'],
    ['kakao', 'login'],
  ])('%s is asked to ask, and the same account confirms', async (provider, prompt) => {
    const { visitor, people } = await withIdentities([provider]);
    shop.advance(16 * MINUTE);
    const page = await leave(visitor, provider, confirm);
    expect(new URL(page).searchParams.get('prompt')).toBe(prompt);
    const { location } = await visitor.get(shop[provider].choose(page, people[0]!));
    expect(location).toBe('/en/account/password');
    expect((await visitor.get('/en/account/password')).status).toBe(200);
  });

  test('another account at the provider confirms nothing, a stranger’s neither', async () => {
    const { visitor } = await withIdentities(['kakao']);
    const other = await withIdentities(['kakao']);
    shop.advance(16 * MINUTE);
    for (const person of [somebody(), other.people[0]!]) {
      const { answered } = await signInBy(shop, 'kakao', person, { visitor, query: confirm });
      expect(answered.location).toMatch(/^\/en\/sign-in\/confirmation/);
      expect((await visitor.get(answered.location!)).text).toContain('This is another Kakao account');
    }
    expect((await visitor.get('/en/account/password')).status).toBe(303);
  });
});

test('an address that stops being verified while it is linked is not linked', async () => {
  const { userId, email } = await makeCustomer(shop, { email: 'withdrawn@gmail.com' });
  const arrival = {
    provider: 'google' as const,
    subject: 'withdrawn',
    name: '',
    email,
    emailVerified: true,
    vouched: true,
  };
  await shop.db('users').where({ id: userId }).update({ email_verified_at: null });
  const linked = await inTransaction(shop.db, tx => linkByAddress(tx, { arrival, now: shop.now() }));
  expect([linked, await identitiesOf(userId)]).toEqual([null, []]);
});
