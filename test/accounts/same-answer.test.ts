import bcrypt from 'bcrypt';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { atHome, makeCustomer, PASSWORD } from '../support/customer.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor, type Answered } from '../support/visitor.js';

let shop: Shop;
// Without jobs: their statements and letters would be counted, too.
beforeAll(async () => void (shop = await startShop({ seeded: false, jobs: false })));
afterAll(() => shop.close());
beforeEach(async () => void (await shop.db('throttles').delete()));
afterEach(() => void vi.restoreAllMocks());

let made = 0;
/** Two addresses as long as each other; the first has an account. */
const pair = async () => {
  const name = `${String((made += 1)).padStart(4, '0')}@example.com`;
  const { email: known } = await makeCustomer(shop, { email: `a${name}` });
  return { known, unknown: `b${name}` };
};

type Way = (email: string) => Promise<Answered>;
const WAYS: Record<string, () => Promise<Way>> = {
  'signing in': () =>
    Promise.resolve(email => createVisitor(shop.origin).post('/en/sign-in', { email, password: 'a guess' })),
  registering: () =>
    Promise.resolve(email =>
      createVisitor(shop.origin).post('/en/register', {
        name: 'Aziza Karimova',
        email,
        password: PASSWORD,
        age: 'yes',
        terms: 'yes',
        privacy: 'yes',
      }),
    ),
  'asking for a new password': () =>
    Promise.resolve(email => createVisitor(shop.origin).post('/en/forgot-password', { email })),
  'asking for another address': async () => {
    const { visitor } = await atHome(shop);
    return email => visitor.post('/en/account/email', { email });
  },
};

/** What an answer shows, with the address taken out, as both are as long as each other. */
const shown = ({ status, location, text, headers }: Answered, email: string) => ({
  status,
  location,
  text: text.replaceAll(email, 'EMAIL').replaceAll(/"[\w-]{16,}"/g, '""'),
  headers: [...headers.keys()],
});

/** What a request makes the store do: statements as they are written, and passwords hashed or compared. */
async function work(act: () => Promise<unknown>): Promise<{ statements: string[]; hashes: number }> {
  const statements: string[] = [];
  const listen = ({ sql }: { sql: string }) => void statements.push(sql);
  const spies = [vi.spyOn(bcrypt, 'hash'), vi.spyOn(bcrypt, 'compare')];
  for (const spy of spies) spy.mockClear();
  shop.db.on('query', listen);
  await act();
  shop.db.removeListener('query', listen);
  return { statements, hashes: spies.reduce((sum, { mock }) => sum + mock.calls.length, 0) };
}

/** The middle of an even number of times. */
function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}

describe.each(Object.entries(WAYS))('row 53: %s', (name, prepare) => {
  test('is answered alike and makes as much work whether or not the address has an account', async () => {
    const way = await prepare();
    const first = await pair();
    // What is remembered from the first request on.
    await way(first.unknown);
    const { known, unknown } = await pair();
    const answers: unknown[] = [];
    const works = [];
    for (const email of [known, unknown])
      works.push(await work(async () => void answers.push(shown(await way(email), email))));
    expect(answers[0]).toEqual(answers[1]);
    expect(works[0]).toEqual(works[1]);
    expect(works[0]!.statements.length).toBeGreaterThan(1);
  });

  test('takes as long: printed, not held, for a clock on a busy machine proves nothing', async () => {
    const way = await prepare();
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let round = 0; round < 20; round += 1) {
      const emails = await pair();
      for (const which of round % 2 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
        await shop.db('throttles').delete();
        const begun = performance.now();
        const { status } = await way(emails[which]);
        times[which].push(performance.now() - begun);
        expect([303, 422]).toContain(status);
      }
    }
    const [known, unknown] = [median(times.known), median(times.unknown)];
    process.stdout.write(`${name}: ${known.toFixed(1)} ms known, ${unknown.toFixed(1)} ms unknown\n`);
  });
});
