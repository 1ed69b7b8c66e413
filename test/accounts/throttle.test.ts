import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { countTry, forgiveTry } from '../../src/accounts/index.js';
import { networkOf } from '../../src/accounts/known-browser.js';
import {
  fadedTries,
  LIMITS,
  nextTry,
  waitAfter,
  type LimitName,
  type Tries,
} from '../../src/accounts/rules/throttle.js';
import { TooManyRequests } from '../../src/lib/errors.js';
import { MINUTE, SECOND } from '../../src/lib/time.js';
import { connect } from '../../src/platform/db.js';
import { makeCustomer, PASSWORD, signIn } from '../support/customer.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor, type Visitor } from '../support/visitor.js';

const start = new Date('2026-11-26T00:00:00Z');
const at = (ms: number) => new Date(start.getTime() + ms);
const none: Tries = { tries: 0, countedAt: start, closedUntil: null };

describe('waits', () => {
  test('grow from half a minute to a quarter of an hour, after the free tries', () => {
    const waits = Array.from({ length: 13 }, (_, tries) => waitAfter(tries, LIMITS.account) / SECOND);
    expect(waits).toEqual([0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
  });

  test('a try that is refused is not counted, so that waiting ends', () => {
    const closed: Tries = { tries: 5, countedAt: start, closedUntil: at(30 * SECOND) };
    expect(nextTry(closed, LIMITS.account, at(29_999))).toEqual({ ok: false, until: at(30 * SECOND) });
    expect(nextTry(closed, LIMITS.account, at(30_000)).ok).toBe(true);
  });

  test('fade with quiet', () => {
    const tried: Tries = { tries: 4, countedAt: start, closedUntil: null };
    expect([0, 15, 30, 45, 60, 600].map(m => fadedTries(tried, LIMITS.account, at(m * MINUTE)))).toEqual([
      4, 3, 2, 1, 0, 0,
    ]);
    // A clock that steps back forgets nothing and adds nothing.
    expect(fadedTries(tried, LIMITS.account, at(-MINUTE))).toBe(4);
  });

  test('whatever is tried when, nobody waits longer than a quarter of an hour, and few tries are taken', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(LIMITS) as LimitName[])),
        fc.array(fc.nat({ max: 40 * MINUTE }), { maxLength: 300 }),
        (name, pauses) => {
          const limit = LIMITS[name];
          let now = 0;
          let taken = 0;
          let state = none;
          for (const pause of pauses) {
            now += pause;
            const next = nextTry(state, limit, at(now));
            if (next.ok) {
              state = next.tries;
              taken += 1;
            } else expect(next.until.getTime() - at(now).getTime()).toBeLessThanOrEqual(15 * MINUTE);
          }
          expect(taken).toBeLessThanOrEqual(limit.free + 6 + now / Math.min(limit.fadeMs, 15 * MINUTE));
        },
      ),
    );
  });
});

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:aaaa::1', '2001:db8:1:2'],
  ['2001:0db8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['', ''],
])('network of %j is %j', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ seeded: false, jobs: false });
});
afterAll(async () => await shop.close());
beforeEach(async () => void (await shop.db('throttles').delete()));

const guess = async (email: string, visitor: Visitor = createVisitor(shop.origin)) =>
  (await visitor.post('/en/sign-in', { email, password: 'a wrong guess' })).status;
const right = async (email: string, visitor: Visitor = createVisitor(shop.origin)) =>
  await visitor.post('/en/sign-in', { email, password: PASSWORD });
/** Guesses until one is refused; how many were taken. */
async function guessUntilRefused(email: string, visitor?: Visitor): Promise<number> {
  for (let taken = 0; taken < 60; taken += 1) if ((await guess(email, visitor)) === 429) return taken;
  throw new Error('never refused');
}

describe('counting', () => {
  test('tries at once count as many as they are, whichever process takes them', async () => {
    const other = connect(shop.database.url, { name: 'second process', max: 4 });
    try {
      const now = shop.now();
      const answers = await Promise.allSettled(
        Array.from({ length: 40 }, (_, index) =>
          countTry(index % 2 ? other.db : shop.db, [{ limit: 'account', of: 'many@example.com' }], { now }),
        ),
      );
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
      for (const answer of answers)
        if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(TooManyRequests);
    } finally {
      await other.close();
    }
  });

  test('a right try takes back one of a network’s and clears the account’s', async () => {
    const now = shop.now();
    const both = [
      { limit: 'network', of: 'n' },
      { limit: 'account', of: 'a' },
    ] as const;
    for (let each = 0; each < 3; each += 1) await countTry(shop.db, both, { now });
    await forgiveTry(shop.db, both, { now });
    expect(await shop.db('throttles').pluck('tries')).toEqual([2]);
    await forgiveTry(shop.db, [{ limit: 'network', of: 'nobody' }], { now });
  });

  test('the table tells neither who was tried nor from where', async () => {
    await guess('secret.person@example.com');
    const rows = JSON.stringify(await shop.db('throttles').select());
    expect(rows).not.toMatch(/secret|example|127\.0/);
  });
});

describe('too many passwords', () => {
  test('at one account are refused with the time to wait, for an unknown address as for a known one', async () => {
    const { email } = await makeCustomer(shop);
    for (const each of [email, 'nobody.at.all@example.com']) {
      expect(await guessUntilRefused(each)).toBe(5);
      const refused = await right(each);
      expect(refused.status).toBe(429);
      expect(refused.text).toMatch(/Wait (29|30) seconds/);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    }
  });

  test('wait longer each time, and the right one gets in after the wait', async () => {
    const { email } = await makeCustomer(shop);
    await guessUntilRefused(email);
    for (const seconds of [30, 60, 120]) {
      shop.advance((seconds - 5) * SECOND);
      expect(await guess(email)).toBe(429);
      shop.advance(6 * SECOND);
      expect(await guess(email)).toBe(422);
    }
    shop.advance(4 * MINUTE + SECOND);
    expect((await right(email)).status).toBe(303);
    // And everything at this account is forgotten.
    expect(await guessUntilRefused(email)).toBe(5);
  });

  test('by a stranger keep the owner out of nothing in a browser that was in before', async () => {
    const { email } = await makeCustomer(shop);
    const own = await signIn(shop, email);
    await own.post('/en/sign-out', {});
    await guessUntilRefused(email);
    expect((await right(email)).status).toBe(429);
    expect((await right(email, own)).status).toBe(303);
  });

  test('in a browser that was in before have a counter of their own', async () => {
    const { email } = await makeCustomer(shop);
    const own = await signIn(shop, email);
    expect(await guessUntilRefused(email, own)).toBe(5);
    // Copies of its cookie share it, and no other account profits by it.
    const copy = createVisitor(shop.origin);
    copy.cookies.set('browser', own.cookies.get('browser')!);
    expect(await guess(email, copy)).toBe(429);
    const { email: stranger } = await makeCustomer(shop);
    await guessUntilRefused(stranger);
    expect(await guess(stranger, own)).toBe(429);
  });

  test.each(['made-up', 's%3Amade.up', 's%3A.', 's%3Aabc.def.ghi'])(
    'a cookie that somebody made up (%s) is none',
    async cookie => {
      const { email } = await makeCustomer(shop);
      await guessUntilRefused(email);
      const visitor = createVisitor(shop.origin);
      visitor.cookies.set('browser', cookie);
      expect((await right(email, visitor)).status).toBe(429);
    },
  );

  test('from one network at many accounts are refused', async () => {
    const statuses: number[] = [];
    for (let each = 0; each < 31; each += 1) statuses.push(await guess(`user${each}@example.com`));
    expect(statuses).toEqual([...Array.from({ length: 30 }, () => 422), 429]);
    // One account of one's own does not open the others.
    const { email } = await makeCustomer(shop);
    shop.advance(31 * SECOND);
    expect((await right(email)).status).toBe(303);
    expect(await guess('user40@example.com')).toBe(422);
    expect(await guess('user41@example.com')).toBe(429);
  });

  test('sent at once are not more than sent one after the other', async () => {
    const { email } = await makeCustomer(shop);
    const statuses = await Promise.all(Array.from({ length: 20 }, () => guess(email)));
    expect(statuses.filter(status => status === 422)).toHaveLength(5);
  });
});

test('the page of a password’s change counts wrong ones, and keeps nobody else out', async () => {
  const { email } = await makeCustomer(shop);
  const visitor = await signIn(shop, email);
  const statuses: number[] = [];
  for (let each = 0; each < 6; each += 1) {
    const fields = { current: 'a wrong guess', next: 'ninety 노랑 rowers' };
    statuses.push((await visitor.post('/en/account/password', fields)).status);
  }
  expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
  expect((await right(email)).status).toBe(303);
});
